/** Staff act in a company's place, with a reason that its audit keeps. */
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { Problem, useAttempt } from './attempt.tsx'
import { Choice } from './choice.tsx'
import { TENANTS } from './documents.ts'
import { ask, refusalIn } from './graph.ts'
import { MEMBER_ROLES } from './roles.ts'
import type { Session } from './session.ts'
import { startImpersonation } from './session-operations.ts'

type ImpersonationProps = {
  readonly session: Session
  readonly enter: (session: Session) => void
}

type Tenant = { readonly id: string; readonly name: string }

/** Characters, as the graph asks for. */
const SHORTEST_REASON = 10
const LONGEST_REASON = 500

const readTenants = async (token: string): Promise<readonly Tenant[]> => {
  const answer = await ask(token, TENANTS)
  // The query above, answered by the schema it was checked against.
  const tenants = answer.data?.['tenants'] as
    | { readonly edges: readonly { readonly node: Tenant }[] }
    | null
    | undefined
  if (tenants === null || tenants === undefined) throw refusalIn(answer)
  return tenants.edges.map(({ node }) => node)
}

export const Impersonation = ({ session, enter }: ImpersonationProps): ReactNode => {
  const [tenants, setTenants] = useState<readonly Tenant[]>([])
  const [chosen, setChosen] = useState<string | null>(null)
  const [role, setRole] = useState<string>('VIEWER')
  const [reason, setReason] = useState('')
  const [readOnly, setReadOnly] = useState(true)
  const attempt = useAttempt()
  const { run } = attempt
  useEffect(() => {
    run(async () => setTenants(await readTenants(session.accessToken)))
    // Once for each session.
  }, [session.accessToken])
  const tenantId = chosen ?? tenants[0]?.id ?? null
  const start = (): void =>
    run(async () => {
      if (tenantId === null) return
      const input = { tenantId, role, reason, readOnly }
      const given = await startImpersonation(session.accessToken, input)
      enter({ ...given, kind: 'impersonation', before: session })
    })
  return (
    <section>
      <h3>
        In a company’s place <span className="tag">30 minutes</span>
      </h3>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          start()
        }}
      >
        <div className="line">
          <Choice
            label="Company"
            value={tenantId}
            options={tenants.map(({ id, name }) => ({ value: id, text: name }))}
            choose={setChosen}
          />
          <Choice
            label="Role"
            value={role}
            options={MEMBER_ROLES.map((one) => ({ value: one, text: one }))}
            choose={setRole}
          />
        </div>
        <div className="line">
          <label>
            <span>Reason, which the company reads in its audit</span>
            <input
              required
              minLength={SHORTEST_REASON}
              maxLength={LONGEST_REASON}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </label>
        </div>
        <div className="line">
          <label className="check">
            <input
              type="checkbox"
              checked={readOnly}
              onChange={(event) => setReadOnly(event.target.checked)}
            />
            <span>Only look, change nothing</span>
          </label>
          <button type="submit" disabled={attempt.busy || tenantId === null || reason.trim() === ''}>
            Start
          </button>
        </div>
      </form>
      <Problem of={attempt} />
    </section>
  )
}
