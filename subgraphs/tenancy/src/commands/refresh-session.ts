/** Exchanges a refresh token for the next one, once, or finds out that somebody else has it too. */
import { Fault, unreachable } from '@stormops/chassis/fault'
import { scopesOf } from '@stormops/chassis/permission'
import type { PersonWork } from '../context.ts'
import type { RefreshToken } from '../domain/refresh-token.ts'
import { decideRefresh, sessionExpiry } from '../domain/session.ts'
import type { Membership, Session } from '../domain/session.ts'
import { writeSessionAudit } from './person-actor.ts'
import type { SignedIn } from './person-actor.ts'

export type RefreshSessionResult =
  | { readonly kind: 'ok'; readonly signedIn: SignedIn }
  /** Nobody is told why. */
  | { readonly kind: 'refused' }

const REFUSED: RefreshSessionResult = { kind: 'refused' }

/** Of requests at once with one token, one exchanges it and each other one finds it exchanged a moment ago. */
const MOST_TURNS = 3

/** `token` was written by the platform. What it ends stays ended: the transaction commits whatever is answered. */
export const refreshSession = async (
  work: PersonWork,
  token: RefreshToken,
): Promise<RefreshSessionResult> => {
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const result = await attempt(work, token)
    if (result !== null) return result
  }
  throw new Fault('UNAVAILABLE', 'The session is being used elsewhere. Try again in a moment.')
}

/** Null when somebody else was faster. */
const attempt = async (work: PersonWork, token: RefreshToken): Promise<RefreshSessionResult | null> => {
  const { sessions, persons, clock } = work
  const now = clock.now()
  const session = await sessions.maybe(token.sessionId)
  if (session === null) return REFUSED
  const decision = decideRefresh(session, token.generation, now)
  switch (decision.kind) {
    case 'ended':
      return REFUSED
    case 'reused':
      return ended(work, session, 'refuseReusedToken', { presented: token.generation })
    case 'rotate':
    case 'repeat': {
      const memberships = await persons.memberships(session.personId, session.tenantId)
      const current = standingIn(session, memberships)
      if (current === null) return ended(work, session, 'endSession', { reason: 'membership changed' })
      if (decision.kind === 'repeat') return { kind: 'ok', signedIn: { session, current, memberships } }
      const expiresAt = sessionExpiry(session.createdAt, now)
      if (!(await sessions.rotate(session, current.role, now, expiresAt))) return null
      const rotated = { ...session, generation: session.generation + 1, expiresAt }
      return { kind: 'ok', signedIn: { session: rotated, current, memberships } }
    }
    default:
      return unreachable(decision)
  }
}

/** The membership the session came by, unless it was ended or may do less than it could then. */
const standingIn = (session: Session, memberships: readonly Membership[]): Membership | null => {
  const current = memberships.find(({ memberId }) => memberId === session.memberId)
  if (current === undefined) return null
  const granted = scopesOf(current.role)
  return [...scopesOf(session.role)].every((scope) => granted.has(scope)) ? current : null
}

const ended = async (
  work: PersonWork,
  session: Session,
  action: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<RefreshSessionResult> => {
  const wasLive = await work.sessions.revoke(session.id, work.clock.now())
  if (wasLive) await writeSessionAudit(work, action, session, detail)
  return REFUSED
}
