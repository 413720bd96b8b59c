import type { PlatformTx, Tx } from '@stormops/chassis/database/transaction'
import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { Impersonation } from '../domain/impersonation.ts'

export type ImpersonationStore = {
  readonly insert: (impersonation: Impersonation) => Promise<void>
  readonly maybeById: (id: string) => Promise<Impersonation | null>
  /** When it ended: now, or before if it had ended already. */
  readonly end: (id: string, at: Date) => Promise<Date>
  /** Newest first, from after the one with this id, one more than the page holds. */
  readonly page: (page: PageRequest) => Promise<readonly Impersonation[]>
}

const COLUMNS = `id, tenant_id as "tenantId", staff_id as "staffId", role, reason, read_only as "readOnly",
  started_at as "startedAt", expires_at as "expiresAt", ended_at as "endedAt"`

export const impersonationStore = (tx: Tx): ImpersonationStore => ({
  insert: async ({ id, staffId, role, reason, readOnly, startedAt, expiresAt }) => {
    await tx.change(
      `insert into tenancy.impersonation
         (tenant_id, id, staff_id, role, reason, read_only, started_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [tx.tenantId, id, staffId, role, reason, readOnly, startedAt, expiresAt],
    )
  },
  maybeById: async (id) => {
    const [found] = await tx.rows<Impersonation>(
      `select ${COLUMNS} from tenancy.impersonation where tenant_id = $1 and id = $2`,
      [tx.tenantId, id],
    )
    return found ?? null
  },
  end: async (id, at) => {
    const [ended] = await tx.rows<{ endedAt: Date }>(
      `update tenancy.impersonation set ended_at = coalesce(ended_at, least($3, expires_at))
       where tenant_id = $1 and id = $2 returning ended_at as "endedAt"`,
      [tx.tenantId, id, at],
    )
    return ended?.endedAt ?? at
  },
  page: ({ first, after }) =>
    tx.rows<Impersonation>(
      `select ${COLUMNS} from tenancy.impersonation
       where tenant_id = $1 and ($3::uuid is null or id < $3) order by id desc limit $2`,
      [tx.tenantId, first + 1, after],
    ),
})

export type StandingGrant = Pick<
  Impersonation,
  'id' | 'tenantId' | 'staffId' | 'role' | 'readOnly' | 'expiresAt'
>

/** Those of the ids that were not ended, of all companies; needs the platform's rights. */
export const standingImpersonations = (
  tx: PlatformTx,
  ids: readonly string[],
): Promise<readonly StandingGrant[]> =>
  tx.rows<StandingGrant>(
    `select id, tenant_id as "tenantId", staff_id as "staffId", role, read_only as "readOnly",
       expires_at as "expiresAt"
     from tenancy.impersonation where id = any($1) and ended_at is null`,
    [ids],
  )

/** The company of an impersonation; needs the platform's rights. */
export const maybeTenantOfImpersonation = async (tx: PlatformTx, id: string): Promise<string | null> => {
  const [row] = await tx.rows<{ tenantId: string }>(
    `select tenant_id as "tenantId" from tenancy.impersonation where id = $1`,
    [id],
  )
  return row?.tenantId ?? null
}
