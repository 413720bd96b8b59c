/** Everything tenancy is made of, from the database up to its graph. */
import { fileURLToPath } from 'node:url'
import type { Cells } from '@stormops/chassis/cells/cells'
import type { Clock } from '@stormops/chassis/clock'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { openTenantDatabase } from '@stormops/chassis/cells/routed-database'
import type { Database } from '@stormops/chassis/database/database'
import type { MigrationSource } from '@stormops/chassis/database/migrate'
import { buildSubgraph } from '@stormops/chassis/graphql/build-subgraph'
import { sessionContext } from '@stormops/chassis/graphql/session'
import type { SessionContext } from '@stormops/chassis/graphql/session'
import type { AnswerNotes } from '@stormops/chassis/graphql/subgraph'
import type { Service, ServiceOptions } from '@stormops/chassis/service'
import type { FindStanding } from '@stormops/chassis/session-standing'
import { idFromKey } from '@stormops/chassis/values/ids'
import DataLoader from 'dataloader'
import {
  bearerLookups,
  internalsOfAll,
  pageOfAllTenants,
  placementsOf,
  tenantOfImpersonation,
  tenantOfSlug,
  toldOf,
  unsealedTenants,
} from './all-cells.ts'
import { tellingRun } from './commands/change-told.ts'
import { noteStaffAccess } from './commands/staff-access.ts'
import { apiKeyIds, tenantIds } from './context.ts'
import type { TenancyContext, TenancyStores } from './context.ts'
import { noteStillTells } from './domain/tenant-internals.ts'
import type { TenantInternals } from './domain/tenant-internals.ts'
import type { Tenant } from './domain/tenant.ts'
import type { Resolvers } from './generated/resolvers.ts'
import { requireStanding, writeAudit } from './port.ts'
import type { TenancyPorts } from './ports.ts'
import { moveTenantHandler, placeTenantHandler, tendMovesHandler } from './jobs/move-tenant.ts'
import { startSealing } from './jobs/seal-audit.ts'
import { apiKeyResolvers } from './resolvers/api-key.ts'
import { auditEventResolvers } from './resolvers/audit-event.ts'
import { impersonationResolvers } from './resolvers/impersonation.ts'
import { memberResolvers } from './resolvers/member.ts'
import { mutationResolvers } from './resolvers/mutation.ts'
import { persistedOperationResolvers } from './resolvers/persisted-operation.ts'
import { tenantMoveResolvers } from './resolvers/placement.ts'
import { queryResolvers } from './resolvers/query.ts'
import { sessionResolvers } from './resolvers/session.ts'
import { suspensionResolvers } from './resolvers/suspension.ts'
import { tenantResolvers } from './resolvers/tenant.ts'
import { identityWork, mailJobs, signingInOf, standingIn } from './signing-in.ts'
import { apiKeyStore } from './store/api-key-store.ts'
import { AuditEventEntity, MemberEntity } from './store/entities.ts'
import { auditChainStore } from './store/audit-chain-store.ts'
import { auditStore } from './store/audit-store.ts'
import { impersonationStore } from './store/impersonation-store.ts'
import { staffAccessStore } from './store/tenant-internals-store.ts'
import { persistedOperationStore } from './store/persisted-operation-store.ts'
import type { AskedBy, FoundOperation } from './store/persisted-operation-store.ts'
import { memberStore } from './store/member-store.ts'
import { suspensionStore } from './store/suspension-store.ts'
import { tenantStore } from './store/tenant-store.ts'
import { bearers } from './verification/bearers.ts'
import type { Bearers } from './verification/bearers.ts'
import { keyUse } from './verification/key-use.ts'

export const migrations: MigrationSource = {
  schema: 'tenancy',
  directory: fileURLToPath(new URL('../migrations', import.meta.url)),
}

const resolvers: Resolvers = {
  Query: queryResolvers,
  Mutation: mutationResolvers,
  Tenant: tenantResolvers,
  Suspension: suspensionResolvers,
  AuditEvent: auditEventResolvers,
  Member: memberResolvers,
  Session: sessionResolvers,
  ApiKey: apiKeyResolvers,
  Impersonation: impersonationResolvers,
  TenantMove: tenantMoveResolvers,
  PersistedOperation: persistedOperationResolvers,
}

/** Who asks for a published operation: somebody of the company, or one of its keys by the id the token bears. */
export type OperationAsker = { readonly kind: 'company' } | { readonly kind: 'key'; readonly keyId: string }

export type Tenancy = Service &
  Bearers & {
    /** The document that the company has published under this hex sha-256 for whoever asks, or null. */
    readonly findOperation: (
      tenantId: string,
      asker: OperationAsker,
      documentId: string,
    ) => Promise<FoundOperation | null>
    /** What the verifier of tokens asks about the sessions behind them. */
    readonly sessionStanding: FindStanding
  }

