/** Who is asking, kept in step: the session of this tab, what the graph says of it, and the ways to change it. */
import { useCallback, useEffect, useState } from 'react'
import { useCookieSession } from './cookie-session.ts'
import { forgetSignIn } from './remembered-sign-in.ts'
import { awaitsRenewal, keepSession, keptSession, secondsLeft } from './session.ts'
import type { Session } from './session.ts'
import { endImpersonation, signOut } from './session-operations.ts'
import { readViewer } from './viewer.ts'
import type { Viewer } from './viewer.ts'

export type Identity = {
  readonly session: Session | null
  /** Null while it is not known, and for nobody. */
  readonly viewer: Viewer | null
  readonly problem: string | null
  readonly enter: (session: Session) => void
  readonly leave: () => void
}

export const useIdentity = (): Identity => {
  const [session, setSession] = useState<Session | null>(keptSession)
  const [viewer, setViewer] = useState<Viewer | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  const renew = useCallback((next: Session): void => {
    keepSession(next)
    setSession(next)
  }, [])
  const become = useCallback((next: Session | null, why: string | null = null): void => {
    keepSession(next)
    setProblem(why)
    setViewer(null)
    setSession(next)
  }, [])
  const fail = useCallback((error: unknown): void => setProblem(wordsOf(error)), [])

  useEffect(() => {
    if (session === null || awaitsRenewal(session)) return undefined
    let current = true
    readViewer(session.accessToken).then(
      (found) => current && setViewer(found),
      (error: unknown) => current && fail(error),
    )
    return () => {
      current = false
    }
  }, [session, fail])

  useCookieSession({ session, renew, become, fail })

  const leave = useCallback((): void => {
    if (session === null) return
    become('before' in session ? session.before : null)
    // Whatever the graph says, this tab has forgotten the token.
    ended(session).catch(fail)
  }, [session, become, fail])

  const enter = useCallback((next: Session) => become(next), [become])
  return { session, viewer, problem, enter, leave }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** What there is to end of a session beside the tab's own memory of it. */
const ended = async (session: Session): Promise<void> => {
  if (session.kind === 'cookie') {
    forgetSignIn()
    await signOut()
  }
  if (session.kind === 'impersonation' && secondsLeft(session, Date.now()) !== 0) {
    await endImpersonation(session.accessToken, session.impersonation.id)
  }
}
