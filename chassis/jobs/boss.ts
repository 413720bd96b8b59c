/** The queue lives in PostgreSQL beside the data, so that a job commits with what made it necessary. */
import { PgBoss } from 'pg-boss'
import { clientConfig } from '../database/connection.ts'
import type { ConnectionSettings } from '../database/connection.ts'
import { QUEUE_SCHEMA } from '../database/migrate.ts'
import type { Log } from '../telemetry/log.ts'

/** Connections for fetching, settling and heartbeats; one more listens. */
const QUEUE_POOL_SIZE = 6

/** How often the queue looks for jobs whose worker was killed; a minute, its default, is long to wait for a report. */
const LOST_JOBS_EVERY_SECONDS = 2

/** Of a process that only hands in jobs, inside the connections of whoever hands them in. */
const SENDER_POOL_SIZE = 2

const CONNECTED_WITHIN_MS = 10_000
/** Maintenance of a large queue takes seconds. */
const ANSWERED_WITHIN_MS = 60_000

/** `works` takes jobs and looks after lost ones; `sends` hands them in. */
export type BossRole = 'works' | 'sends'

/** The schema is migrated by the owner; this connection only uses it. */
export const openBoss = async (
  connection: ConnectionSettings,
  log: Log,
  role: BossRole = 'works',
): Promise<PgBoss> => {
  const works = role === 'works'
  const options = {
    ...clientConfig(connection),
    // The library hands these on to the driver: a network that swallows everything must not stop a worker for good.
    connectionTimeoutMillis: CONNECTED_WITHIN_MS,
    query_timeout: ANSWERED_WITHIN_MS,
    application_name: 'stormops jobs',
    schema: QUEUE_SCHEMA,
    max: works ? QUEUE_POOL_SIZE : SENDER_POOL_SIZE,
    migrate: false,
    createSchema: false,
    supervise: works,
    schedule: works,
    superviseIntervalSeconds: LOST_JOBS_EVERY_SECONDS,
    monitorIntervalSeconds: LOST_JOBS_EVERY_SECONDS,
  }
  const boss = new PgBoss(options)
  // Its connections say goodbye on their own time: a server that stops meanwhile tells each of them so.
  let isStopped = false
  boss.on('stopped', () => (isStopped = true))
  boss.on('error', (error) => {
    if (!isStopped) log.error({ err: error }, 'job queue error')
  })
  boss.on('warning', (warning) => log.warn({ warning }, 'job queue warning'))
  await boss.start()
  return boss
}
