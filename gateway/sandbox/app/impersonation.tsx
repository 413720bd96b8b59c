/** Staff act in a company's place, with a reason that its audit keeps. */
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { askForToken } from './abilities.ts'
import type { Shape } from './abilities.ts'
import { Problem, useAttempt } from './attempt.tsx'
import { Choice } from './choice.tsx'
import { ask } from './graph.ts'
import { TENANT_ROLES } from './roles.ts'
import type { Session } from './session.ts'

type ImpersonationProps = {
  readonly shape: Shape
  readonly session: Session
  readonly enter: (session: Session) => void
}

type Tenant = { readonly id: string; readonly name: string }

const TENANTS = `query SandboxTenants { tenants(first: 100) { edges { node { id name } } } }`

const readTenants = async (token: string): Promise<readonly Tenant[]> => {
  const { data, errors } = await ask(token, TENANTS)
  // The query above, answered by the schema it was checked against.
  const tenants = data?.['tenants'] as
    | { readonly edges: readonly { readonly node: Tenant }[] }
    | null
    | undefined
  if (tenants === null || tenants === undefined)
    throw new Error(errors?.[0]?.message ?? 'There are no companies.')
  return tenants.edges.map(({ node }) => node)
}

export const Impersonation = ({ shape, session, enter }: ImpersonationProps): ReactNode => {
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
      const input = { tenantId, role, reason, readOnly }
      const given = await askForToken(shape, session.accessToken, 'startImpersonation', input)
      enter({ ...given, kind: 'borrowed', before: session })
    })
  return (
    <section>
      <h3>In a company’s place</h3>
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
            options={TENANT_ROLES.map((one) => ({ value: one, text: one }))}
            choose={setRole}
          />
        </div>
        <div className="line">
          <label>
            <span>Reason, which the company reads in its audit</span>
            <input required value={reason} onChange={(event) => setReason(event.target.value)} />
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
