import type { PlatformTx, Tx } from '@stormops/chassis/database/database'
import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { Tenant, TenantStatus } from '../domain/tenant.ts'
import { MemberEntity, TenantEntity } from './entities.ts'

export type TenantStore = {
  /** The tenant of the transaction, or null when it does not exist. */
  readonly maybeCurrent: () => Promise<Tenant | null>
  readonly setStatus: (status: TenantStatus) => Promise<void>
  /** False when another tenant has the slug. */
  readonly insert: (tenant: Tenant) => Promise<boolean>
  readonly insertMember: (member: {
    id: string
    email: string
    role: string
    createdAt: Date
  }) => Promise<void>
}

export const tenantStore = (tx: Tx): TenantStore => ({
  maybeCurrent: async () => tx.em.findOne(TenantEntity, { id: tx.tenantId }),
  setStatus: async (status) => {
    await tx.em.nativeUpdate(TenantEntity, { id: tx.tenantId }, { status })
  },
  insert: async (tenant) => {
    const inserted = await tx.change(
      `insert into tenancy.tenant (id, slug, name, status, time_zone, currency, created_at)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (slug) do nothing`,
      [
        tenant.id,
        tenant.slug,
        tenant.name,
        tenant.status,
        tenant.timeZone,
        tenant.currency,
        tenant.createdAt,
      ],
    )
    return inserted === 1
  },
  insertMember: async (member) => {
    await tx.em.insert(MemberEntity, { ...member, tenantId: tx.tenantId })
  },
})

/** Newest first, from after the tenant with this id; needs the platform's rights. */
export const pageOfTenants = async (tx: PlatformTx, page: PageRequest): Promise<readonly Tenant[]> =>
  tx.rows<Tenant>(
    `select id, slug, name, status, time_zone as "timeZone", currency, created_at as "createdAt"
     from tenancy.tenant
     where $2::uuid is null or (created_at, id) < (select created_at, id from tenancy.tenant where id = $2)
     order by created_at desc, id desc limit $1`,
    [page.first + 1, page.after],
  )

/** The tenant of this slug, across all tenants; for commands given by staff. */
export const maybeTenantBySlug = async (tx: PlatformTx, slug: string): Promise<Tenant | null> => {
  const [tenant] = await tx.rows<Tenant>(
    `select id, slug, name, status, time_zone as "timeZone", currency, created_at as "createdAt"
     from tenancy.tenant where slug = $1`,
    [slug],
  )
  return tenant ?? null
}
