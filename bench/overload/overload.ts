/**
 * What becomes of a platform of which ten times as much is asked as it can do. Goodput is what it answers whole and in
 * time. First its capacity is found, by clients that ask again once they are answered; then requests come at once, twice,
 * five and ten times that rate, whether or not any is answered. It takes turns with one that turns nobody away.
 */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { signingKeys } from '@stormops/chassis/identity'
import type { OverloadSettings } from '@stormops/gateway/limits/overload/slots'
import { withBenchDatabase } from '../bench-database.ts'
import type { BenchDatabase } from '../bench-database.ts'
import type { BenchResult } from '../bench-result.ts'
import { openCompany } from './companies.ts'
import type { Company } from './companies.ts'
import type { Load, Loaded } from './load.ts'
import { overloadResult } from './overload-result.ts'
import type { Phase, Rested } from './overload-result.ts'
import type { PlatformPlace, PlatformSays } from './platform-process.ts'

const LOUD = ['Loud Roofing', 'Louder Roofing', 'Loudest Roofing']
export const QUIET = 'Quiet Roofing'
/** Requests a second of the company that has no part in it. */
const QUIET_RATE = 10
const CLIENTS = 32
const WARM_UP_SECONDS = 5
const CAPACITY_SECONDS = 6
const PHASE_SECONDS = 8
/** What was left over of one phase is not to be the next one's. */
const BREATH_MS = 2_000
const REST_MS = 30_000
const CONNECTIONS = 2_000
const SEED = 7
const PROTECTED: readonly number[] = [1, 2, 5, 10]
const UNPROTECTED: readonly number[] = [1, 10]

/** Nobody is turned away and nobody waits in line. */
const OFF: OverloadSettings = {
  executing: Number.MAX_SAFE_INTEGER,
  fewest: Number.MAX_SAFE_INTEGER,
  waiting: 0,
  patienceMilliseconds: 0,
}
/** As production starts it. */
const YOUNG_GENERATION = '--max-semi-space-size=16'

/** Takes about four minutes. */
export const benchOverload = (): Promise<BenchResult> => withBenchDatabase(measure)

const measure = async (database: BenchDatabase): Promise<BenchResult> => {
  await using opened = new AsyncDisposableStack()
  const clients = startChild('load-process.ts', [])
  opened.defer(() => ended(clients))
  const on = await startPlatform(database, {})
  opened.defer(() => ended(on.child))
  const off = await startPlatform(database, OFF)
  opened.defer(() => ended(off.child))
  const keys = await signingKeys(database.home)
  const companies: Company[] = []
  for (const name of [...LOUD, QUIET]) companies.push(await openCompany(on.url, keys, name))

  const closed = (port: number, seconds: number): Promise<Loaded> =>
    bear(clients, {
      kind: 'closed',
      port,
      requests: companies.flatMap(({ requests }) => requests),
      clients: CLIENTS,
      seconds,
    })
  await closed(off.port, WARM_UP_SECONDS)
  await closed(on.port, WARM_UP_SECONDS)
  const capacity = capacityOf(await closed(on.port, CAPACITY_SECONDS))

  const phases: Phase[] = []
  let before = Number.NaN
  for (const round of [1, 2]) {
    for (const [isProtected, platform, factors] of [
      [true, on, PROTECTED],
      [false, off, UNPROTECTED],
    ] as const) {
      for (const factor of factors) {
        const begun = await memoryOf(platform)
        const streams = companies.map(({ name, requests }) => ({
          name,
          requests,
          rate: name === QUIET ? QUIET_RATE : (capacity * factor) / LOUD.length,
        }))
        const load = { kind: 'open', port: platform.port, streams, seconds: PHASE_SECONDS } as const
        const loaded = await bear(clients, { ...load, connections: CONNECTIONS, seed: SEED + round })
        const { most, processor } = await memoryOf(platform)
        phases.push({
          isProtected,
          factor,
          round,
          loaded,
          mostMemory: most,
          processor: processor - begun.processor,
        })
        console.log(`${isProtected ? 'with' : 'without'} protection, ${factor}×: ${inWords(loaded)}`)
        await sleep(BREATH_MS)
        // A platform that nobody has asked anything yet has less than one that does its work.
        if (phases.length === 1) before = (await memoryOf(platform)).now
      }
    }
  }
  await sleep(REST_MS)
  const rested: Rested = { before, after: (await memoryOf(on)).now }
  return overloadResult({ capacity, phases, rested, quiet: QUIET })
}

const inWords = ({ outcomes }: Loaded): string =>
  Object.entries(outcomes)
    .map(
      ([name, { offered, inTime, refused }]) => `${name} ${inTime} of ${offered} in time, ${refused} refused`,
    )
    .join('; ')

const capacityOf = ({ outcomes, seconds }: Loaded): number => {
  const { all } = outcomes
  if (all === undefined || all.refused + all.broken > 0) throw new Error('The capacity was not to be found.')
  return all.inTime / seconds
}

type Running = { readonly child: ChildProcess; readonly port: number; readonly url: string }

const startChild = (program: string, parameters: readonly string[]): ChildProcess =>
  fork(fileURLToPath(new URL(program, import.meta.url)), parameters, {
    execArgv: [YOUNG_GENERATION],
    // The log is written, as everywhere, and nobody reads it.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  })

const startPlatform = async (
  { adminSettings, secret, home }: BenchDatabase,
  overload: Partial<OverloadSettings>,
): Promise<Running> => {
  const place: PlatformPlace = { admin: adminSettings, secret, home, overload }
  const child = startChild('platform-process.ts', [JSON.stringify(place)])
  const says = await answerOf<PlatformSays>(child)
  if (says.kind !== 'serving') throw new Error('The platform did not start.')
  return { child, port: says.port, url: `http://127.0.0.1:${says.port}` }
}

/** What it says next; throws when it ends instead. */
const answerOf = async <Says>(child: ChildProcess): Promise<Says> => {
  const gone = new AbortController()
  try {
    return await Promise.race([
      // Both sides of the channel are of this benchmark.
      once(child, 'message', gone).then(([says]) => says as Says),
      once(child, 'exit', gone).then(() => Promise.reject(new Error('A process ended by itself.'))),
    ])
  } finally {
    gone.abort()
  }
}

const bear = (clients: ChildProcess, load: Load): Promise<Loaded> => {
  const loaded = answerOf<Loaded>(clients)
  clients.send(load)
  return loaded
}

const memoryOf = async ({ child }: Running): Promise<Extract<PlatformSays, { kind: 'memory' }>> => {
  const answer = answerOf<PlatformSays>(child)
  child.send('memory')
  const says = await answer
  if (says.kind !== 'memory') throw new Error('The platform spoke of something else.')
  return says
}

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}
