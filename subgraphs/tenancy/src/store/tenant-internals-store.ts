import type { PlatformTx, Tx } from '@stormops/chassis/database/transaction'
import type { TenantInternals } from '../domain/tenant-internals.ts'

export type StaffAccessStore = {
  /** False when a look of this staff member that was noted after `stillTells` tells of this one too. */
  readonly note: (staffId: string, now: Date, stillTells: Date) => Promise<boolean>
}

export const staffAccessStore = (tx: Tx): StaffAccessStore => ({
  note: async (staffId, now, stillTells) => {
    const noted = await tx.change(
      `insert into tenancy.staff_access (tenant_id, staff_id, noted_at) values ($1, $2, $3)
       on conflict (tenant_id, staff_id) do update set noted_at = excluded.noted_at
         where staff_access.noted_at <= $4`,
      [tx.tenantId, staffId, now, stillTells],
    )
    return noted === 1
  },
})

/** Those of the companies whose audit tells of this staff member's look already; needs the platform's rights. */
export const tenantsToldOf = async (
  tx: PlatformTx,
  staffId: string,
  tenantIds: readonly string[],
  stillTells: Date,
): Promise<ReadonlySet<string>> => {
  const rows = await tx.rows<{ id: string }>(
    `select tenant_id as id from tenancy.staff_access
     where staff_id = $1 and tenant_id = any($2) and noted_at > $3`,
    [staffId, tenantIds, stillTells],
  )
  return new Set(rows.map(({ id }) => id))
}

/** Enough to write to somebody of the company. */
const MOST_ADMIN_EMAILS = 50

/** By company; needs the platform's rights. */
export const internalsOf = async (
  tx: PlatformTx,
  tenantIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, TenantInternals>> => {
  const rows = await tx.rows<TenantInternals & { readonly id: string }>(
    `select t.id,
       (select count(*)::integer from tenancy.member m where m.tenant_id = t.id) as "memberCount",
       (select count(*)::integer from tenancy.api_key k where k.tenant_id = t.id and k.revoked_at is null
          and (k.expires_at is null or k.expires_at > $2)) as "apiKeyCount",
       array(select m.email from tenancy.member m where m.tenant_id = t.id and m.role in ('OWNER', 'ADMIN')
          order by m.email limit ${MOST_ADMIN_EMAILS}) as "adminEmails",
       -- The place of the last line in the chain, and the lines that wait for one: no audit is counted through.
       (coalesce((select s.position from tenancy.audit_seal s where s.tenant_id = t.id order by s.position desc limit 1), 0)
          + (select count(*) from tenancy.audit_pending p where p.tenant_id = t.id))::float8 as "auditLength"
     from unnest($1::uuid[]) as t (id)`,
    [tenantIds, now],
  )
  return new Map(rows.map(({ id, ...internals }) => [id, internals]))
}
