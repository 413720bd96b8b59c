import type { Tx } from '@stormops/chassis/database/transaction'
import type { PageRequest } from '@stormops/chassis/graphql/page'
import type { Member, MemberRole } from '../domain/member.ts'

export type MemberStore = {
  /** Newest first, from after the member with this id, one more than the page holds. */
  readonly page: (page: PageRequest) => Promise<readonly Member[]>
  readonly maybe: (id: string) => Promise<Member | null>
  /** False when a member has the address, whatever letters of it are capitals. */
  readonly insert: (member: Member) => Promise<boolean>
  /** Waits for whoever changes the company's members now; until the transaction ends nobody else does. */
  readonly lockAll: () => Promise<void>
  readonly countOwners: () => Promise<number>
  readonly setRole: (id: string, role: MemberRole) => Promise<void>
  readonly remove: (id: string) => Promise<void>
}

const COLUMNS = `id, email, role, created_at as "createdAt"`

export const memberStore = (tx: Tx): MemberStore => ({
  page: ({ first, after }) =>
    tx.rows<Member>(
      `select ${COLUMNS} from tenancy.member
       where tenant_id = $1 and ($3::uuid is null or id < $3) order by id desc limit $2`,
      [tx.tenantId, first + 1, after],
    ),
  maybe: async (id) => {
    const [member] = await tx.rows<Member>(
      `select ${COLUMNS} from tenancy.member where tenant_id = $1 and id = $2`,
      [tx.tenantId, id],
    )
    return member ?? null
  },
  insert: async ({ id, email, role, createdAt }) => {
    const inserted = await tx.change(
      `insert into tenancy.member (tenant_id, id, email, role, created_at) values ($1, $2, $3, $4, $5)
       on conflict (tenant_id, lower(email)) do nothing`,
      [tx.tenantId, id, email, role, createdAt],
    )
    return inserted === 1
  },
  lockAll: async () => {
    await tx.rows(`select from tenancy.tenant where id = $1 for no key update`, [tx.tenantId])
  },
  countOwners: async () => {
    const [row] = await tx.rows<{ owners: number }>(
      `select count(*)::int as owners from tenancy.member where tenant_id = $1 and role = 'OWNER'`,
      [tx.tenantId],
    )
    return row?.owners ?? 0
  },
  setRole: async (id, role) => {
    await tx.change(`update tenancy.member set role = $3 where tenant_id = $1 and id = $2`, [
      tx.tenantId,
      id,
      role,
    ])
  },
  remove: async (id) => {
    await tx.change(`delete from tenancy.member where tenant_id = $1 and id = $2`, [tx.tenantId, id])
  },
})
