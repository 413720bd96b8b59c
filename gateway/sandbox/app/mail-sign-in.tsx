/** A link by mail. It opens `/sign-in` in another tab, which leaves a cookie; this page sees that it did. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import { Problem, useAttempt } from './attempt.tsx'
import { requestMagicLink } from './session-operations.ts'

export const MailSignIn = (): ReactNode => {
  const [email, setEmail] = useState('')
  const [told, setTold] = useState<string | null>(null)
  const attempt = useAttempt()
  return (
    <section>
      <h3>With a link by e-mail</h3>
      <form
        className="line"
        onSubmit={(event) => {
          event.preventDefault()
          attempt.run(async () => setTold(await requestMagicLink(email)))
        }}
      >
        <label>
          <span>E-mail address</span>
          <input
            type="email"
            required
            maxLength={254}
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
      {told === null ? null : (
        <p className="hint" role="status">
          {told} Open it in this browser: this page goes on by itself.
        </p>
      )}
    </section>
  )
}
