/** The ways to be somebody. What the graph does not offer is not shown. */
import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { can } from './abilities.ts'
import type { Shape } from './abilities.ts'
import type { Identity } from './identity.ts'
import { sessionOf } from './session.ts'
import type { Session } from './session.ts'
import type { Settings } from './settings.ts'
import { DevelopmentSignIn } from './development-sign-in.tsx'
import { Impersonation } from './impersonation.tsx'
import { MailSignIn } from './mail-sign-in.tsx'
import { RoleChoice } from './role-choice.tsx'

type SignInDialogProps = {
  readonly settings: Settings
  readonly shape: Shape
  readonly identity: Identity
  readonly close: () => void
}

export const SignInDialog = ({ settings, shape, identity, close }: SignInDialogProps): ReactNode => {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  const enter = (session: Session): void => {
    identity.enter(session)
    close()
  }
  const { session, viewer } = identity
  const roles = new Set(viewer?.roles)
  const isManager = roles.has('OWNER') || roles.has('ADMIN')
  return (
    <dialog ref={dialog} className="sign-in" aria-labelledby="sign-in-title" onClose={close}>
      <div className="title">
        <h2 id="sign-in-title">{session === null ? 'Sign in' : 'Be somebody else'}</h2>
        <button type="button" className="close" aria-label="Close" onClick={() => dialog.current?.close()}>
          ×
        </button>
      </div>
      {settings.developmentSignIn ? <DevelopmentSignIn enter={enter} /> : null}
      {session !== null && isManager && can(shape, 'openSandboxSession') ? (
        <RoleChoice shape={shape} session={session} enter={enter} />
      ) : null}
      {session !== null && roles.has('STAFF') && can(shape, 'startImpersonation') ? (
        <Impersonation shape={shape} session={session} enter={enter} />
      ) : null}
      {session === null && can(shape, 'requestMagicLink') ? <MailSignIn shape={shape} /> : null}
      <PastedToken enter={enter} />
    </dialog>
  )
}

const PastedToken = ({ enter }: { readonly enter: (session: Session) => void }): ReactNode => {
  const [text, setText] = useState('')
  const bare = text.trim().replace(/^bearer\s+/i, '')
  return (
    <section>
      <h3>With a token or an API key</h3>
      <form
        className="line"
        onSubmit={(event) => {
          event.preventDefault()
          if (bare !== '') enter(sessionOf(bare))
        }}
      >
        <label>
          <span>Token or key</span>
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
      <p className="hint">It stays in this tab, and is forgotten when the tab is closed.</p>
    </section>
  )
}
