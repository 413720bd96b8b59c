import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { SessionContext } from '@stormops/chassis/graphql/session'
import { idCodec } from '@stormops/chassis/values/ids'
import type DataLoader from 'dataloader'
import type { Tenant } from './domain/tenant.ts'
import type { AuditChainStore, SealOfEvent } from './store/audit-chain-store.ts'
import type { AuditStore } from './store/audit-store.ts'
import type { PersistedOperationStore } from './store/persisted-operation-store.ts'
import type { TenancyPorts } from './ports.ts'
import type { TenantStore } from './store/tenant-store.ts'

export type TenancyStores = {
  readonly tenants: TenantStore
  readonly audit: AuditStore
  readonly auditChain: AuditChainStore
  readonly persistedOperations: PersistedOperationStore
}

/** What the resolvers of one fetch work with. */
export type TenancyContext = SessionContext<TenancyStores> & {
  readonly ports: TenancyPorts
  /** All tenants, newest first, one more than the page holds; what staff see. */
  readonly pageOfTenants: (page: PageRequest) => Promise<readonly Tenant[]>
  /** A tenant in a transaction of its own, for staff, who carry none. */
  readonly maybeTenant: (tenantId: string) => Promise<Tenant | null>
  readonly tenantById: DataLoader<string, Tenant | null>
  /** The seal of an audit line, by the line's id; null while it waits for one. */
  readonly sealOfEvent: DataLoader<string, SealOfEvent | null>
  readonly newId: () => string
  readonly idFromKey: (key: string) => string
}

export { tenantIds } from './port.ts'
export const auditEventIds = idCodec('aud')
export const operationIds = idCodec('op')
/** As whoever makes API keys writes their ids. */
export const keyIds = idCodec('key')
