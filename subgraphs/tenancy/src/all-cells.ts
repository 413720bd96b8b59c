/** What tenancy asks of all companies at once, wherever they live. */
import {
  everyCell,
  fromEveryCell,
  fromReachableCells,
  maybeInCells,
  eachCell,
} from '@stormops/chassis/cells/across-cells'
import { HOME_CELL } from '@stormops/chassis/database/database'
import type { CellDatabase, Database } from '@stormops/chassis/database/database'
import type { PlatformTx } from '@stormops/chassis/database/transaction'
import { Fault } from '@stormops/chassis/fault'
import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { Placements } from './context.ts'
import { moveTenantJob } from './jobs/move-jobs.ts'
import type { TenantInternals } from './domain/tenant-internals.ts'
import type { Tenant } from './domain/tenant.ts'
import { secretsByHash } from './store/api-key-store.ts'
import { tenantsWithUnsealedLines } from './store/audit-chain-store.ts'
import { maybeTenantOfImpersonation, standingImpersonations } from './store/impersonation-store.ts'
import { membershipsOfEmail } from './store/person-store.ts'
import type { MembershipsElsewhere } from './store/person-store.ts'
import { internalsOf, tenantsToldOf } from './store/tenant-internals-store.ts'
import { countCompanies, maybeMove, maybeMoveUnderWay } from './store/placement-store.ts'
import { maybePlaceOfTenant, maybeTenantBySlug, pageOfTenants, tenantStore } from './store/tenant-store.ts'
import type { BearerSources } from './verification/bearers.ts'

const asPlatform =
  <T>(work: (tx: PlatformTx) => Promise<T>) =>
  (cell: CellDatabase): Promise<T> =>
    cell.withPlatform(work)

/** While a company arrives it is seen on both sides, and is the same on both. */
const onceEach = <T>(items: readonly T[], key: (item: T) => string): readonly T[] => [
  ...new Map(items.map((item) => [key(item), item])).values(),
]

const newestFirst = (one: Tenant, other: Tenant): number =>
  other.createdAt.getTime() - one.createdAt.getTime() || (other.id < one.id ? -1 : 1)

/** Newest first, one more than the page holds. */
export const pageOfAllTenants = async (database: Database, page: PageRequest): Promise<readonly Tenant[]> => {
  const { after } = page
  const from =
    after === null
      ? null
      : await maybeInCells(
          database,
          asPlatform((tx) => maybePlaceOfTenant(tx, after)),
        )
  if (after !== null && from === null) return []
  const found = await fromEveryCell(
    database,
    asPlatform((tx) => pageOfTenants(tx, page.first, from)),
  )
  return onceEach(found, ({ id }) => id)
    .toSorted(newestFirst)
    .slice(0, page.first + 1)
}

export const tenantOfSlug = (database: Database, slug: string): Promise<Tenant | null> =>
  maybeInCells(
    database,
    asPlatform((tx) => maybeTenantBySlug(tx, slug)),
  )

export const tenantOfImpersonation = (database: Database, id: string): Promise<string | null> =>
  maybeInCells(
    database,
    asPlatform((tx) => maybeTenantOfImpersonation(tx, id)),
  )

export const toldOf = async (
  database: Database,
  staffId: string,
  ids: readonly string[],
  stillTells: Date,
): Promise<ReadonlySet<string>> => {
  const told = await everyCell(
    database,
    asPlatform((tx) => tenantsToldOf(tx, staffId, ids, stillTells)),
  )
  return new Set(told.flatMap((some) => [...some]))
}

