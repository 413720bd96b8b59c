import type { Tx } from '@stormops/chassis/database/transaction'
import { suspensionOf } from '../domain/suspension.ts'
import type { Debt, Suspension, SuspensionCause } from '../domain/suspension.ts'
import type { TenantStatus } from '../domain/tenant.ts'

/** Of the transaction's tenant. */
export type SuspensionStore = {
  /** Null while the company may work. */
  readonly maybe: () => Promise<Suspension | null>
  /** One that staff suspended before stays suspended since then. */
  readonly byStaff: (at: Date) => Promise<void>
  /** False, and nothing changes, when it is suspended for a debt already. */
  readonly forDebt: (debt: Debt, at: Date) => Promise<boolean>
  /** What it was suspended for and how it stands now, or null when it was not suspended for a debt. */
  readonly liftDebt: () => Promise<{ readonly invoiceNumber: string; readonly status: TenantStatus } | null>
  /** What stood until now. */
  readonly liftAll: () => Promise<LiftedCauses>
}

export type LiftedCauses = {
  readonly causes: readonly SuspensionCause[]
  readonly invoiceNumber: string | null
}

/** As rows have it. */
export type SuspensionColumns = {
  readonly suspendedByStaffAt: Date | null
  readonly unpaidSince: Date | null
  readonly unpaidInvoiceNumber: string | null
  readonly unpaidAmount: string | null
  readonly unpaidCurrency: string | null
}

export const suspensionStore = (tx: Tx): SuspensionStore => ({
  maybe: async () => {
    const [row] = await tx.rows<SuspensionColumns>(
      `select by_staff_at as "suspendedByStaffAt", unpaid_since as "unpaidSince",
              invoice_number as "unpaidInvoiceNumber", amount as "unpaidAmount", currency as "unpaidCurrency"
       from tenancy.suspension()`,
    )
    return row === undefined ? null : suspensionIn(row)
  },
  byStaff: async (at) => {
    await tx.change(
      `update tenancy.tenant
       set status = 'SUSPENDED', suspended_by_staff_at = coalesce(suspended_by_staff_at, $2) where id = $1`,
      [tx.tenantId, at],
    )
  },
  forDebt: async ({ invoiceNumber, amount, currency }, at) => {
    const changed = await tx.change(
      `update tenancy.tenant
       set status = 'SUSPENDED', unpaid_since = $2, unpaid_invoice_number = $3, unpaid_amount = $4,
           unpaid_currency = $5
       where id = $1 and unpaid_since is null`,
      [tx.tenantId, at, invoiceNumber, amount, currency],
    )
    return changed === 1
  },
  liftDebt: async () => {
    const [lifted] = await tx.rows<{ invoiceNumber: string; status: TenantStatus }>(
      `update tenancy.tenant
       set status = case when suspended_by_staff_at is null then 'ACTIVE' else 'SUSPENDED' end, ${NO_DEBT}
       where id = $1 and unpaid_since is not null
       returning old.unpaid_invoice_number as "invoiceNumber", new.status`,
      [tx.tenantId],
    )
    return lifted ?? null
  },
  liftAll: async () => {
    const [lifted] = await tx.rows<{ byStaff: boolean; invoiceNumber: string | null }>(
      `update tenancy.tenant set status = 'ACTIVE', suspended_by_staff_at = null, ${NO_DEBT} where id = $1
       returning old.suspended_by_staff_at is not null as "byStaff", old.unpaid_invoice_number as "invoiceNumber"`,
      [tx.tenantId],
    )
    const invoiceNumber = lifted?.invoiceNumber ?? null
    const byStaff: readonly SuspensionCause[] = lifted?.byStaff === true ? ['STAFF'] : []
    return { causes: invoiceNumber === null ? byStaff : [...byStaff, 'UNPAID'], invoiceNumber }
  },
})

const NO_DEBT = `unpaid_since = null, unpaid_invoice_number = null, unpaid_amount = null, unpaid_currency = null`

/** A check of the table promises that a debt is whole or not there. */
export const suspensionIn = (row: SuspensionColumns): Suspension | null => {
  const { unpaidSince, unpaidInvoiceNumber, unpaidAmount, unpaidCurrency } = row
  const hasDebt =
    unpaidSince !== null && unpaidInvoiceNumber !== null && unpaidAmount !== null && unpaidCurrency !== null
  const debt = hasDebt
    ? {
        since: unpaidSince,
        invoiceNumber: unpaidInvoiceNumber,
        amount: unpaidAmount,
        currency: unpaidCurrency,
      }
    : null
  return suspensionOf({ byStaffAt: row.suspendedByStaffAt, debt })
}
