/** A page of billing as its template sees it: words, nothing left to compute or to format. */
import { printableText, shortened } from '@stormops/chassis/pdf/printable-text'
import { moneyText } from './amounts-in-words.ts'
import type { BillingDocument, Customer, DocumentLine, Issuer } from './document.ts'

/** How loud the box with the amount is. */
export type Tone = 'DUE' | 'SETTLED' | 'QUIET'

export type Fact = { readonly label: string; readonly value: string; readonly small: string | null }

export type Page = {
  /** Of the file, as a reader shows it. */
  readonly title: string
  readonly heading: string
  readonly number: string
  /** One word across the page, behind everything. */
  readonly watermark: string | null
  readonly issuer: { readonly name: string; readonly lines: readonly string[] }
  readonly customer: {
    readonly name: string
    readonly lines: readonly string[]
    readonly account: string
  }
  readonly facts: readonly Fact[]
  readonly answer: {
    readonly tone: Tone
    readonly label: string
    readonly amount: string
    readonly status: string
    readonly says: string
  }
  readonly columns: { readonly description: string; readonly amount: string }
  readonly lines: readonly {
    readonly description: string
    readonly detail: string | null
    readonly amount: string
  }[]
  readonly totals: readonly { readonly label: string; readonly amount: string; readonly strong: boolean }[]
  readonly sections: readonly Section[]
  readonly proof: { readonly hash: string; readonly says: string; readonly command: string | null } | null
  /** What stands above every page but the first, and below every page. */
  readonly running: { readonly left: string; readonly right: string; readonly foot: string }
  readonly attachment: { readonly name: string; readonly description: string }
}

export type Section = {
  readonly heading: string
  readonly paragraphs: readonly string[]
  readonly link: { readonly url: string; readonly text: string } | null
}

/** Header and footer have one line each. */
const LONGEST_RUNNING_NAME = 48
/** Of a hash in its longest writing; what is no code at all has to fit on a line of the heading. */
const LONGEST_CODE = 90
const LONGEST_NO_CODE = 40

/** A number, a hash, an id: never broken into pieces, since it could not be copied out of the document again. */
export const printableCode = (code: string): string =>
  /^[\w:+/=.-]+$/.test(code) ? shortened(code, LONGEST_CODE) : printableText(shortened(code, LONGEST_NO_CODE))

const written = (lines: readonly string[] | null): readonly string[] =>
  (lines ?? []).filter((line) => line.trim() !== '').map(printableText)

export const issuerWords = ({ name, addressLines, email }: Issuer): Page['issuer'] => ({
  name: printableText(name),
  lines: written([...addressLines, email]),
})

export const customerWords = ({ company, addressLines, email, tenantId }: Customer): Page['customer'] => ({
  name: printableText(company),
  lines: written([...(addressLines ?? []), email ?? '']),
  account: `Account ${printableCode(tenantId)}`,
})

export const lineWords = (lines: readonly DocumentLine[], currency: string): Page['lines'] =>
  lines.map(({ description, detail, amount }) => ({
    description: printableText(description),
    detail: detail === null || detail.trim() === '' ? null : printableText(detail),
    amount: moneyText(amount, currency),
  }))

export const noteSections = (notes: readonly string[]): readonly Section[] => {
  const paragraphs = written(notes)
  return paragraphs.length === 0 ? [] : [{ heading: 'Notes', paragraphs, link: null }]
}

export const runningWords = (
  { issuer, customer }: Pick<BillingDocument, 'issuer' | 'customer'>,
  title: string,
): Page['running'] => ({
  left: shortened(printableText(customer.company), LONGEST_RUNNING_NAME),
  right: title,
  foot: `${shortened(printableText(issuer.name), LONGEST_RUNNING_NAME)} · ${title}`,
})

/** A name that every system can save a file under. */
export const fileNameOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')

/** "Total in USD", since $ is the sign of many currencies. */
export const inCurrency = (label: string, currency: string): string => `${label} in ${currency}`

type TotalRow = { readonly label: string; readonly amount: string; readonly strong?: boolean }

export const totalsOf = (currency: string, rows: readonly TotalRow[]): Page['totals'] =>
  rows.map(({ label, amount, strong = false }) => ({ label, amount: moneyText(amount, currency), strong }))
