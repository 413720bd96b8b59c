/**
 * Staff can act in a company as one of its roles would, for half an hour at most and for a reason that the company
 * reads. To look is the rule; to change something has to be asked for.
 */

export type ImpersonatedRole = 'OWNER' | 'ADMIN' | 'ANALYST' | 'CREW' | 'BILLING' | 'VIEWER'

export type Impersonation = {
  readonly id: string
  readonly tenantId: string
  readonly staffId: string
  readonly role: ImpersonatedRole
  readonly reason: string
  readonly readOnly: boolean
  readonly startedAt: Date
  readonly expiresAt: Date
  readonly endedAt: Date | null
}

const ROLES: readonly ImpersonatedRole[] = ['OWNER', 'ADMIN', 'ANALYST', 'CREW', 'BILLING', 'VIEWER']

export const isImpersonatedRole = (role: string): role is ImpersonatedRole =>
  ROLES.some((each) => each === role)

/** Long enough to find out what a caller means, short enough not to be forgotten open. */
export const IMPERSONATION_MINUTES = 30
const MINUTE_MS = 60_000

export const endOfImpersonation = (startedAt: Date): Date =>
  new Date(startedAt.getTime() + IMPERSONATION_MINUTES * MINUTE_MS)

/** A word is no reason; an essay is not read. */
const REASON_LENGTH = { least: 10, most: 500 } as const

/** What is wrong with a reason, or null. It has no space around it. */
export const reasonFault = (reason: string): { readonly field: string; readonly message: string } | null => {
  const { length } = [...reason]
  return length < REASON_LENGTH.least || length > REASON_LENGTH.most
    ? {
        field: 'reason',
        message: `Say why, in ${REASON_LENGTH.least} to ${REASON_LENGTH.most} characters; the company reads it.`,
      }
    : null
}
