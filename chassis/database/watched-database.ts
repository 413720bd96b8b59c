/** The door to the data, with somebody who counts what goes through it and puts it into the trace. */
import type { SpanAttributes } from '../telemetry/tracer.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { Database } from './database.ts'
import { APP_ROLE, IDENTITY_ROLE, LEDGER_ROLE, PLATFORM_ROLE } from './roles.ts'

export type DatabaseTelemetry = Pick<Telemetry, 'database' | 'tracer'>

/** A transaction is a span, with the name of its pool and its role; what its statements say is nobody's to see. */
export const watchedDatabase = (database: Database, pool: string, telemetry: DatabaseTelemetry): Database => {
  const { tracer } = telemetry
  const ended = telemetry.database.transactions(pool)
  const watching = poolWatch(database, pool, telemetry)

  const watched = async <T>(work: () => Promise<T>): Promise<T> => {
    const started = performance.now()
    try {
      const result = await work()
      ended('committed', (performance.now() - started) / 1_000)
      return result
    } catch (cause) {
      ended('rolled-back', (performance.now() - started) / 1_000)
      throw cause
    } finally {
      watching.begin()
    }
  }
  const traced = <T>(role: string, work: () => Promise<T>): Promise<T> =>
    // What nobody asked for, such as looking for work, is no trace.
    tracer.traceId() !== null
      ? tracer.span(`transaction ${pool}`, { role: 'asks', attributes: attributesOf(pool, role) }, () =>
          watched(work),
        )
      : watched(work)

  return {
    ...database,
    withTenant: (tenantId, work, options) =>
      traced(APP_ROLE, () => database.withTenant(tenantId, work, options)),
    withPlatform: (work) => traced(PLATFORM_ROLE, () => database.withPlatform(work)),
    withIdentity: (work) => traced(IDENTITY_ROLE, () => database.withIdentity(work)),
    withLedger: (work, options) => traced(LEDGER_ROLE, () => database.withLedger(work, options)),
    withTenantClient: (tenantId, work) => traced(APP_ROLE, () => database.withTenantClient(tenantId, work)),
    close: async () => {
      watching.end()
      await database.close()
    },
  }
}

const attributesOf = (pool: string, role: string): SpanAttributes => ({
  'db.system.name': 'postgresql',
  'db.namespace': pool,
  'db.operation.name': 'transaction',
  'stormops.database.role': role,
})

/** There is no pool before the first work, and asking for it would open one. */
const poolWatch = ({ orm }: Database, pool: string, telemetry: DatabaseTelemetry) => {
  let unwatch: (() => void) | null = null
  let isEnded = false
  const watch = async (): Promise<void> => {
    const native = await orm.em.getConnection().getNativeClient()
    if (isEnded) return
    unwatch = telemetry.database.watchPool(pool, () => ({
      used: native.totalCount - native.idleCount,
      idle: native.idleCount,
      waiting: native.waitingCount,
    }))
  }
  let isBegun = false
  return {
    begin: (): void => {
      if (isBegun || isEnded) return
      isBegun = true
      // A pool that cannot be had is not watched now, and asked for again after the next work.
      watch().catch(() => (isBegun = false))
    },
    end: (): void => {
      isEnded = true
      unwatch?.()
    },
  }
}
