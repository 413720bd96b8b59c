/** How tests read a printed document: its words from the compiler, its bytes as they are in the file. */
import { inflateSync } from 'node:zlib'
import { billingTypesetter, templateInputs } from './billing-pdf.ts'
import type { BillingDocument } from './document.ts'

/** The words of the pages in reading order; the compiler's rich SVG carries them for selection. */
export const wordsOf = (document: BillingDocument): string => {
  const svg = billingTypesetter.use(templateInputs(document), (typst, main) => typst.svg(main))
  const words = [...svg.matchAll(/class="tsel"[^>]*>([^<]*)</g)].map(([, text = '']) => text)
  return words
    .join(' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll('\u200B', '')
    .replaceAll(/\s+/g, ' ')
}

export const pagesOf = (document: BillingDocument): number =>
  billingTypesetter.use(
    templateInputs(document),
    (typst, main) => typst.compile(main).result?.numOfPages ?? 0,
  )

export const asText = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1')

/** What is attached, by its name (ISO 32000-1, 7.11.4: embedded file streams). */
export const attachmentOf = (pdf: Uint8Array): { readonly name: string; readonly text: string } => {
  const file = asText(pdf)
  const [, name = ''] = /\/EmbeddedFiles <<\s+\/Names \[\(([^)]*)\)/.exec(file) ?? []
  const stream = /\/Length (\d+)\s+\/Type \/EmbeddedFile\b[^]*?\nstream\n/.exec(file)
  if (stream === null) return { name, text: '' }
  const from = stream.index + stream[0].length
  const bytes = Buffer.from(pdf).subarray(from, from + Number(stream[1]))
  return { name, text: inflateSync(bytes).toString('utf8') }
}
