/** Ends a session: one's own at its end, or another of one's own from wherever one is. */
import type { PersonWork } from '../context.ts'
import { isLive } from '../domain/session.ts'
import { writeSessionAudit } from './person-actor.ts'

/** When it ended; null when there was nothing to end. */
export const signOut = async (work: PersonWork, sessionId: string | null): Promise<Date | null> => {
  if (sessionId === null) return null
  const now = work.clock.now()
  const session = await work.sessions.maybe(sessionId)
  if (session === null || !(await work.sessions.revoke(sessionId, now))) return null
  await writeSessionAudit(work, 'signOut', session)
  return now
}

export type RevokeSessionResult = { readonly kind: 'ok' } | { readonly kind: 'not-found' }

export const revokeSession = async (
  work: PersonWork,
  { personId, sessionId }: { readonly personId: string | null; readonly sessionId: string },
): Promise<RevokeSessionResult> => {
  const now = work.clock.now()
  const session = await work.sessions.maybe(sessionId)
  if (session === null || session.personId !== personId || !isLive(session, now)) {
    return { kind: 'not-found' }
  }
  if (await work.sessions.revoke(sessionId, now)) await writeSessionAudit(work, 'revokeSession', session)
  return { kind: 'ok' }
}
