/**
 * What is counted of the platform's jobs in every cell. What staff look at says which cells it is without: they look
 * when one is away. What the watch reads may not say of such a cell that all is well.
 */
import { countedInCells } from '@stormops/chassis/cells/across-cells'
import type { Counted } from '@stormops/chassis/cells/across-cells'
import type { CellDatabase, Database } from '@stormops/chassis/database/database'
import type { PlatformTx } from '@stormops/chassis/database/transaction'
import { PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import { attemptsOfAll, deadLettersOfAll, queuesOfAll, workersOfAll } from './domain/figures-of-cells.ts'
import type { PlatformStats, QueueDepth } from './domain/platform-figures.ts'
import type { PlatformCounts } from './jobs/platform-probes.ts'
import { watchPlatform } from './jobs/watch-jobs.ts'
import {
  attemptsOfLastHour,
  deadLetters,
  jobFlow,
  queueDepths,
  secondsSinceWorkerSeen,
  workers,
} from './store/platform-figures-store.ts'

/** The queue keeps every company's jobs, and is the app's alone to read: the platform reads it as itself. */
const readQueues = ({ withTenant }: Pick<CellDatabase, 'withTenant'>): Promise<readonly QueueDepth[]> =>
  withTenant(PLATFORM_TENANT_ID, queueDepths, { readOnly: true })

/** Milliseconds. A watch asks a dozen questions within a minute, and waits once for a cell that says nothing. */
const NOT_ASKED_AGAIN_MS = 30_000

export const platformCounts = ({ cells }: Pick<Database, 'cells'>): PlatformCounts => {
  const awaySince = new Map<string, number>()
  const isSilent = ({ name }: CellDatabase): boolean =>
    performance.now() - (awaySince.get(name) ?? Number.NEGATIVE_INFINITY) < NOT_ASKED_AGAIN_MS
  const inCells = async <T>(work: (cell: CellDatabase) => Promise<T>): Promise<Counted<T>> => {
    const silent = cells.filter(isSilent)
    const { counts, away } = await countedInCells({ cells: cells.filter((cell) => !isSilent(cell)) }, work)
    for (const cell of away) awaySince.set(cell, performance.now())
    return { counts, away: [...silent.map(({ name }) => name), ...away] }
  }
  const counted = <T>(work: (tx: PlatformTx) => Promise<T>) =>
    inCells(({ withPlatform }) => withPlatform(work))
  return {
    cells: cells.map(({ name }) => name),
    reached: () => counted((tx) => tx.rows('select 1')),
    workers: () => counted(workers),
    secondsSinceWorkerSeen: () => counted(secondsSinceWorkerSeen),
    queues: () => inCells(readQueues),
    attempts: () => counted(attemptsOfLastHour),
    deadLetters: () => counted(deadLetters),
    flow: () => counted((tx) => jobFlow(tx, watchPlatform.name)),
  }
}

export const platformStats = async (database: Pick<Database, 'cells'>, at: Date): Promise<PlatformStats> => {
  const { counts, away } = await countedInCells(database, async (cell) => {
    const queues = await readQueues(cell)
    return cell.withPlatform(async (tx) => ({
      workers: await workers(tx),
      queues,
      lastHour: await attemptsOfLastHour(tx),
      deadLetters: await deadLetters(tx),
    }))
  })
  const all = counts.map(({ value }) => value)
  return {
    at,
    workers: workersOfAll(all.map((one) => one.workers)),
    queues: queuesOfAll(all.map((one) => one.queues)),
    lastHour: attemptsOfAll(all.map((one) => one.lastHour)),
    deadLetters: deadLettersOfAll(all.map((one) => one.deadLetters)),
    unreachableCells: away,
  }
}
