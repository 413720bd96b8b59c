/**
 * Says of which jobs there are some to do: at once when somebody hands one in, and within half a second when a time to
 * wait is over. One connection of its own listens and looks; when it breaks, it is opened again.
 */
import pg from 'pg'
import { clientConfig } from '../database/connection.ts'
import type { ConnectionSettings } from '../database/connection.ts'
import { QUEUE_SCHEMA } from '../database/migrate.ts'
import type { Log } from '../telemetry/log.ts'
import { JOBS_CHANNEL } from './send-job.ts'

export type DueJobs = { readonly stop: () => Promise<void> }

export type DueJobsOptions = {
  /** As the app role. */
  readonly connection: ConnectionSettings
  readonly names: readonly string[]
  /** Is told a name whenever there may be such a job to do. */
  readonly due: (name: string) => void
  readonly log: Log
}

/** Retries and schedules become due without anybody saying so. */
const LOOK_EVERY_MS = 500

/** A network that swallows everything looks like a database that thinks: after this it is another connection's turn. */
const ANSWERS_WITHIN_MS = 5_000

const LOOK = `
  select wanted.name from unnest($1::text[]) wanted (name)
  where exists (select from ${QUEUE_SCHEMA}.job
    where job.name = wanted.name and job.state < 'active' and not job.blocked and job.start_after <= now())`

export const watchDueJobs = async (options: DueJobsOptions): Promise<DueJobs> => {
  const { names, due, log } = options
  const known = new Set(names)
  let client: pg.Client | null = await listen(options, known)
  let isTold = false
  let stopped = false
  let timer: NodeJS.Timeout | undefined

  const look = async (): Promise<void> => {
    try {
      client ??= await listen(options, known)
      const { rows } = await client.query<{ name: string }>(LOOK, [names])
      for (const { name } of rows) due(name)
      isTold = false
    } catch (error) {
      if (!isTold) log.error({ err: error }, 'cannot look for jobs; it is tried again')
      isTold = true
      // A connection that is broken may never say that it has ended.
      void client?.end().catch(() => undefined)
      client = null
    }
  }
  let looking = Promise.resolve()
  const again = (): void => {
    timer = setTimeout(() => {
      looking = look().then(() => (stopped ? undefined : again()))
    }, LOOK_EVERY_MS)
  }
  looking = look().then(again)
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await looking
      clearTimeout(timer)
      await client?.end().catch(() => undefined)
    },
  }
}

const listen = async (
  { connection, due, log }: DueJobsOptions,
  known: ReadonlySet<string>,
): Promise<pg.Client> => {
  const client = new pg.Client({
    ...clientConfig(connection),
    application_name: 'stormops jobs listens',
    connectionTimeoutMillis: ANSWERS_WITHIN_MS,
    query_timeout: ANSWERS_WITHIN_MS,
  })
  // The next look finds it broken, and opens another.
  client.on('error', (error) => log.warn({ err: error }, 'the connection that listens for jobs broke'))
  client.on('notification', ({ payload }) => {
    if (payload !== undefined && known.has(payload)) due(payload)
  })
  await client.connect()
  await client.query(`listen ${JOBS_CHANNEL}`)
  return client
}
