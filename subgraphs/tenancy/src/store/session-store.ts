import type { IdentityTx } from '@stormops/chassis/database/transaction'
import type { MemberRole } from '../domain/member.ts'
import type { Membership, Session } from '../domain/session.ts'
import { emailOf, unknownNow } from './person-store.ts'
import type { MembershipsElsewhere } from './person-store.ts'

export type SessionStore = {
  readonly insert: (session: Session) => Promise<void>
  readonly maybe: (id: string) => Promise<Session | null>
  /** Those that did not end, the last used first. */
  readonly liveOf: (personId: string, now: Date) => Promise<readonly Session[]>
  /** The company of the session used last, ended or not. */
  readonly lastTenantOf: (personId: string) => Promise<string | null>
  /** False when somebody else was first, or the session has ended. */
  readonly rotate: (
    session: Pick<Session, 'id' | 'generation'>,
    role: MemberRole,
    now: Date,
    expiresAt: Date,
  ) => Promise<boolean>
  readonly moveTo: (id: string, membership: Membership) => Promise<void>
  /** False when it had ended before. */
  readonly revoke: (id: string, now: Date) => Promise<boolean>
}

const COLUMNS = `
  s.id, s.person_id as "personId", s.working_tenant_id as "tenantId", s.member_id as "memberId", s.role, s.generation,
  s.rotated_at as "rotatedAt", s.created_at as "createdAt", s.last_used_at as "lastUsedAt",
  s.expires_at as "expiresAt", s.revoked_at as "revokedAt", s.user_agent as "userAgent"`

/** `elsewhere` null where every company lives here. */
export const sessionStore = (
  tx: IdentityTx,
  elsewhere: MembershipsElsewhere | null = null,
): SessionStore => ({
  insert: async (session) => {
    await tx.change(
      `insert into tenancy.session (id, person_id, working_tenant_id, member_id, role, generation, rotated_at,
                                    created_at, last_used_at, expires_at, user_agent)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        session.id,
        session.personId,
        session.tenantId,
        session.memberId,
        session.role,
        session.generation,
        session.rotatedAt,
        session.createdAt,
        session.lastUsedAt,
        session.expiresAt,
        session.userAgent,
      ],
    )
  },
  maybe: async (id) => {
    const [session] = await tx.rows<Session>(`select ${COLUMNS} from tenancy.session s where s.id = $1`, [id])
    return session ?? null
  },
  liveOf: async (personId, now) => {
    const found = await tx.rows<Session & { readonly isMember: boolean }>(
      `select ${COLUMNS}, m.id is not null as "isMember" from tenancy.session s
       left join tenancy.member m on m.tenant_id = s.working_tenant_id and m.id = s.member_id
       where s.person_id = $1 and s.revoked_at is null and s.expires_at > $2 and ($3 or m.id is not null)
       order by s.last_used_at desc, s.id desc`,
      [personId, now, elsewhere !== null],
    )
    const sessions = found.map(({ isMember, ...session }) => ({ isMember, session }))
    if (elsewhere === null) return sessions.map(({ session }) => session)
    const there = await elsewhere(await emailOf(tx, personId))
    const members = new Set(there.found.map(({ memberId }) => memberId))
    return sessions
      .filter(
        ({ isMember, session }) =>
          isMember || members.has(session.memberId) || there.isUnknown(session.tenantId),
      )
      .map(({ session }) => session)
  },
  lastTenantOf: async (personId) => {
    const [row] = await tx.rows<{ tenantId: string }>(
      `select working_tenant_id as "tenantId" from tenancy.session where person_id = $1
       order by last_used_at desc, id desc limit 1`,
      [personId],
    )
    return row?.tenantId ?? null
  },
  rotate: async ({ id, generation }, role, now, expiresAt) => {
    const rotated = await tx.change(
      `update tenancy.session
       set generation = generation + 1, role = $3, rotated_at = $4, last_used_at = $4, expires_at = $5
       where id = $1 and generation = $2 and revoked_at is null and expires_at > $4`,
      [id, generation, role, now, expiresAt],
    )
    return rotated === 1
  },
  moveTo: async (id, { tenantId, memberId, role }) => {
    await tx.change(
      `update tenancy.session set working_tenant_id = $2, member_id = $3, role = $4 where id = $1`,
      [id, tenantId, memberId, role],
    )
  },
  revoke: async (id, now) =>
    (await tx.change(`update tenancy.session set revoked_at = $2 where id = $1 and revoked_at is null`, [
      id,
      now,
    ])) === 1,
})

export type StandingRow = { readonly personId: string; readonly tenantId: string; readonly role: MemberRole }

/**
 * What the person of a session that did not end is, company by company. Throws UNAVAILABLE when nobody can tell now
 * what they are in the company they work for.
 */
export const standingOf = async (
  tx: IdentityTx,
  sessionId: string,
  now: Date,
  elsewhere: MembershipsElsewhere | null = null,
): Promise<readonly StandingRow[]> => {
  const here = await tx.rows<StandingRow>(
    `select p.id as "personId", m.tenant_id as "tenantId", m.role
     from tenancy.session s
     join tenancy.person p on p.id = s.person_id
     join tenancy.member m on lower(m.email) = p.email
     where s.id = $1 and s.revoked_at is null and s.expires_at > $2`,
    [sessionId, now],
  )
  if (elsewhere === null) return here
  const [session] = await tx.rows<{ personId: string; email: string; tenantId: string }>(
    `select p.id as "personId", p.email, s.working_tenant_id as "tenantId"
     from tenancy.session s join tenancy.person p on p.id = s.person_id
     where s.id = $1 and s.revoked_at is null and s.expires_at > $2`,
    [sessionId, now],
  )
  if (session === undefined) return []
  const there = await elsewhere(session.email)
  if (there.isUnknown(session.tenantId)) throw unknownNow()
  const { personId } = session
  return [...here, ...there.found.map(({ tenantId, role }) => ({ personId, tenantId, role }))]
}
