/** What staff see of a company's inside. Each look is told to the company, at most once an hour for each who looks. */

export type TenantInternals = {
  readonly memberCount: number
  readonly apiKeyCount: number
  readonly adminEmails: readonly string[]
  readonly auditLength: number
}

const HOUR_MS = 3_600_000

/** A line that was written later than this still tells of the look. */
export const noteStillTells = (now: Date): Date => new Date(now.getTime() - HOUR_MS)
