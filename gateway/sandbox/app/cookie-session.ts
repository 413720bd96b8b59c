/** Somebody who signed in by mail has a cookie: it opens a session on arrival, and renews it before it ends. */
import { useCallback, useEffect } from 'react'
import { GraphRefusal } from './graph.ts'
import { forgetSignIn, isSignInRemembered, onSignInElsewhere, rememberSignIn } from './remembered-sign-in.ts'
import { keptSession, secondsLeft } from './session.ts'
import type { Session } from './session.ts'
import { refreshSession } from './session-operations.ts'

/** Seconds before its end at which a session is renewed. */
const RENEWED_BEFORE = 60

type CookieSessionOptions = {
  readonly session: Session | null
  /** The same person goes on. */
  readonly renew: (session: Session) => void
  readonly become: (session: Session | null, why?: string) => void
  readonly fail: (error: unknown) => void
}

export const useCookieSession = ({ session, renew, become, fail }: CookieSessionOptions): void => {
  const refresh = useCallback(async (): Promise<void> => {
    try {
      const given = await refreshSession()
      // Meanwhile somebody may have become somebody else.
      if (!isByCookie(keptSession())) return
      rememberSignIn()
      renew({ ...given, kind: 'cookie' })
    } catch (error) {
      if (!(error instanceof GraphRefusal) || error.code !== 'UNAUTHENTICATED') {
        fail(error)
        return
      }
      forgetSignIn()
      if (keptSession()?.kind === 'cookie') become(null, 'Your session has ended.')
    }
  }, [renew, become, fail])

  useEffect(() => {
    if (keptSession() === null && isSignInRemembered()) void refresh()
    return onSignInElsewhere((signedIn) => {
      const kept = keptSession()
      if (signedIn && kept === null) void refresh()
      if (!signedIn && kept?.kind === 'cookie') become(null)
    })
  }, [refresh, become])

  useEffect(() => {
    if (session?.kind !== 'cookie') return undefined
    const left = secondsLeft(session, Date.now()) ?? 0
    const timer = setTimeout(() => void refresh(), Math.max(0, left - RENEWED_BEFORE) * 1_000)
    return () => clearTimeout(timer)
  }, [session, refresh])
}

const isByCookie = (session: Session | null): boolean => session === null || session.kind === 'cookie'
