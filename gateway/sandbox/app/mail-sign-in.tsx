/** A link by mail. It opens `/sign-in`, which leaves a cookie; coming back here, the page finds it. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import { carryOut } from './abilities.ts'
import type { Shape } from './abilities.ts'
import { Problem, useAttempt } from './attempt.tsx'

export const MailSignIn = ({ shape }: { readonly shape: Shape }): ReactNode => {
  const [email, setEmail] = useState('')
  const [sentTo, setSentTo] = useState<string | null>(null)
  const attempt = useAttempt()
  return (
    <section>
      <h3>With a link by e-mail</h3>
      <form
        className="line"
        onSubmit={(event) => {
          event.preventDefault()
          attempt.run(async () => {
            await carryOut(shape, null, 'requestMagicLink', { email })
            setSentTo(email)
          })
        }}
      >
        <label>
          <span>E-mail address</span>
          <input
            type="email"
            required
            autoComplete="email"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </label>
        <button type="submit" disabled={attempt.busy || email === ''}>
          Send the link
        </button>
      </form>
      <Problem of={attempt} />
      {sentTo === null ? null : (
        <p className="hint" role="status">
          If {sentTo} belongs to somebody here, a link is on its way. Open it in this browser, then reload
          this page.
        </p>
      )}
    </section>
  )
}
