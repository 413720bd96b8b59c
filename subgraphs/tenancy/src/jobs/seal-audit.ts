/**
 * The sequencer of the audit: it looks every second for companies with lines to seal, and seals them. Any number of
 * processes may run one, since a company is sealed by one at a time; one that dies leaves its lines to another.
 */
import type { Log } from '@stormops/chassis/telemetry/log'

export type Sealing = {
  /** Companies with lines to seal. */
  readonly tenants: () => Promise<readonly string[]>
  /** Seals some lines of a company in one transaction, and returns how many; 0 when there is none to seal. */
  readonly seal: (tenantId: string) => Promise<number>
  readonly log: Log
}

export type Sequencer = {
  /** Takes no new lines, and waits for the transaction under way. */
  readonly stop: () => Promise<void>
}

/** Lines are to be sealed within seconds, and a look is one query of a table that is nearly always empty. */
const LOOK_EVERY_MS = 1_000

/** Transactions of one company in a row, so that one with very much to seal does not keep the others waiting. */
const TRANSACTIONS_A_TURN = 20

/** The first look is taken at once, for what the process before left. */
export const startSealing = ({ tenants, seal, log }: Sealing): Sequencer => {
  const stopping = new AbortController()
  const told = new Set<string>()

  /** Each kind of failure is told once, until a round goes well. */
  const tell = (error: unknown): void => {
    const kind = kindOf(error)
    if (told.has(kind)) return
    told.add(kind)
    log.error({ err: error }, 'lines of the audit could not be sealed; it is tried again every second')
  }
  const sealTurn = async (tenantId: string): Promise<void> => {
    for (let turn = 0; turn < TRANSACTIONS_A_TURN && !stopping.signal.aborted; turn += 1) {
      if ((await seal(tenantId)) === 0) return
    }
  }
  const round = async (): Promise<void> => {
    const failures: unknown[] = []
    const fail = (error: unknown): void => void failures.push(error)
    const waiting = await tenants().catch((error: unknown) => {
      fail(error)
      return []
    })
    // One company's failure is not the others'.
    for (const tenantId of waiting) await sealTurn(tenantId).catch(fail)
    failures.forEach(tell)
    if (failures.length === 0) told.clear()
  }
  return repeat(round, stopping)
}

/** One round after the other, never two at once, and none that keeps a process alive. */
const repeat = (round: () => Promise<void>, stopping: AbortController): Sequencer => {
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  const after = (ms: number): void => {
    timer = setTimeout(() => {
      running = round().then(() => (stopping.signal.aborted ? undefined : after(LOOK_EVERY_MS)))
    }, ms).unref()
  }
  after(0)
  return {
    stop: async () => {
      stopping.abort()
      clearTimeout(timer)
      await running
    },
  }
}

/** A database's failures are told apart by their code, and others by their name. */
const kindOf = (error: unknown): string => {
  if (!(error instanceof Error)) return typeof error
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.name
}
