/**
 * A question that the platform asks itself every minute, such as whether jobs fail too often. Whoever owns the figures
 * brings the probe; operations asks them all, and opens and closes the platform's alerts by the answers.
 */

/** INFO is a hint, such as to scale; WARNING is for the next working day; CRITICAL is for now. */
export type ProbeSeverity = 'INFO' | 'WARNING' | 'CRITICAL'

export type ProbeReading = {
  /** In the unit that `summary` names; null while there is nothing to measure, which breaches nothing. */
  readonly value: number | null
  readonly threshold: number
  readonly isBreached: boolean
  /** A sentence with the figures, for whoever is woken. */
  readonly detail: string
}

export type PlatformProbe = {
  /** Names the alert for good, in kebab-case: `job-failure-rate`. */
  readonly key: string
  readonly severity: ProbeSeverity
  /** What is measured, and in which unit. */
  readonly summary: string
  /** The heading in docs/operate.md that says what to do, as its anchor: `webhook-failures`. */
  readonly runbook: string
  readonly measure: () => Promise<ProbeReading>
}
