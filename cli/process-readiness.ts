/** What each shape of the platform looks at before it says that it may be sent work. */
import type { DiskWatch } from '@stormops/chassis/disk/disk-watch'
import type { Readiness } from '@stormops/chassis/http/readiness'
import type { Service } from '@stormops/chassis/service'
import type { RemoteSubgraph } from '@stormops/gateway/remote-data-source'
import type { JobWork } from './job-work.ts'
import type { Lookups } from './subgraph-services.ts'

/** Milliseconds that a database may take to answer. One that hangs is as far away as one that refuses. */
const DATABASE_PATIENCE_MS = 2_000

type Check = 'ok' | 'not ready'

/** The services share a database, so the first one's way to it stands for all. */
export const databaseReadiness = async ([first]: readonly Service[]): Promise<Readiness> => {
  const database = await checked(first?.database.withPlatform((tx) => tx.rows('select 1')))
  return { ready: database === 'ok', checks: { database } }
}

/** A worker takes its jobs over connections of the queue's own. */
export const workerReadiness = async (
  services: readonly Service[],
  work: Pick<JobWork, 'reach'>,
): Promise<Readiness> => {
  const [{ ready, checks }, queue] = await Promise.all([databaseReadiness(services), checked(work.reach())])
  return { ready: ready && queue === 'ok', checks: { ...checks, queue } }
}

/** Milliseconds that a subgraph may take to say that it is ready. */
const PATIENCE_MS = 1_000

/**
 * One subgraph that is away costs only its fields, so a gateway is ready while any of them is, and says which are. It
 * is not ready without the database, in which it looks up who asks.
 */
export const gatewayReadiness = async (
  { tenancy, billing }: Lookups,
  subgraphs: readonly RemoteSubgraph[],
): Promise<Readiness> => {
  const asked = subgraphs.map(async ({ name, client }): Promise<[string, Check]> => [
    name,
    (await client.isReady(PATIENCE_MS)) ? 'ok' : 'not ready',
  ])
  const [database, checks] = await Promise.all([databaseReadiness([tenancy, billing]), Promise.all(asked)])
  return {
    ready: database.ready && checks.some(([, check]) => check === 'ok'),
    checks: { ...database.checks, ...Object.fromEntries(checks) },
  }
}

/** Why it is not is in the log of whoever asks in earnest. */
const checked = async (look: Promise<unknown> | undefined): Promise<Check> => {
  if (look === undefined) return 'not ready'
  const late = Promise.withResolvers<Check>()
  const timer = setTimeout(() => late.resolve('not ready'), DATABASE_PATIENCE_MS)
  const answered = look.then(
    (): Check => 'ok',
    (): Check => 'not ready',
  )
  try {
    return await Promise.race([answered, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** A process without room still answers what is asked, so it is ready, and says how it stands. */
export const withDisk = (
  { ready, checks }: Readiness,
  { standing }: Pick<DiskWatch, 'standing'>,
): Readiness => {
  const { mode, freeRatio } = standing()
  const disk = mode === 'open' ? 'ok' : `${mode}: ${(freeRatio * 100).toFixed(1)} % free`
  return { ready, checks: { ...checks, disk } }
}
