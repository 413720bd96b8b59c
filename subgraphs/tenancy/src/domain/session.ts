/**
 * A session is a browser or program in which a person is signed in. It goes on by refresh tokens, each of which is used
 * once: what presents an older one is not the one that was given the newer, so nobody is believed any more and the
 * session ends. For a few seconds the one before is still good, since an answer can be lost on its way and two tabs can
 * ask at once; it gives the newer one again, and no third.
 */
import type { MemberRole } from './member.ts'

export type Session = {
  readonly id: string
  readonly personId: string
  /** The company worked for now, and what the person was in it when the session came there. */
  readonly tenantId: string
  readonly memberId: string
  readonly role: MemberRole
  /** Counts the refresh tokens; the current one is the only one that can be exchanged. */
  readonly generation: number
  readonly rotatedAt: Date
  readonly createdAt: Date
  readonly lastUsedAt: Date
  readonly expiresAt: Date
  readonly revokedAt: Date | null
  readonly userAgent: string | null
}

/** A company a person is a member of. */
export type Membership = {
  readonly tenantId: string
  readonly memberId: string
  readonly role: MemberRole
  readonly slug: string
  readonly name: string
  readonly status: 'ACTIVE' | 'SUSPENDED'
}

/** Short enough that a role taken away is soon gone even where nobody asks about the session. */
export const ACCESS_TOKEN_SECONDS = 15 * 60
/** An answer that was lost is asked for again within seconds; a thief comes later. */
export const REFRESH_LEEWAY_SECONDS = 10
export const IDLE_DAYS = 30
export const LONGEST_DAYS = 90
/** More than anybody's machines; the one unused longest makes room. */
export const MOST_SESSIONS = 20
const USER_AGENT_LENGTH = 200

const DAY_MS = 86_400_000

/** When a session ends that is used now: idle for thirty days, and ninety after it began in any case. */
export const sessionExpiry = (createdAt: Date, now: Date): Date =>
  new Date(Math.min(now.getTime() + IDLE_DAYS * DAY_MS, createdAt.getTime() + LONGEST_DAYS * DAY_MS))

/** As it is kept: cut, without what is no text. */
export const keptUserAgent = (text: string | null): string | null =>
  text === null || text === '' ? null : text.replaceAll(/\p{Cc}/gu, '').slice(0, USER_AGENT_LENGTH)

export type RefreshDecision =
  | { readonly kind: 'rotate' }
  /** The same current token again. */
  | { readonly kind: 'repeat' }
  /** Somebody holds a token that was exchanged already. */
  | { readonly kind: 'reused' }
  | { readonly kind: 'ended' }

export const isLive = ({ revokedAt, expiresAt }: Session, now: Date): boolean =>
  revokedAt === null && expiresAt > now

/** What to do with a token of this generation, which the platform did write. */
export const decideRefresh = (session: Session, presented: number, now: Date): RefreshDecision => {
  if (!isLive(session, now)) return { kind: 'ended' }
  if (presented === session.generation) return { kind: 'rotate' }
  // A database that was put back to an earlier day knows fewer tokens than were given.
  if (presented > session.generation) return { kind: 'ended' }
  const sinceRotation = now.getTime() - session.rotatedAt.getTime()
  return presented === session.generation - 1 && sinceRotation <= REFRESH_LEEWAY_SECONDS * 1000
    ? { kind: 'repeat' }
    : { kind: 'reused' }
}
