import type { IdentityTx } from '@stormops/chassis/database/transaction'
import { Fault } from '@stormops/chassis/fault'
import type { Membership } from '../domain/session.ts'

export type SignInRequest = { readonly id: string; readonly email: string }
export type Person = { readonly id: string; readonly email: string }

export type PersonStore = {
  /** Waits for whoever asks for the same address now, so that requests are counted one after the other. */
  readonly lockAddress: (hash: Buffer) => Promise<void>
  readonly countRequests: (hash: Buffer, since: Date) => Promise<number>
  readonly insertRequest: (request: SignInRequest & { hash: Buffer; createdAt: Date }) => Promise<void>
  /** Null for one whose address is forgotten already. */
  readonly maybeRequest: (id: string) => Promise<SignInRequest | null>
  readonly forgetAddress: (id: string) => Promise<void>
  /** The person of an address that is a member anywhere, as one of the platform from now on; null for nobody. */
  readonly personOfMember: (email: string) => Promise<Person | null>
  readonly insertLink: (link: {
    id: string
    hash: Buffer
    personId: string
    createdAt: Date
    expiresAt: Date
  }) => Promise<void>
  /** Whose link it is that can still be used, which nobody else can until the transaction ends; or null. */
  readonly holdLink: (hash: Buffer, now: Date) => Promise<string | null>
  readonly redeemLink: (hash: Buffer, now: Date) => Promise<void>
  /**
   * Every company of a person, the first joined first. Throws UNAVAILABLE when nobody can tell now whether `needed` is
   * one of them.
   */
  readonly memberships: (personId: string, needed?: string) => Promise<readonly Membership[]>
  /** Takes away requests and links that ended before then. */
  readonly sweep: (before: Date) => Promise<void>
}

export type DatedMembership = Membership & { readonly joinedAt: Date }

/** Companies of an address that live in other cells, which have no persons: only members. */
export type MembershipsElsewhere = (email: string) => Promise<{
  readonly found: readonly DatedMembership[]
  /** Whether the company lives in a cell that cannot be asked now. */
  readonly isUnknown: (tenantId: string) => boolean
}>

const MEMBERSHIP = `m.tenant_id as "tenantId", m.id as "memberId", m.role, t.slug, t.name, t.status,
       m.created_at as "joinedAt"`

/** Those in the transaction's own cell. */
export const membershipsOfEmail = (tx: IdentityTx, email: string): Promise<readonly DatedMembership[]> =>
  tx.rows<DatedMembership>(
    `select ${MEMBERSHIP} from tenancy.member m join tenancy.tenant t on t.id = m.tenant_id
     where lower(m.email) = lower($1)`,
    [email],
  )

export const unknownNow = (): Fault =>
  new Fault('UNAVAILABLE', 'Your company cannot be reached now. Try again in a minute.', {
    facts: { retryAfterSeconds: 5 },
  })

const firstJoined = (one: DatedMembership, other: DatedMembership): number =>
  one.joinedAt.getTime() - other.joinedAt.getTime() || (one.memberId < other.memberId ? -1 : 1)

/** `elsewhere` null where every company lives here. */
export const personStore = (tx: IdentityTx, elsewhere: MembershipsElsewhere | null = null): PersonStore => ({
  lockAddress: async (hash) => {
    await tx.rows(`select pg_advisory_xact_lock($1::bigint)`, [hash.readBigInt64BE().toString()])
  },
  countRequests: async (hash, since) => {
    const [row] = await tx.rows<{ requests: number }>(
      `select count(*)::int as requests from tenancy.sign_in_request where address_hash = $1 and created_at > $2`,
      [hash, since],
    )
    return row?.requests ?? 0
  },
  insertRequest: async ({ id, hash, email, createdAt }) => {
    await tx.change(
      `insert into tenancy.sign_in_request (id, address_hash, email, created_at) values ($1, $2, $3, $4)`,
      [id, hash, email, createdAt],
    )
  },
  maybeRequest: async (id) => {
    const [request] = await tx.rows<SignInRequest>(
      `select id, email from tenancy.sign_in_request where id = $1 and email is not null`,
      [id],
    )
    return request ?? null
  },
  forgetAddress: async (id) => {
    await tx.change(`update tenancy.sign_in_request set email = null where id = $1`, [id])
  },
  personOfMember: async (email) => {
    const isElsewhere = elsewhere !== null && (await elsewhere(email)).found.length > 0
    await tx.change(
      `insert into tenancy.person (email)
       select lower($1) where $2 or exists (select from tenancy.member where lower(email) = lower($1))
       on conflict (email) do nothing`,
      [email, isElsewhere],
    )
    const [person] = await tx.rows<Person>(
      `select id, email from tenancy.person p
       where email = lower($1) and ($2 or exists (select from tenancy.member m where lower(m.email) = p.email))`,
      [email, isElsewhere],
    )
    return person ?? null
  },
  insertLink: async ({ id, hash, personId, createdAt, expiresAt }) => {
    await tx.change(
      `insert into tenancy.sign_in_link (id, token_hash, person_id, created_at, expires_at)
       values ($1, $2, $3, $4, $5)`,
      [id, hash, personId, createdAt, expiresAt],
    )
  },
  holdLink: async (hash, now) => {
    const [link] = await tx.rows<{ personId: string }>(
      `select person_id as "personId" from tenancy.sign_in_link
       where token_hash = $1 and redeemed_at is null and expires_at > $2 for update`,
      [hash, now],
    )
    return link?.personId ?? null
  },
  redeemLink: async (hash, now) => {
    await tx.change(`update tenancy.sign_in_link set redeemed_at = $2 where token_hash = $1`, [hash, now])
  },
  memberships: async (personId, needed) => {
    const here = await tx.rows<DatedMembership>(
      `select ${MEMBERSHIP}
       from tenancy.person p
       join tenancy.member m on lower(m.email) = p.email
       join tenancy.tenant t on t.id = m.tenant_id
       where p.id = $1 order by m.created_at, m.id`,
      [personId],
    )
    if (elsewhere === null) return here.map(undated)
    const there = await elsewhere(await emailOf(tx, personId))
    if (needed !== undefined && there.isUnknown(needed)) throw unknownNow()
    const all = new Map([...here, ...there.found].map((one) => [one.memberId, one]))
    return [...all.values()].toSorted(firstJoined).map(undated)
  },
  sweep: async (before) => {
    await tx.change(`delete from tenancy.sign_in_request where created_at < $1`, [before])
    await tx.change(`delete from tenancy.sign_in_link where expires_at < $1`, [before])
    await tx.change(`delete from tenancy.session where expires_at < $1`, [before])
  },
})

const undated = ({ joinedAt: _joinedAt, ...membership }: DatedMembership): Membership => membership

export const emailOf = async (tx: IdentityTx, personId: string): Promise<string> => {
  const [person] = await tx.rows<{ email: string }>(`select email from tenancy.person where id = $1`, [
    personId,
  ])
  return person?.email ?? ''
}
