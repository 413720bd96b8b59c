/** A credit note put into words: what is given back, of which invoice, and why. */
import { printableText } from '@stormops/chassis/pdf/printable-text'
import { dayText, moneyText } from './amounts-in-words.ts'
import type { CreditNoteDocument } from './document.ts'
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
import type { Page } from './page.ts'

export const creditNotePage = (note: CreditNoteDocument): Page => {
  const { currency, total, timeZone } = note
  const number = printableCode(note.number)
  const invoiceNumber = printableCode(note.invoiceNumber)
  const title = `Credit note ${number}`
  return {
    title,
    heading: 'Credit note',
    number,
    watermark: null,
    issuer: issuerWords(note.issuer),
    customer: customerWords(note.customer),
    facts: [
      { label: 'Issued', value: dayText(note.issuedAt, timeZone), small: printableText(timeZone) },
      { label: 'Invoice', value: invoiceNumber, small: null },
    ],
    answer: {
      tone: 'SETTLED',
      label: 'Amount credited',
      amount: moneyText(total, currency),
      status: 'Credited',
      says: `It corrects invoice ${invoiceNumber}.`,
    },
    columns: { description: 'Description', amount: `Amount (${currency})` },
    lines: lineWords(note.lines, currency),
    totals: totalsOf(currency, [
      { label: inCurrency('Total credited', currency), amount: total, strong: true },
    ]),
    sections: [
      { heading: 'Reason', paragraphs: [printableText(note.reason)], link: null },
      ...noteSections(note.notes),
    ],
    proof: {
      hash: printableCode(note.contentHash),
      says: 'The data of this credit note are attached to this file.',
      command: null,
    },
    running: runningWords(note, title),
    attachment: {
      name: `${fileNameOf(title)}.json`,
      description: `${title} as data, from which this document was made`,
    },
  }
}
