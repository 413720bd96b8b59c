/** What the transaction's tenant owes, and what was tried to be paid it. */
import type { Tx } from '@stormops/chassis/database/transaction'
import type {
  AttemptSource,
  AttemptState,
  InvoiceStatus,
  OwedInvoice,
  PaymentAttempt,
} from '../domain/collection.ts'
import type { BillLine } from '../domain/stripe-account.ts'

export type PaymentStore = {
  /** Nobody else settles it until the transaction ends. Null when there is none, or it has no number yet. */
  readonly lockInvoice: (invoiceId: string) => Promise<OwedInvoice | null>
  readonly maybeInvoice: (invoiceId: string) => Promise<OwedInvoice | null>
  readonly lines: (invoiceId: string) => Promise<readonly BillLine[]>
  /** Oldest first. */
  readonly attempts: (invoiceId: string) => Promise<readonly PaymentAttempt[]>
  readonly begin: (begun: NewAttempt) => Promise<void>
  /** False, and nothing changes, for one that was settled before. */
  readonly settle: (settled: SettledAttempt) => Promise<boolean>
  /** Counts a fault of Stripe's, so that the next call is made under another key. */
  readonly countFault: (invoiceId: string, attempt: number) => Promise<void>
  readonly setStatus: (invoiceId: string, status: 'PAID' | 'UNCOLLECTIBLE', at: Date) => Promise<void>
  /** One failure more in the row, of the company's customer; how many that makes. */
  readonly countFailure: () => Promise<number>
  readonly endRow: () => Promise<void>
}

export type NewAttempt = Pick<PaymentAttempt, 'invoiceId' | 'attempt' | 'source' | 'amount' | 'currency'> & {
  readonly at: Date
}

export type SettledAttempt = Pick<PaymentAttempt, 'invoiceId' | 'attempt'> & {
  readonly state: Exclude<AttemptState, 'PENDING'>
  readonly failureCode: string | null
  readonly at: Date
}

type InvoiceRow = {
  readonly id: string
  readonly number: string
  readonly status: InvoiceStatus
  readonly currency: string
  readonly total: string
  readonly credited: string
  readonly finalized_at: Date
}

type AttemptRow = {
  readonly attempt: number
  readonly source: AttemptSource
  readonly state: AttemptState
  readonly amount: string
  readonly currency: string
  readonly faults: number
  readonly failure_code: string | null
  readonly settled_at: Date | null
}

const INVOICE = `select id, number, status, currency, total, credited, finalized_at from billing.invoice
                  where tenant_id = $1 and id = $2 and status <> 'DRAFT'`

export const paymentStore = (tx: Tx): PaymentStore => ({
  lockInvoice: async (invoiceId) =>
    owedIn(await tx.rows<InvoiceRow>(`${INVOICE} for update`, [tx.tenantId, invoiceId])),
  maybeInvoice: async (invoiceId) => owedIn(await tx.rows<InvoiceRow>(INVOICE, [tx.tenantId, invoiceId])),
  lines: async (invoiceId) => {
    const rows = await tx.rows<{ position: number; description: string; amount: string }>(
      `select position, description, amount from billing.invoice_line
        where tenant_id = $1 and invoice_id = $2 order by position`,
      [tx.tenantId, invoiceId],
    )
    return rows.map(({ amount, ...line }) => ({ ...line, amount: BigInt(amount) }))
  },
  attempts: async (invoiceId) => {
    const rows = await tx.rows<AttemptRow>(
      `select attempt, source, state, amount, currency, faults, failure_code, settled_at
         from billing.payment_attempt where tenant_id = $1 and invoice_id = $2 order by attempt`,
      [tx.tenantId, invoiceId],
    )
    return rows.map(({ amount, failure_code: failureCode, settled_at: settledAt, ...row }) => ({
      ...row,
      invoiceId,
      amount: BigInt(amount),
      failureCode,
      settledAt,
    }))
  },
  begin: async ({ invoiceId, attempt, source, amount, currency, at }) => {
    await tx.change(
      `insert into billing.payment_attempt
         (tenant_id, invoice_id, attempt, source, state, amount, currency, started_at)
       values ($1, $2, $3, $4, 'PENDING', $5, $6, $7)`,
      [tx.tenantId, invoiceId, attempt, source, amount, currency, at],
    )
  },
  settle: async ({ invoiceId, attempt, state, failureCode, at }) => {
    const changed = await tx.change(
      `update billing.payment_attempt set state = $4, failure_code = $5, settled_at = $6
        where tenant_id = $1 and invoice_id = $2 and attempt = $3 and state = 'PENDING'`,
      [tx.tenantId, invoiceId, attempt, state, failureCode, at],
    )
    return changed === 1
  },
  countFault: async (invoiceId, attempt) => {
    await tx.change(
      `update billing.payment_attempt set faults = faults + 1
        where tenant_id = $1 and invoice_id = $2 and attempt = $3 and state = 'PENDING'`,
      [tx.tenantId, invoiceId, attempt],
    )
  },
  setStatus: async (invoiceId, status, at) => {
    const moment = status === 'PAID' ? 'paid_at' : 'uncollectible_at'
    await tx.change(
      `update billing.invoice set status = $3, ${moment} = $4 where tenant_id = $1 and id = $2`,
      [tx.tenantId, invoiceId, status, at],
    )
  },
  countFailure: async () => {
    const [row] = await tx.rows<{ failed: number }>(
      `update billing.stripe_customer set failed_payments = failed_payments + 1 where tenant_id = $1
       returning failed_payments as failed`,
      [tx.tenantId],
    )
    return row?.failed ?? 0
  },
  endRow: async () => {
    await tx.change(
      `update billing.stripe_customer set failed_payments = 0 where tenant_id = $1 and failed_payments > 0`,
      [tx.tenantId],
    )
  },
})

const owedIn = ([row]: readonly InvoiceRow[]): OwedInvoice | null =>
  row === undefined
    ? null
    : {
        id: row.id,
        number: row.number,
        status: row.status,
        currency: row.currency,
        total: BigInt(row.total),
        credited: BigInt(row.credited),
        openedAt: row.finalized_at,
      }
