/** An owner or admin sees the graph as a colleague does, for a while. */
import type { ReactNode } from 'react'
import { Problem, useAttempt } from './attempt.tsx'
import type { Session } from './session.ts'
import { openSandboxSession } from './session-operations.ts'

type RoleChoiceProps = {
  readonly roles: readonly string[]
  readonly session: Session
  readonly enter: (session: Session) => void
}

export const RoleChoice = ({ roles, session, enter }: RoleChoiceProps): ReactNode => {
  const attempt = useAttempt()
  const become = (role: string): void =>
    attempt.run(async () => {
      const given = await openSandboxSession(session.accessToken, role)
      enter({ ...given, kind: 'role', before: session })
    })
  return (
    <section>
      <h3>
        Try as a role of your company <span className="tag">15 minutes</span>
      </h3>
      <div className="choices" role="group" aria-label="Try as">
        {roles.map((role) => (
          <button key={role} type="button" disabled={attempt.busy} onClick={() => become(role)}>
            {role}
          </button>
        ))}
      </div>
      <Problem of={attempt} />
      <p className="hint">Your audit says that you did. “Go back” brings your own session back.</p>
    </section>
  )
}
