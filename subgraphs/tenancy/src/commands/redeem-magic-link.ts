/** Signs a person in, once for each link. */
import type { PersonWork } from '../context.ts'
import { keptUserAgent, MOST_SESSIONS, sessionExpiry } from '../domain/session.ts'
import type { Membership, Session } from '../domain/session.ts'
import { linkTokenHash } from '../domain/sign-in-link.ts'
import { writeSessionAudit } from './person-actor.ts'
import type { SignedIn } from './person-actor.ts'

export type RedeemMagicLink = {
  readonly token: string
  /** Null for the company worked for last, or the first. */
  readonly tenantId: string | null
  readonly userAgent: string | null
}

export type RedeemMagicLinkResult =
  | { readonly kind: 'ok'; readonly signedIn: SignedIn }
  | { readonly kind: 'link-invalid' }
  /** The link stays good. */
  | { readonly kind: 'not-found' }

export const redeemMagicLink = async (
  work: PersonWork,
  { token, tenantId, userAgent }: RedeemMagicLink,
): Promise<RedeemMagicLinkResult> => {
  const { persons, sessions, clock, newId } = work
  const now = clock.now()
  const hash = linkTokenHash(token)
  const personId = await persons.holdLink(hash, now)
  if (personId === null) return { kind: 'link-invalid' }
  const memberships = await persons.memberships(personId, tenantId ?? undefined)
  const [first] = memberships
  if (first === undefined) return { kind: 'link-invalid' }
  const current = await chosen(work, memberships, first, personId, tenantId)
  if (current === null) return { kind: 'not-found' }
  await persons.redeemLink(hash, now)
  await makeRoom(work, personId, now)
  const session: Session = {
    id: newId(),
    personId,
    tenantId: current.tenantId,
    memberId: current.memberId,
    role: current.role,
    generation: 0,
    rotatedAt: now,
    createdAt: now,
    lastUsedAt: now,
    expiresAt: sessionExpiry(now, now),
    revokedAt: null,
    userAgent: keptUserAgent(userAgent),
  }
  await sessions.insert(session)
  await writeSessionAudit(work, 'signIn', session)
  return { kind: 'ok', signedIn: { session, current, memberships } }
}

const chosen = async (
  { sessions }: PersonWork,
  memberships: readonly Membership[],
  first: Membership,
  personId: string,
  tenantId: string | null,
): Promise<Membership | null> => {
  if (tenantId !== null) return memberships.find((one) => one.tenantId === tenantId) ?? null
  const last = await sessions.lastTenantOf(personId)
  return memberships.find((one) => one.tenantId === last) ?? first
}

/** Ends what was unused longest where a person has as many sessions as may be. */
const makeRoom = async ({ sessions }: PersonWork, personId: string, now: Date): Promise<void> => {
  const live = await sessions.liveOf(personId, now)
  for (const { id } of live.slice(MOST_SESSIONS - 1)) await sessions.revoke(id, now)
}
