import type { Database } from '@stormops/chassis/database/database'
import type { SessionContext } from '@stormops/chassis/graphql/session'
import { idCodec } from '@stormops/chassis/values/ids'
import type DataLoader from 'dataloader'
import type { Tenant } from './domain/tenant.ts'
import type { TenantStore } from './store/tenant-store.ts'

export type TenancyStores = { readonly tenants: TenantStore }

/** What the resolvers of one fetch work with. */
export type TenancyContext = SessionContext<TenancyStores> & {
  readonly database: Database
  readonly tenantById: DataLoader<string, Tenant | null>
  readonly newId: () => string
  readonly idFromKey: (key: string) => string
}

export { tenantIds } from './port.ts'
export const auditEventIds = idCodec('aud')
