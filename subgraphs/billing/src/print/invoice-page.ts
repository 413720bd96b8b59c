/** An invoice put into words: what is owed and by when first, how it comes about after that. */
import { printableText, shortened } from '@stormops/chassis/pdf/printable-text'
import { dayText, isZero, moneyText, negated, periodText } from './amounts-in-words.ts'
import type { InvoiceDocument } from './document.ts'
import {
  customerWords,
  fileNameOf,
  inCurrency,
  issuerWords,
  lineWords,
  noteSections,
  printableCode,
  runningWords,
  totalsOf,
} from './page.ts'
import type { Fact, Page, Section } from './page.ts'

/** A payment page's address can take half a page; from here on paper is told only where it leads. */
const LONGEST_ADDRESS = 80

export const invoicePage = (invoice: InvoiceDocument): Page => {
  const { currency, number } = invoice
  const title = number === null ? 'Draft invoice' : `Invoice ${printableCode(number)}`
  return {
    title,
    heading: 'Invoice',
    number: number === null ? 'Draft, not numbered' : printableCode(number),
    watermark: WATERMARKS[invoice.status] ?? null,
    issuer: issuerWords(invoice.issuer),
    customer: customerWords(invoice.customer),
    facts: facts(invoice),
    answer: answer(invoice),
    columns: { description: 'Description', amount: `Amount (${currency})` },
    lines: lineWords(invoice.lines, currency),
    totals: totalsOf(currency, [
      ...(isZero(invoice.credits)
        ? []
        : [
            { label: 'Subtotal', amount: invoice.subtotal },
            { label: 'Credits', amount: negated(invoice.credits) },
          ]),
      { label: inCurrency('Total', currency), amount: invoice.total },
      { label: inCurrency('Amount due', currency), amount: invoice.amountDue, strong: true },
    ]),
    sections: [...paymentSections(invoice), ...noteSections(invoice.notes)],
    proof: proof(invoice),
    running: runningWords(invoice, title),
    attachment: {
      name: `${fileNameOf(title)}.json`,
      description: `${title} as data, from which this document was made`,
    },
  }
}

const WATERMARKS: Partial<Readonly<Record<InvoiceDocument['status'], string>>> = {
  DRAFT: 'DRAFT',
  VOID: 'VOID',
}

const facts = ({ issuedAt, dueAt, paidAt, period }: InvoiceDocument): readonly Fact[] => {
  const { start, end, timeZone } = period
  const day = (label: string, instant: string | null): readonly Fact[] =>
    instant === null ? [] : [{ label, value: dayText(instant, timeZone), small: null }]
  return [
    ...day('Issued', issuedAt),
    ...day('Due', dueAt),
    ...day('Paid', paidAt),
    { label: 'Period', value: periodText(start, end, timeZone), small: printableText(timeZone) },
  ]
}

const answer = (invoice: InvoiceDocument): Page['answer'] => {
  const { status, currency, dueAt, paidAt, period } = invoice
  const on = (instant: string): string => dayText(instant, period.timeZone)
  const due = { label: 'Amount due', amount: moneyText(invoice.amountDue, currency) }
  switch (status) {
    case 'DRAFT':
      return { ...due, tone: 'QUIET', status: 'Draft', says: 'Not issued yet; it may still change.' }
    case 'OPEN':
      return {
        ...due,
        tone: 'DUE',
        status: 'Open',
        says: openSays(invoice, dueAt === null ? null : on(dueAt)),
      }
    case 'PAID':
      return {
        ...due,
        tone: 'SETTLED',
        status: 'Paid',
        says: paidAt === null ? 'Thank you.' : `Paid on ${on(paidAt)}. Thank you.`,
      }
    case 'VOID':
      return { ...due, tone: 'QUIET', status: 'Void', says: 'Please do not pay this invoice.' }
    case 'UNCOLLECTIBLE':
      return { ...due, tone: 'QUIET', status: 'Uncollectible', says: 'It is no longer collected.' }
  }
}

const openSays = ({ isCharged }: InvoiceDocument, day: string | null): string => {
  if (day === null) return 'Due on receipt.'
  return isCharged ? `Charged on ${day}.` : `Please pay by ${day}.`
}

/** Only what is still to be paid says how. */
const paymentSections = ({
  status,
  amountDue,
  paymentUrl,
  isCharged,
}: InvoiceDocument): readonly Section[] => {
  if (status !== 'OPEN' || isZero(amountDue)) return []
  const heading = 'How to pay'
  const link = paymentUrl === null ? null : linkTo(paymentUrl)
  if (link !== null) return [{ heading, paragraphs: ['Pay this invoice online:'], link }]
  const says = isCharged
    ? 'It is charged to your company’s card when it is due. There is nothing to do.'
    : 'Payments are not configured.'
  return [{ heading, paragraphs: [says], link: null }]
}

/** A link that a reader of the document may follow: the web, and nothing else. */
const linkTo = (url: string): Section['link'] => {
  const known = URL.canParse(url) ? new URL(url) : null
  if (known?.protocol !== 'https:' && known?.protocol !== 'http:') return null
  return {
    url: known.href,
    text: printableText(shortened(known.href.replace(/^https?:\/\//, ''), LONGEST_ADDRESS)),
  }
}

const proof = ({ contentHash, number }: InvoiceDocument): Page['proof'] =>
  contentHash === null
    ? null
    : {
        hash: printableCode(contentHash),
        says: 'The data of this invoice are attached to this file.',
        command: number === null ? null : `stormops invoice verify ${printableCode(number)}`,
      }
