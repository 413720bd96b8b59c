/** Who is asking, kept in step: the session of this tab, what the graph says of it, and the ways to change it. */
import { useCallback, useEffect, useState } from 'react'
import { askForToken, can, carryOut } from './abilities.ts'
import type { Shape } from './abilities.ts'
import { keepSession, keptSession, secondsLeft } from './session.ts'
import type { Session } from './session.ts'
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

/** Seconds before its end at which a session that can be renewed is. */
const RENEWED_BEFORE = 60

export const useIdentity = (shape: Shape): Identity => {
  const [session, setSession] = useState<Session | null>(keptSession)
  const [viewer, setViewer] = useState<Viewer | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  const become = useCallback((next: Session | null): void => {
    keepSession(next)
    setProblem(null)
    setViewer(null)
    setSession(next)
  }, [])

  const token = session?.accessToken ?? null
  useEffect(() => {
    if (token === null) return undefined
    let current = true
    readViewer(token).then(
      (found) => current && setViewer(found),
      (error: unknown) => current && setProblem(error instanceof Error ? error.message : String(error)),
    )
    return () => {
      current = false
    }
  }, [token])

  useCookieSession(shape, session, become)

  const leave = useCallback((): void => {
    // The cookie goes too; when the graph cannot be reached, at least this tab forgets.
    if (session?.kind === 'cookie' && can(shape, 'signOut')) {
      carryOut(shape, session.accessToken, 'signOut', {}).catch((error: unknown) =>
        setProblem(error instanceof Error ? error.message : String(error)),
      )
    }
    become(session?.before ?? null)
  }, [session, shape, become])

  return { session, viewer, problem, enter: become, leave }
}

/** Somebody who signed in elsewhere has a cookie: it opens a session on arrival, and renews it before it ends. */
const useCookieSession = (
  shape: Shape,
  session: Session | null,
  become: (session: Session | null) => void,
): void => {
  const [tried, setTried] = useState(false)
  const canRefresh = can(shape, 'refreshSession')
  const kind = session?.kind ?? null

  const refresh = useCallback(async (): Promise<void> => {
    try {
      const given = await askForToken(shape, null, 'refreshSession', {})
      become({ ...given, kind: 'cookie', before: null })
    } catch {
      // Nobody is signed in by cookie, which is how most arrive: the bar offers the other ways.
    }
  }, [shape, become])

  useEffect(() => {
    if (!canRefresh || tried || kind !== null) return
    setTried(true)
    void refresh()
  }, [canRefresh, tried, kind, refresh])

  useEffect(() => {
    if (!canRefresh || session?.kind !== 'cookie') return undefined
    const left = secondsLeft(session, Date.now()) ?? 0
    const timer = setTimeout(() => void refresh(), Math.max(1, left - RENEWED_BEFORE) * 1_000)
    return () => clearTimeout(timer)
  }, [canRefresh, session, refresh])
}
