import type { IdentityTx } from '@stormops/chassis/database/database'
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
  /** Every company of a person, the first joined first. */
  readonly memberships: (personId: string) => Promise<readonly Membership[]>
  /** Takes away requests and links that ended before then. */
  readonly sweep: (before: Date) => Promise<void>
}

export const personStore = (tx: IdentityTx): PersonStore => ({
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
    await tx.change(
      `insert into tenancy.person (email)
       select lower($1) where exists (select from tenancy.member where lower(email) = lower($1))
       on conflict (email) do nothing`,
      [email],
    )
    const [person] = await tx.rows<Person>(
      `select id, email from tenancy.person p
       where email = lower($1) and exists (select from tenancy.member m where lower(m.email) = p.email)`,
      [email],
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
  memberships: (personId) =>
    tx.rows<Membership>(
      `select m.tenant_id as "tenantId", m.id as "memberId", m.role, t.slug, t.name, t.status
       from tenancy.person p
       join tenancy.member m on lower(m.email) = p.email
       join tenancy.tenant t on t.id = m.tenant_id
       where p.id = $1 order by m.created_at, m.id`,
      [personId],
    ),
  sweep: async (before) => {
    await tx.change(`delete from tenancy.sign_in_request where created_at < $1`, [before])
    await tx.change(`delete from tenancy.sign_in_link where expires_at < $1`, [before])
    await tx.change(`delete from tenancy.session where expires_at < $1`, [before])
  },
})
