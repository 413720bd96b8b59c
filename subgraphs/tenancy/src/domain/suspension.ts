/**
 * A company is suspended because staff said so, because an invoice stayed unpaid, or for both. Each cause is lifted by
 * itself, and the company works again once neither stands. It is told what it can do about it: an invoice can be paid,
 * and about anything else it has to write to support.
 */

export type SuspensionCause = 'STAFF' | 'UNPAID'

export type Debt = {
  readonly invoiceNumber: string
  /** Whole minor units in decimal digits. */
  readonly amount: string
  /** ISO 4217. */
  readonly currency: string
}

/** `since` is when the first of its causes came. Where staff suspended too, paying does not lift it. */
export type Suspension =
  | { readonly cause: 'UNPAID'; readonly since: Date; readonly debt: Debt }
  | { readonly cause: 'STAFF'; readonly since: Date; readonly debt: Debt | null }

export type StandingCauses = {
  readonly byStaffAt: Date | null
  readonly debt: (Debt & { readonly since: Date }) | null
}

/** Null when no cause stands. */
export const suspensionOf = ({ byStaffAt, debt }: StandingCauses): Suspension | null => {
  const owed = debt === null ? null : debtOf(debt)
  if (byStaffAt !== null) {
    const since = debt !== null && debt.since < byStaffAt ? debt.since : byStaffAt
    return { cause: 'STAFF', since, debt: owed }
  }
  return debt === null || owed === null ? null : { cause: 'UNPAID', since: debt.since, debt: owed }
}

const debtOf = ({ invoiceNumber, amount, currency }: Debt): Debt => ({ invoiceNumber, amount, currency })

const SUSPENDED = 'Your company is suspended: it can read everything and change nothing.'

/** What whoever wanted to change something is told. */
export const suspensionMessage = (suspension: Suspension): string => {
  if (suspension.cause === 'UNPAID') {
    return `${SUSPENDED} Pay invoice ${suspension.debt.invoiceNumber}, and it can work again at once.`
  }
  return suspension.debt === null
    ? `${SUSPENDED} Write to support to lift it.`
    : `${SUSPENDED} Pay invoice ${suspension.debt.invoiceNumber}, and write to support to lift it.`
}
