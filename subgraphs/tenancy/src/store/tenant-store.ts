import type { PlatformTx, Tx } from '@stormops/chassis/database/transaction'
import type { Tenant } from '../domain/tenant.ts'
import { MemberEntity } from './entities.ts'
import { suspensionIn } from './suspension-store.ts'
import type { SuspensionColumns } from './suspension-store.ts'

export type TenantStore = {
  /** The tenant of the transaction, or null when it does not exist. */
  readonly maybeCurrent: () => Promise<Tenant | null>
  /** Active; false when another tenant has the slug. */
  readonly insert: (tenant: Omit<Tenant, 'status' | 'suspension'>) => Promise<boolean>
  readonly insertMember: (member: {
    id: string
    email: string
    role: string
    createdAt: Date
  }) => Promise<void>
}

export const tenantStore = (tx: Tx): TenantStore => ({
  maybeCurrent: async () => {
    const [row] = await tx.rows<TenantRow>(`select ${COLUMNS} from tenancy.tenant where id = $1`, [
      tx.tenantId,
    ])
    return row === undefined ? null : tenantOf(row)
  },
  insert: async (tenant) => {
    const inserted = await tx.change(
      `insert into tenancy.tenant (id, slug, name, time_zone, currency, created_at)
       values ($1, $2, $3, $4, $5, $6) on conflict (slug) do nothing`,
      [tenant.id, tenant.slug, tenant.name, tenant.timeZone, tenant.currency, tenant.createdAt],
    )
    return inserted === 1
  },
  insertMember: async (member) => {
    await tx.em.insert(MemberEntity, { ...member, tenantId: tx.tenantId })
  },
})

/** Where a tenant stands in the order of all: its time to the microsecond, as text, and its id. */
export type PlaceOfTenant = { readonly createdAt: string; readonly id: string }

/** Needs the platform's rights, as does the page. */
export const maybePlaceOfTenant = async (tx: PlatformTx, id: string): Promise<PlaceOfTenant | null> => {
  const [place] = await tx.rows<PlaceOfTenant>(
    `select created_at::text as "createdAt", id from tenancy.tenant where id = $1`,
    [id],
  )
  return place ?? null
}

/** Newest first, from after a place, one more than `first`. */
export const pageOfTenants = async (
  tx: PlatformTx,
  first: number,
  after: PlaceOfTenant | null,
): Promise<readonly Tenant[]> => {
  const rows = await tx.rows<TenantRow>(
    `select ${COLUMNS} from tenancy.tenant
     where $2::timestamptz is null or (created_at, id) < ($2::timestamptz, $3::uuid)
     order by created_at desc, id desc limit $1`,
    [first + 1, after?.createdAt ?? null, after?.id ?? null],
  )
  return rows.map(tenantOf)
}

/** The tenant of this slug, across all tenants; for commands given by staff. */
export const maybeTenantBySlug = async (tx: PlatformTx, slug: string): Promise<Tenant | null> => {
  const [row] = await tx.rows<TenantRow>(`select ${COLUMNS} from tenancy.tenant where slug = $1`, [slug])
  return row === undefined ? null : tenantOf(row)
}

/** All of them, the oldest first. */
export const everyTenant = (
  tx: PlatformTx,
): Promise<readonly { readonly id: string; readonly slug: string }[]> =>
  tx.rows(`select id, slug from tenancy.tenant order by id`)

type TenantRow = Omit<Tenant, 'suspension'> & SuspensionColumns

const COLUMNS = `
  id, slug, name, status, time_zone as "timeZone", currency, created_at as "createdAt",
  suspended_by_staff_at as "suspendedByStaffAt", unpaid_since as "unpaidSince",
  unpaid_invoice_number as "unpaidInvoiceNumber", unpaid_amount as "unpaidAmount",
  unpaid_currency as "unpaidCurrency"`

const tenantOf = (row: TenantRow): Tenant => {
  const { id, slug, name, status, timeZone, currency, createdAt } = row
  return { id, slug, name, status, timeZone, currency, createdAt, suspension: suspensionIn(row) }
}
