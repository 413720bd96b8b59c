/**
 * How many jobs wait and for how long, what failed for good, and how busy the workers are: for all processes together.
 * Each cell has a queue of its own, and figures of its own where there are several.
 */
import type { Database } from '../database/database.ts'
import { QUEUE_SCHEMA } from '../database/migrate.ts'
import type { FigureValue, PlatformFigures } from '../platform-figures.ts'
import type { Log } from '../telemetry/log.ts'
import { PLATFORM_TENANT_ID } from '../values/ids.ts'

/** A worker that left no word for so long is gone. */
const LIVE_SECONDS = 30

type QueueDatabase = Pick<Database, 'withTenant' | 'withPlatform'>

export type QueueCell = {
  readonly name: string
  /** Null while it could not be reached yet. */
  readonly database: () => QueueDatabase | null
}

/**
 * `queues` are those that are known, so that one where nothing waits is told as empty and not left out. Of a cell that
 * is away nothing is told.
 */
export const queueFigures = (
  cells: readonly QueueCell[],
  queues: readonly string[],
  log: Pick<Log, 'warn'>,
): PlatformFigures => {
  const silent = new Set<string>()
  return {
    definitions: [
      { name: 'queue_depth', help: 'Jobs that could start now and have not.', kind: 'gauge' },
      {
        name: 'queue_oldest_seconds',
        help: 'How long the job has waited that could have started first.',
        kind: 'gauge',
      },
      {
        name: 'dead_letters',
        help: 'Jobs that failed for good and nobody has taken up again.',
        kind: 'gauge',
      },
      { name: 'worker_busy_count', help: 'Jobs under way in all workers.', kind: 'gauge' },
      { name: 'worker_capacity', help: 'Jobs that all workers together take at once.', kind: 'gauge' },
      {
        name: 'worker_busy_ratio',
        help: 'Of what all workers can take, how much is under way.',
        kind: 'gauge',
      },
    ],
    read: async () => {
      const [only] = cells
      const database = only?.database() ?? null
      if (cells.length === 1 && database !== null) return figuresOf(database, queues)
      return (await Promise.all(cells.map((cell) => labelled(cell, queues, silent, log)))).flat()
    },
  }
}

const figuresOf = async (
  database: QueueDatabase,
  queues: readonly string[],
): Promise<readonly FigureValue[]> => [
  ...(await waiting(database, queues)),
  { name: 'dead_letters', value: await deadLetters(database) },
  ...(await workers(database)),
]

/** The others are told nevertheless. The log has it once, until the cell answers again. */
const labelled = async (
  { name: cell, database }: QueueCell,
  queues: readonly string[],
  silent: Set<string>,
  log: Pick<Log, 'warn'>,
): Promise<readonly FigureValue[]> => {
  try {
    const reached = database()
    if (reached === null) return []
    const figures = await figuresOf(reached, queues)
    silent.delete(cell)
    return figures.map((figure) => ({ ...figure, labels: { ...figure.labels, cell } }))
  } catch (err) {
    if (!silent.has(cell)) log.warn({ cell, err }, 'the figures of a cell cannot be read')
    silent.add(cell)
    return []
  }
}

type Waiting = { readonly name: string; readonly depth: number; readonly oldest: number }

/** The app's role alone may read the queue; of what is in it come only counts. */
const waiting = async (
  database: Pick<Database, 'withTenant'>,
  queues: readonly string[],
): Promise<readonly FigureValue[]> => {
  const rows = await database.withTenant(
    PLATFORM_TENANT_ID,
    (tx) =>
      tx.rows<Waiting>(
        `select name, count(*)::int as depth, extract(epoch from now() - min(start_after))::float8 as oldest
           from ${QUEUE_SCHEMA}.job
          where state < 'active' and start_after <= now() and name = any($1)
          group by name`,
        [queues],
      ),
    { readOnly: true },
  )
  const known = new Map(rows.map((row) => [row.name, row]))
  return queues.flatMap((queue) => [
    { name: 'queue_depth', labels: { queue }, value: known.get(queue)?.depth ?? 0 },
    { name: 'queue_oldest_seconds', labels: { queue }, value: known.get(queue)?.oldest ?? 0 },
  ])
}

const deadLetters = async (database: Pick<Database, 'withPlatform'>): Promise<number> => {
  const [row] = await database.withPlatform((tx) =>
    tx.rows<{ count: number }>(
      `select count(*)::int as count from chassis.job_run where state = 'FAILED' and redriven_at is null`,
    ),
  )
  return row?.count ?? 0
}

/** Without a worker there is no share of it that is busy. */
const workers = async (database: Pick<Database, 'withPlatform'>): Promise<readonly FigureValue[]> => {
  const [row] = await database.withPlatform((tx) =>
    tx.rows<{ busy: number; capacity: number }>(
      `select coalesce(sum(busy), 0)::int as busy, coalesce(sum(capacity), 0)::int as capacity
         from chassis.worker where seen_at > now() - make_interval(secs => $1)`,
      [LIVE_SECONDS],
    ),
  )
  const { busy, capacity } = row ?? { busy: 0, capacity: 0 }
  return [
    { name: 'worker_busy_count', value: busy },
    { name: 'worker_capacity', value: capacity },
    ...(capacity === 0 ? [] : [{ name: 'worker_busy_ratio', value: busy / capacity }]),
  ]
}
