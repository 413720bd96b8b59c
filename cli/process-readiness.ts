/** What each shape of the platform looks at before it says that it may be sent work. */
import type { DiskWatch } from '@stormops/chassis/disk/disk-watch'
import type { Readiness } from '@stormops/chassis/http/readiness'
import type { Service } from '@stormops/chassis/service'
import type { RemoteSubgraph } from '@stormops/gateway/remote-data-source'
import type { Lookups } from './subgraph-services.ts'

/** The services share a database, so the first one's way to it stands for all. Throws when there is none. */
export const databaseReadiness = async ([first]: readonly Service[]): Promise<Readiness> => {
  await first?.database.withPlatform((tx) => tx.rows('select 1'))
  return { ready: first !== undefined, checks: { database: 'ok' } }
}

/** Milliseconds that a subgraph may take to say that it is ready. */
const PATIENCE_MS = 1_000

/**
 * One subgraph that is away costs only its fields, so a gateway is ready while any of them is, and says which are.
 * Throws without the database, in which it looks up who asks.
 */
export const gatewayReadiness = async (
  { tenancy, billing }: Lookups,
  subgraphs: readonly RemoteSubgraph[],
): Promise<Readiness> => {
  const database = await databaseReadiness([tenancy, billing])
  const asked = subgraphs.map(async ({ name, client }): Promise<[string, string]> => [
    name,
    (await client.isReady(PATIENCE_MS)) ? 'ok' : 'not ready',
  ])
  const checks = await Promise.all(asked)
  return {
    ready: database.ready && checks.some(([, check]) => check === 'ok'),
    checks: { ...database.checks, ...Object.fromEntries(checks) },
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
