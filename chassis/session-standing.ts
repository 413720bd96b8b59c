/**
 * A token is whole for minutes; the session behind it may be ended, and its person's role taken away, at any moment.
 * So the session is asked about too, at most once a second in each process.
 */
import { Fault } from './fault.ts'
import type { Actor, Verifier } from './identity.ts'
import type { Role } from './permission.ts'

/** Whose session it is, and what that person is in each company now, by the company's id. */
export type SessionStanding = { readonly personId: string; readonly roles: ReadonlyMap<string, Role> }

/** Null for a session that ended, or never was. */
export type FindStanding = (sessionId: string) => Promise<SessionStanding | null>

/** What was asked within it is believed: so long may an ended session still be answered. */
export const STANDING_SECONDS = 1

/** Sessions remembered at once; a busy process sees a few thousand people. */
const REMEMBERED_SESSIONS = 10_000

type Remembered = { readonly askedAt: number; readonly standing: Promise<SessionStanding | null> }

const holds = (actor: Actor, standing: SessionStanding | null): boolean =>
  standing !== null && actor.tenantId !== null && standing.roles.get(actor.tenantId) === actor.role

export type RememberedStandings = {
  readonly of: FindStanding
  /** The session ended: whoever brings its token next is looked up anew. */
  readonly forget: (sessionId: string) => void
  readonly forgetAll: () => void
}

export const rememberedStandings = (find: FindStanding): RememberedStandings => {
  const remembered = new Map<string, Remembered>()
  return {
    of: (sessionId) => {
      // The second is the process's own: a clock that stands still or is set back must not make it longer.
      const now = performance.now()
      const known = remembered.get(sessionId)
      if (known !== undefined && now - known.askedAt < STANDING_SECONDS * 1000) return known.standing
      if (remembered.size >= REMEMBERED_SESSIONS) remembered.clear()
      const standing = find(sessionId)
      remembered.set(sessionId, { askedAt: now, standing })
      // A question that failed is asked again by whoever comes next.
      standing.catch(() => remembered.delete(sessionId))
      return standing
    },
    forget: (sessionId) => void remembered.delete(sessionId),
    forgetAll: () => remembered.clear(),
  }
}

/** Refuses, beside what `verify` refuses, the token of a session that ended or of a role that its person lost. */
export const withStanding =
  (verify: Verifier, standingOf: FindStanding): Verifier =>
  async (bearer) => {
    const actor = await verify(bearer)
    if (actor.sessionId !== null && !holds(actor, await standingOf(actor.sessionId))) {
      throw new Fault('UNAUTHENTICATED', 'Your session has ended. Sign in again.')
    }
    return actor
  }
