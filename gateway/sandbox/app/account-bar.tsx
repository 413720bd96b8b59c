/** The bar above the editor: who is asking, in which company, for how much longer, and the ways to be somebody else. */
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { Identity } from './identity.ts'
import { secondsLeft } from './session.ts'
import type { Session } from './session.ts'
import type { Settings } from './settings.ts'
import { SignInDialog } from './sign-in-dialog.tsx'
import type { Viewer } from './viewer.ts'

type AccountBarProps = { readonly settings: Settings; readonly identity: Identity }

export const AccountBar = ({ settings, identity }: AccountBarProps): ReactNode => {
  const [open, setOpen] = useState(false)
  const { session, viewer, problem, leave } = identity
  const isSignedIn = session !== null
  // Somebody may sign in elsewhere while the dialog is open.
  useEffect(() => {
    if (isSignedIn) setOpen(false)
  }, [isSignedIn])
  return (
    <>
      <header className="bar">
        <h1 className="brand">
          <svg viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="8" />
            <path d="M18 4 8 18h7l-2 10 11-15h-7z" />
          </svg>
          <span>
            StormOps <b>Sandbox</b>
          </span>
        </h1>
        <div className="who" aria-live="polite">
          {session === null ? <span className="quiet">Not signed in</span> : null}
          {viewer === null ? null : <Who viewer={viewer} />}
          {problem === null ? null : <span className="problem">{problem}</span>}
        </div>
        {session === null ? null : <TimeLeft session={session} />}
        <div className="actions">
          <button type="button" className={session === null ? 'strong' : ''} onClick={() => setOpen(true)}>
            {session === null ? 'Sign in' : 'Switch'}
          </button>
          {session === null ? null : (
            <button type="button" onClick={leave}>
              {'before' in session ? 'Go back' : 'Sign out'}
            </button>
          )}
        </div>
      </header>
      {open ? <SignInDialog settings={settings} identity={identity} close={() => setOpen(false)} /> : null}
    </>
  )
}

const Who = ({ viewer }: { readonly viewer: Viewer }): ReactNode => (
  <>
    <span className="company">{viewer.tenant?.name ?? 'The platform'}</span>
    {viewer.roles.map((role) => (
      <span key={role} className={role === 'STAFF' ? 'role staff' : 'role'}>
        {role}
      </span>
    ))}
    <span className="actor">{viewer.actor.id}</span>
  </>
)

/** Seconds from which on the time left is shown as a warning. */
const SOON = 120

const TimeLeft = ({ session }: { readonly session: Session }): ReactNode => {
  const left = secondsLeft(session, useNow())
  if (left === null) return null
  if (left === 0) return <span className="time over">Token expired</span>
  return (
    <span
      className={left < SOON ? 'time soon' : 'time'}
      role="timer"
      title={`Until ${session.expiresAt ?? ''}`}
    >
      <span className="label">Token expires in </span>
      {clockFace(left)}
    </span>
  )
}

const useNow = (): number => {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

const clockFace = (seconds: number): string => {
  const hours = Math.floor(seconds / 3_600)
  const minutes = Math.floor((seconds % 3_600) / 60)
  const rest = String(seconds % 60).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}