/** Of a company that is seen on both sides, the side that has anything of it. */
export const internalsOfAll = async (
  database: Database,
  ids: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, TenantInternals>> => {
  const found = await everyCell(
    database,
    asPlatform((tx) => internalsOf(tx, ids, now)),
  )
  const merged = new Map<string, TenantInternals>()
  for (const [id, internals] of found.flatMap((some) => [...some])) {
    const before = merged.get(id)
    if (before === undefined || internals.auditLength > before.auditLength) merged.set(id, internals)
  }
  return merged
}

export const unsealedTenants = (database: Database, log: Log): Promise<readonly string[]> =>
  fromReachableCells(database, log, asPlatform(tenantsWithUnsealedLines))

/** What nobody knows is unknown only when every cell was asked; else it is told as a fault, and to its asker alone. */
export const bearerLookups = (
  database: Database,
): Pick<BearerSources, 'secretsByHash' | 'standingImpersonations'> => ({
  secretsByHash: (hashes) =>
    known(
      database,
      hashes,
      (tx) => secretsByHash(tx, hashes),
      ({ hash }) => hash,
    ),
  standingImpersonations: (ids) =>
    known(
      database,
      ids,
      (tx) => standingImpersonations(tx, ids),
      ({ id }) => id,
    ),
})

const known = async <T>(
  database: Database,
  keys: readonly string[],
  find: (tx: PlatformTx) => Promise<readonly T[]>,
  keyOf: (item: T) => string,
): Promise<ReadonlyMap<string, T | Fault>> => {
  const [only] = database.cells
  if (database.cells.length === 1 && only !== undefined) {
    return new Map((await only.withPlatform(find)).map((item) => [keyOf(item), item]))
  }
  const found = new Map<string, T | Fault>()
  const answers = await eachCell(database, asPlatform(find))
  for (const answer of answers) {
    if (answer.kind === 'answered') for (const item of answer.value) found.set(keyOf(item), item)
  }
  const away = answers.find((answer) => answer.kind === 'away')
  if (away === undefined) return found
  const fault = new Fault('UNAVAILABLE', 'Who you are cannot be looked up now. Try again in a minute.', {
    cause: away.cause,
    facts: { retryAfterSeconds: 5 },
  })
  for (const key of keys) if (!found.has(key)) found.set(key, fault)
  return found
}

/** Where companies live, and what is known of their moves. */
export const placementsOf = (database: Database): Placements => ({
  where: {
    cells: database.cells.map(({ name }) => name),
    cellOf: database.cellOf,
    exists: (tenantId) =>
      database.withTenant(tenantId, async (tx) => (await tenantStore(tx).maybeCurrent()) !== null, {
        readOnly: true,
      }),
    isMoving: (tenantId) =>
      database.withPlatform(async (tx) => (await maybeMoveUnderWay(tx, tenantId)) !== null),
  },
  cellOf: database.cellOf,
  cells: async () =>
    (await eachCell(database, asPlatform(countCompanies))).map((answer) => ({
      name: answer.cell,
      isHome: answer.cell === HOME_CELL,
      isReachable: answer.kind === 'answered',
      companyCount: answer.kind === 'answered' ? answer.value : null,
    })),
  maybeMove: (id) => database.withPlatform((tx) => maybeMove(tx, id, moveTenantJob.name)),
  maybeMoveUnderWay: (tenantId) => database.withPlatform((tx) => maybeMoveUnderWay(tx, tenantId)),
})

/** Null where all companies live in the home cell, in which their people are. */
export const membershipsElsewhere = (database: Database): MembershipsElsewhere | null => {
  const others = database.cells.filter(({ name }) => name !== HOME_CELL)
  if (others.length === 0) return null
  return async (email) => {
    const answers = await eachCell({ cells: others }, (cell) =>
      cell.withIdentity((tx) => membershipsOfEmail(tx, email)),
    )
    const away = new Set(answers.flatMap((answer) => (answer.kind === 'away' ? [answer.cell] : [])))
    return {
      found: onceEach(
        answers.flatMap((answer) => (answer.kind === 'answered' ? answer.value : [])),
        ({ memberId }) => memberId,
      ),
      isUnknown: (tenantId) => away.has(database.cellOf(tenantId)),
    }
  }
}
