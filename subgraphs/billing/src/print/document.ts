/**
 * An invoice and a credit note as they are printed and kept: plain JSON, complete in itself, so that a copy can be
 * read in thirty years without the platform. Amounts are whole minor units as decimal text (`85000` is $850.00),
 * which no reader rounds; times are ISO instants.
 */

/** Whole minor units of the document's currency, as `-?[0-9]+`. */
export type MinorUnits = string

export type Issuer = {
  readonly name: string
  readonly addressLines: readonly string[]
  readonly email: string
}

export type Customer = {
  readonly company: string
  readonly addressLines: readonly string[] | null
  readonly email: string | null
  /** As clients see it. */
  readonly tenantId: string
}

export type DocumentLine = {
  readonly description: string
  /** How the amount comes about: "7 used, 5 included, 2 × $100.00". */
  readonly detail: string | null
  readonly amount: MinorUnits
}

export type InvoiceStatus = 'DRAFT' | 'OPEN' | 'PAID' | 'VOID' | 'UNCOLLECTIBLE'

export type InvoiceDocument = {
  readonly kind: 'INVOICE'
  readonly issuer: Issuer
  readonly customer: Customer
  /** Null while it is a draft. */
  readonly number: string | null
  readonly status: InvoiceStatus
  readonly issuedAt: string | null
  readonly dueAt: string | null
  readonly paidAt: string | null
  /** From `start` up to and without `end`; printed as days of the IANA zone, which all days here are of. */
  readonly period: { readonly start: string; readonly end: string; readonly timeZone: string }
  /** ISO 4217. */
  readonly currency: string
  readonly lines: readonly DocumentLine[]
  readonly subtotal: MinorUnits
  /** What is taken off the subtotal: 0 or more. */
  readonly credits: MinorUnits
  readonly total: MinorUnits
  readonly amountDue: MinorUnits
  readonly notes: readonly string[]
  /** Where it can be paid; null where payments are not configured. */
  readonly paymentUrl: string | null
  /** Whether it is charged to the company's card when it is due. */
  readonly isCharged: boolean
  /** Null while it is a draft. */
  readonly contentHash: string | null
}

export type CreditNoteDocument = {
  readonly kind: 'CREDIT_NOTE'
  readonly issuer: Issuer
  readonly customer: Customer
  readonly number: string
  readonly invoiceNumber: string
  readonly issuedAt: string
  /** IANA name; the day of issue is a day of this zone. */
  readonly timeZone: string
  readonly currency: string
  readonly reason: string
  /** What is credited, 0 or more each. */
  readonly lines: readonly DocumentLine[]
  readonly total: MinorUnits
  readonly notes: readonly string[]
  readonly contentHash: string
}

export type BillingDocument = InvoiceDocument | CreditNoteDocument
