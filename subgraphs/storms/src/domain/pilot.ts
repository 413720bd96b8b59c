/**
 * A pilot is one measured run of a policy on a storm. Its design is fixed before any outcome is known, its window
 * collects outcomes, and its report, once computed, never changes.
 */
import type { PilotDesign } from './pilot-measurements.ts'
import type { PilotReport } from './pilot-report.ts'

export type PilotStatus = 'STARTING' | 'RUNNING' | 'MEASURING' | 'COMPLETED' | 'FAILED'

export type Pilot = {
  readonly id: string
  readonly kind: 'POLICY' | 'IMPORTED'
  readonly name: string
  readonly stormId: string | null
  readonly status: PilotStatus
  readonly design: PilotDesign
  readonly report: PilotReport | null
  readonly inputHash: string | null
  readonly pdfSha256: string | null
  readonly startedAt: Date
  readonly completedAt: Date | null
}

/** The steps of a run in their order; the first four open the window, the others close it. */
export const OPENING_STEPS = ['backup', 'apply-policy', 'baseline', 'execute'] as const
export const CLOSING_STEPS = ['measure', 'money', 'quality', 'report'] as const

export const stepsOf = (kind: Pilot['kind']): readonly string[] =>
  kind === 'POLICY' ? [...OPENING_STEPS, ...CLOSING_STEPS] : CLOSING_STEPS

/** Everything that happens to a pilot is recorded under this subject. */
export const pilotSubject = (pilotId: string): string => `pilot:${pilotId}`

/** Where a pilot's report lies among the tenant's files. */
export const reportPath = (pilotId: string): string => `pilots/${pilotId}/report.pdf`
