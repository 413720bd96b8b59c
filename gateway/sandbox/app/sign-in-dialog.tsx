/** The ways to be somebody. What whoever asks may not do is not shown. */
import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { Identity } from './identity.ts'
import { sessionOf } from './session.ts'
import type { Session } from './session.ts'
import type { Settings } from './settings.ts'
import { DevelopmentSignIn } from './development-sign-in.tsx'
import { Impersonation } from './impersonation.tsx'
import { MailSignIn } from './mail-sign-in.tsx'
import { RoleChoice } from './role-choice.tsx'
import { ROLES_TO_TRY } from './roles.ts'

type SignInDialogProps = {
  readonly settings: Settings
  readonly identity: Identity
  readonly close: () => void
}

export const SignInDialog = ({ settings, identity, close }: SignInDialogProps): ReactNode => {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  const enter = (session: Session): void => {
    identity.enter(session)
    close()
  }
  const { session, viewer } = identity
  // Staff in a company's place, and a role that is being tried, are not those who hold it.
  const roles = session === null || 'before' in session ? [] : (viewer?.roles ?? [])
  const toTry = viewer?.actor.kind === 'USER' ? roles.flatMap((role) => ROLES_TO_TRY[role] ?? []) : []
  return (
    <dialog ref={dialog} className="sign-in" aria-labelledby="sign-in-title" onClose={close}>
      <div className="title">
        <h2 id="sign-in-title">{session === null ? 'Sign in' : 'Be somebody else'}</h2>
        <button type="button" className="close" aria-label="Close" onClick={() => dialog.current?.close()}>
          ×
        </button>
      </div>
      {settings.developmentSignIn ? <DevelopmentSignIn enter={enter} /> : null}
      {session !== null && toTry.length > 0 ? (
        <RoleChoice roles={toTry} session={session} enter={enter} />
      ) : null}
      {session !== null && roles.includes('STAFF') ? <Impersonation session={session} enter={enter} /> : null}
      {session === null ? <MailSignIn /> : null}
      <PastedToken enter={enter} />
    </dialog>
  )
}

const PastedToken = ({ enter }: { readonly enter: (session: Session) => void }): ReactNode => {
  const [text, setText] = useState('')
  const bare = text.trim().replace(/^bearer\s+/i, '')
  return (
    <section>
      <h3>With a token</h3>
      <form
        className="line"
        onSubmit={(event) => {
          event.preventDefault()
          if (bare !== '') enter(sessionOf(bare))
        }}
      >
        <label>
          <span>Token</span>
          <input
            type="password"
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <button type="submit" disabled={bare === ''}>
          Use it
        </button>
      </form>
      <p className="hint">
        It stays in this tab and is forgotten with it. API keys ask published operations only, so none works
        here.
      </p>
    </section>
  )
}
