/** How many jobs wait and for how long, what failed for good, and how busy the workers are: for all processes together. */
import type { Database } from '../database/database.ts'
import { QUEUE_SCHEMA } from '../database/migrate.ts'
import type { FigureValue, PlatformFigures } from '../platform-figures.ts'
import { PLATFORM_TENANT_ID } from '../values/ids.ts'

/** A worker that left no word for so long is gone. */
const LIVE_SECONDS = 30

/** `queues` are those that are known, so that one where nothing waits is told as empty and not left out. */
export const queueFigures = (
  database: Pick<Database, 'withTenant' | 'withPlatform'>,
  queues: readonly string[],
): PlatformFigures => ({
  definitions: [
    { name: 'queue_depth', help: 'Jobs that could start now and have not.', kind: 'gauge' },
    {
      name: 'queue_oldest_seconds',
      help: 'How long the job has waited that could have started first.',
      kind: 'gauge',
    },
    { name: 'dead_letters', help: 'Jobs that failed for good and nobody has taken up again.', kind: 'gauge' },
    { name: 'worker_busy_count', help: 'Jobs under way in all workers.', kind: 'gauge' },
    { name: 'worker_capacity', help: 'Jobs that all workers together take at once.', kind: 'gauge' },
    {
      name: 'worker_busy_ratio',
      help: 'Of what all workers can take, how much is under way.',
      kind: 'gauge',
    },
  ],
  read: async () => [
    ...(await waiting(database, queues)),
    { name: 'dead_letters', value: await deadLetters(database) },
    ...(await workers(database)),
  ],
})

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
