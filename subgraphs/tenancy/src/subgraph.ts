/** Everything tenancy is made of, from the database up to its graph. */
import { fileURLToPath } from 'node:url'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { openDatabase } from '@stormops/chassis/database/database'
import type { Database } from '@stormops/chassis/database/database'
import type { MigrationSource } from '@stormops/chassis/database/migrate'
import { buildSubgraph } from '@stormops/chassis/graphql/build-subgraph'
import { sessionContext } from '@stormops/chassis/graphql/session'
import type { Service, ServiceOptions } from '@stormops/chassis/service'
import { idFromKey } from '@stormops/chassis/values/ids'
import { keyIds, tenantIds } from './context.ts'
import type { TenancyContext, TenancyStores } from './context.ts'
import type { Tenant } from './domain/tenant.ts'
import type { Resolvers } from './generated/resolvers.ts'
import { requireStanding, writeAudit } from './port.ts'
import type { TenancyPorts } from './ports.ts'
import { startSealing } from './jobs/seal-audit.ts'
import { auditEventResolvers } from './resolvers/audit-event.ts'
import { mutationResolvers } from './resolvers/mutation.ts'
import { persistedOperationResolvers } from './resolvers/persisted-operation.ts'
import { queryResolvers } from './resolvers/query.ts'
import { tenantResolvers } from './resolvers/tenant.ts'
import { AuditEventEntity, MemberEntity, TenantEntity } from './store/entities.ts'
import { auditChainStore, tenantsWithUnsealedLines } from './store/audit-chain-store.ts'
import { auditStore } from './store/audit-store.ts'
import { persistedOperationStore } from './store/persisted-operation-store.ts'
import type { AskedBy, FoundOperation } from './store/persisted-operation-store.ts'
import { maybeTenantBySlug, pageOfTenants, tenantStore } from './store/tenant-store.ts'

export const migrations: MigrationSource = {
  schema: 'tenancy',
  directory: fileURLToPath(new URL('../migrations', import.meta.url)),
}

const resolvers: Resolvers = {
  Query: queryResolvers,
  Mutation: mutationResolvers,
  Tenant: tenantResolvers,
  AuditEvent: auditEventResolvers,
  PersistedOperation: persistedOperationResolvers,
}

/** Who asks for a published operation: somebody of the company, or one of its keys by the id the token bears. */
export type OperationAsker = { readonly kind: 'company' } | { readonly kind: 'key'; readonly keyId: string }

export type Tenancy = Service & {
  /** The document that the company has published under this hex sha-256 for whoever asks, or null. */
  readonly findOperation: (
    tenantId: string,
    asker: OperationAsker,
    documentId: string,
  ) => Promise<FoundOperation | null>
}

export const openTenancy = async (options: ServiceOptions, ports: TenancyPorts): Promise<Tenancy> => {
  const database = await openDatabase({
    name: 'tenancy',
    connection: options.connection,
    entities: [TenantEntity, MemberEntity, AuditEventEntity],
    poolSize: options.poolSize,
  })
  const dependencies = {
    database,
    queue: options.queue,
    clock: options.clock,
    newId: options.newId,
    writeAudit,
    requireStanding,
    stores: (tx): TenancyStores => ({
      tenants: tenantStore(tx),
      audit: auditStore(tx),
      auditChain: auditChainStore(tx),
      persistedOperations: persistedOperationStore(tx),
    }),
  } satisfies Parameters<typeof sessionContext<TenancyStores>>[0]

  const subgraph = buildSubgraph({
    name: 'tenancy',
    sdl: options.sdl,
    resolvers,
    unseal: options.unseal,
    session: (fetch) => {
      const session = sessionContext(dependencies, fetch)
      const context: TenancyContext = {
        ...session,
        ports,
        pageOfTenants: (page) => database.withPlatform((tx) => pageOfTenants(tx, page)),
        maybeTenant: (tenantId) =>
          database.withTenant(tenantId, (tx) => tenantStore(tx).maybeCurrent(), { readOnly: true }),
        sealOfEvent: session.reading.loaderById((tx, ids) => auditChainStore(tx).sealsOf(ids)),
        newId: options.newId,
        idFromKey,
        tenantById: session.reading.loaderById((tx) =>
          tenantStore(tx)
            .maybeCurrent()
            .then((tenant) => (tenant === null ? [] : [tenant])),
        ),
      }
      return { context, close: session.reading.close }
    },
  })
  const sequencer = startSealing({
    tenants: () => database.withPlatform(tenantsWithUnsealedLines),
    seal: (tenantId) => database.withTenant(tenantId, (tx) => auditChainStore(tx).seal()),
    log: options.log,
  })
  const close = async (): Promise<void> => {
    await sequencer.stop()
    await database.close()
  }
  return { subgraph, database, jobs: [], close, findOperation: operationFinder(database) }
}

const operationFinder =
  (database: Database): Tenancy['findOperation'] =>
  (tenantId, asker, documentId) => {
    const by: AskedBy =
      asker.kind === 'company' ? asker : { kind: 'key', apiKeyId: keyIds.decode(asker.keyId) }
    return database.withTenant(tenantId, (tx) => persistedOperationStore(tx).maybeLive(documentId, by), {
      readOnly: true,
    })
  }

/** The tenant of a slug, for commands of the person who runs the platform. */
export const findTenant = async (connection: ConnectionSettings, slug: string): Promise<Tenant | null> => {
  const database = await openDatabase({
    name: 'tenancy lookup',
    connection,
    entities: [TenantEntity],
    poolSize: 1,
  })
  try {
    return await database.withPlatform((tx) => maybeTenantBySlug(tx, slug))
  } finally {
    await database.close()
  }
}

export { tenantIds }
export type { Tenant }
