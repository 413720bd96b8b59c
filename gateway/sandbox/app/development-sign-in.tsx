/** One click to be anybody: served while somebody develops, and nowhere else. */
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { Problem, useAttempt } from './attempt.tsx'
import { Choice } from './choice.tsx'
import { MEMBER_ROLES } from './roles.ts'
import type { Session } from './session.ts'
import { developmentToken, readCompanies } from './settings.ts'
import type { Company } from './settings.ts'

export const DevelopmentSignIn = ({ enter }: { readonly enter: (session: Session) => void }): ReactNode => {
  const [companies, setCompanies] = useState<readonly Company[]>([])
  const [chosen, setChosen] = useState<string | null>(null)
  const attempt = useAttempt()
  const { run } = attempt
  useEffect(() => {
    run(async () => setCompanies(await readCompanies()))
    // Once, when the dialog opens.
  }, [])
  const slug = chosen ?? companies[0]?.slug ?? null
  const become = (tenant: string | null, role: string): void =>
    run(async () => enter({ ...(await developmentToken(tenant, role)), kind: 'given' }))
  return (
    <section>
      <h3>
        In development, as anybody <span className="tag">15 minutes</span>
      </h3>
      <div className="line">
        <Choice
          label="Company"
          value={slug}
          options={companies.map((company) => ({ value: company.slug, text: company.name }))}
          choose={setChosen}
        />
      </div>
      <div className="choices" role="group" aria-label="Sign in as">
        {MEMBER_ROLES.map((role) => (
          <button
            key={role}
            type="button"
            disabled={attempt.busy || slug === null}
            onClick={() => become(slug, role)}
          >
            {role}
          </button>
        ))}
        <button type="button" className="staff" disabled={attempt.busy} onClick={() => become(null, 'STAFF')}>
          STAFF
        </button>
      </div>
      <Problem of={attempt} />
      <p className="hint">The company’s audit says that you did. STAFF belongs to no company.</p>
    </section>
  )
}
