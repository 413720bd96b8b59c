/** An owner or admin sees the graph as a colleague does, for a while. */
import type { ReactNode } from 'react'
import { askForToken } from './abilities.ts'
import type { Shape } from './abilities.ts'
import { Problem, useAttempt } from './attempt.tsx'
import { TENANT_ROLES } from './roles.ts'
import type { Session } from './session.ts'

type RoleChoiceProps = {
  readonly shape: Shape
  readonly session: Session
  readonly enter: (session: Session) => void
}

export const RoleChoice = ({ shape, session, enter }: RoleChoiceProps): ReactNode => {
  const attempt = useAttempt()
  const become = (role: string): void =>
    attempt.run(async () => {
      const given = await askForToken(shape, session.accessToken, 'openSandboxSession', { role })
      enter({ ...given, kind: 'borrowed', before: session })
    })
  return (
    <section>
      <h3>Try as a role of your company</h3>
      <div className="choices" role="group" aria-label="Try as">
        {TENANT_ROLES.map((role) => (
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
