/** What whoever asks must know beside their name: that nobody is signed in, whose place they act in, what is hidden. */
import type { ReactNode } from 'react'
import type { Identity } from './identity.ts'
import type { Shape } from './schema.ts'

type NoticeProps = { readonly identity: Identity; readonly shape: Shape }

export const Notice = ({ identity: { session, viewer }, shape }: NoticeProps): ReactNode => (
  <>
    {session === null ? (
      <p className="notice">
        <b>Sign in</b> to ask the graph. Its documentation and suggestions come with it.
      </p>
    ) : null}
    {session?.kind === 'impersonation' ? (
      <p className="notice place">
        You act in <b>{viewer?.tenant?.name ?? 'a company'}</b>’s place
        {session.impersonation.readOnly ? (
          <>
            , <b>read-only</b>
          </>
        ) : null}
        . Its audit says why: “{session.impersonation.reason}”
      </p>
    ) : null}
    {session?.kind === 'role' ? (
      <p className="notice">You see what this role sees. It is still you, as your audit says.</p>
    ) : null}
    {shape.kind === 'hidden' ? (
      <p className="notice" role="status">
        <b>No documentation here:</b> {shape.why} What your role may ask works all the same.
      </p>
    ) : null}
  </>
)