export const openTenancy = async (options: ServiceOptions, ports: TenancyPorts): Promise<Tenancy> => {
  const database = await openTenantDatabase({
    name: 'tenancy',
    connection: options.connection,
    cells: options.cells,
    entities: [MemberEntity, AuditEventEntity],
    poolSize: options.poolSize,
    telemetry: options.telemetry,
  })
  const dependencies = {
    database,
    queue: options.queue,
    clock: options.clock,
    newId: options.newId,
    writeAudit,
    requireStanding,
    log: options.log,
    stores: (tx): TenancyStores => ({
      tenants: tenantStore(tx),
      suspensions: suspensionStore(tx),
      members: memberStore(tx),
      audit: auditStore(tx),
      auditChain: auditChainStore(tx),
      apiKeys: apiKeyStore(tx),
      impersonations: impersonationStore(tx),
      staffAccess: staffAccessStore(tx),
      persistedOperations: persistedOperationStore(tx),
    }),
  } satisfies Parameters<typeof sessionContext<TenancyStores>>[0]

  const identityOf = identityWork(database, options, ports)

  const subgraph = buildSubgraph({
    name: 'tenancy',
    sdl: options.sdl,
    resolvers,
    unseal: options.unseal,
    session: (fetch) => {
      const session = sessionContext(dependencies, fetch)
      const notes: { -readonly [Note in keyof AnswerNotes]: AnswerNotes[Note] } = {}
      const context: TenancyContext = {
        ...session,
        run: tellingRun(session, ports.accessChanged),
        ports,
        pageOfTenants: (page) => pageOfAllTenants(database, page),
        maybeTenant: (tenantId) =>
          database.withTenant(tenantId, (tx) => tenantStore(tx).maybeCurrent(), { readOnly: true }),
        sealOfEvent: session.reading.loaderById((tx, ids) => auditChainStore(tx).sealsOf(ids)),
        maybeApiKey: (tenantId, id) =>
          database.withTenant(tenantId, (tx) => apiKeyStore(tx).maybeById(id), { readOnly: true }),
        maybeImpersonation: (tenantId, id) =>
          database.withTenant(tenantId, (tx) => impersonationStore(tx).maybeById(id), { readOnly: true }),
        maybeTenantOfImpersonation: (id) => tenantOfImpersonation(database, id),
        internalsOfTenant: internalsLoader(database, session, options.clock),
        placements: placementsOf(database),
        signToken: ports.signToken,
        now: () => options.clock.now(),
        signingIn: {
          ...signingInOf(options, ports, fetch),
          // As before a command: the read transaction's connection is given back first.
          inIdentity: (work) => session.reading.forget().then(() => identityOf(fetch.requestId)(work)),
          setCookie: (token) => void (notes.refreshToken = token),
        },
        newId: options.newId,
        idFromKey,
        tenantById: session.reading.loaderById((tx) =>
          tenantStore(tx)
            .maybeCurrent()
            .then((tenant) => (tenant === null ? [] : [tenant])),
        ),
      }
      return { context, notes: () => notes, close: session.reading.close }
    },
  })
  const sequencer = startSealing({
    tenants: () => unsealedTenants(database, options.log),
    seal: (tenantId) => database.withTenant(tenantId, (tx) => auditChainStore(tx).seal()),
    log: options.log,
  })
  const use = keyUse(
    ({ tenantId, keyId, at }) => database.withTenant(tenantId, (tx) => apiKeyStore(tx).noteUse(keyId, at)),
    options.log,
  )
  const known = bearers({
    ...bearerLookups(database),
    use,
    clock: options.clock,
  })
  const close = async (): Promise<void> => {
    await use.close()
    await sequencer.stop()
    await database.close()
  }
  return {
    subgraph,
    database,
    jobs: [
      ...mailJobs(database, identityOf, ports),
      ...[moveTenantHandler, tendMovesHandler, placeTenantHandler].map((handler) =>
        handler({ database, queue: options.queue, writeAudit, moves: ports.moves }),
      ),
    ],
    close,
    ...known,
    findOperation: operationFinder(database),
    sessionStanding: standingIn(database, options.clock),
  }
}

/** Companies that are told at once that staff look into them; each takes a connection. */
const TOLD_AT_ONCE = 4

/** Each company is told first, and what cannot be told is not shown: a line that fails fails the whole read. */
const internalsLoader = (
  database: Database,
  session: SessionContext<TenancyStores>,
  clock: Clock,
): TenancyContext['internalsOfTenant'] =>
  new DataLoader<string, TenantInternals | null>(async (ids) => {
    const now = clock.now()
    const { id } = session.actor()
    const told = await toldOf(database, id, ids, noteStillTells(now))
    const untold = ids.filter((tenantId) => !told.has(tenantId))
    for (let next = 0; next < untold.length; next += TOLD_AT_ONCE) {
      await Promise.all(
        untold
          .slice(next, next + TOLD_AT_ONCE)
          .map((tenantId) =>
            session.run(noteStaffAccess, { tenantId, fields: 'Tenant.internals' }, null, tenantId),
          ),
      )
    }
    const found = await internalsOfAll(database, ids, now)
    return ids.map((tenantId) => found.get(tenantId) ?? null)
  })

const operationFinder =
  (database: Database): Tenancy['findOperation'] =>
  (tenantId, asker, documentId) => {
    const by: AskedBy =
      asker.kind === 'company' ? asker : { kind: 'key', apiKeyId: apiKeyIds.decode(asker.keyId) }
    return database.withTenant(tenantId, (tx) => persistedOperationStore(tx).maybeLive(documentId, by), {
      readOnly: true,
    })
  }

/** The tenant of a slug, for commands of the person who runs the platform. */
export const findTenant = async (
  connection: ConnectionSettings,
  slug: string,
  cells: Cells | null = null,
): Promise<Tenant | null> => {
  const database = await openTenantDatabase({
    name: 'tenancy lookup',
    connection,
    cells,
    entities: [],
    poolSize: 1,
  })
  try {
    return await tenantOfSlug(database, slug)
  } finally {
    await database.close()
  }
}

export { openCompanies } from './companies.ts'
export { tenantIds }
export { tenantOfSlug as tenantWithSlug } from './all-cells.ts'
export type { Tenant }
