/** What happens to the platform in a soak. Each ends by itself, and leaves the line whole and the process started. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { ProcessName } from '@stormops/cli/testing/platform-processes'
import { SUBGRAPHS } from '@stormops/schema/subgraphs.ts'
import type { SoakPlatform } from './soak-platform.ts'

export type SoakFault = { readonly name: string; readonly happen: () => Promise<void> }

const PROCESSES: readonly ProcessName[] = ['gateway', 'worker', ...SUBGRAPHS]

export const soakFaults = (
  { processes, postgres, lines, stripe }: SoakPlatform,
  random: () => number,
): readonly SoakFault[] => {
  const between = (least: number, most: number): number => least + (most - least) * random()
  const restarts = (signal: 'SIGKILL' | 'SIGTERM', name: ProcessName): SoakFault => ({
    name: `${signal === 'SIGKILL' ? 'killed' : 'restarted'}: ${name}`,
    happen: async () => {
      await processes.stop(name, signal)
      await sleep(between(0, 1_500))
      await startAgain(name)
    },
  })
  /** As an orchestrator does: what does not start, because its database is away, is started again. */
  const startAgain = async (name: ProcessName): Promise<void> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await processes.start(name)
      } catch (error) {
        if (attempt === 20) throw error
        await sleep(500)
      }
    }
  }
  const { database } = lines
  return [
    ...PROCESSES.map((name) => restarts('SIGKILL', name)),
    // The worker most of all: it holds what nobody waits for.
    restarts('SIGKILL', 'worker'),
    ...(['gateway', 'storms', 'worker'] as const).map((name) => restarts('SIGTERM', name)),
    { name: 'database line cut', happen: async () => database.cutNow() },
    {
      name: 'database line away',
      happen: () => database.during({ kind: 'cut' }, () => sleep(between(200, 2_000))),
    },
    {
      name: 'database line slow',
      happen: () =>
        database.during({ kind: 'delay', milliseconds: 15, jitter: 14 }, () => sleep(between(500, 3_000))),
    },
    {
      name: 'database line silent',
      happen: () => database.during({ kind: 'black-hole' }, () => sleep(between(500, 4_000))),
    },
    {
      name: 'PostgreSQL killed',
      happen: async () => {
        const { pid } = postgres
        if (pid !== null) process.kill(pid, 'SIGKILL')
        await sleep(between(500, 1_500))
        await postgres.ready()
      },
    },
    {
      name: 'answers to clients lost',
      happen: () => lines.clients.during({ kind: 'cut-after', bytes: 0 }, () => sleep(between(200, 1_000))),
    },
    {
      name: 'clients cut off',
      happen: async () => lines.clients.cutNow(),
    },
    {
      name: 'Stripe silent',
      happen: () => lines.stripe.during({ kind: 'half-open' }, () => sleep(between(500, 3_000))),
    },
    {
      name: 'webhooks told twice and late',
      happen: async () => {
        stripe.control.pauseWebhooks()
        await sleep(between(200, 1_000))
        const last = stripe.control.events().slice(-3)
        // Who is away is told again later, by Stripe itself.
        await Promise.allSettled(last.map(({ id }) => stripe.control.redeliver(id)))
        stripe.control.resumeWebhooks()
      },
    },
  ]
}
