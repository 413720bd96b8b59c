import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { characterCoverage } from '@stormops/chassis/pdf/typeface'
import { REPLACEMENT } from '@stormops/chassis/pdf/printable-text'
import { canonicalJson } from '@stormops/chassis/values/canonical'
import { describe, expect, it } from 'vitest'
import {
  aCreditNote,
  aDraftInvoice,
  aLongInvoice,
  anInvoiceDocument,
  anUncollectibleInvoice,
  aPaidInvoice,
  aVoidInvoice,
} from './billing.example.ts'
import { billingTypesetter, printBillingDocument, templateInputs } from './billing-pdf.ts'
import type { BillingDocument } from './document.ts'
import { asText, attachmentOf, pagesOf, wordsOf } from './reading-pdf.example.ts'

const EVERY_KIND: readonly [string, () => BillingDocument][] = [
  ['an open invoice', anInvoiceDocument],
  ['a draft', aDraftInvoice],
  ['a paid invoice', aPaidInvoice],
  ['a void invoice', aVoidInvoice],
  ['an uncollectible invoice', anUncollectibleInvoice],
  ['a credit note', aCreditNote],
  ['a long invoice', aLongInvoice],
]

const HOSTILE =
  '#eval("1/0") $x^2$ \\ ] [ #read("/etc/passwd") *b* _i_ <l> @r `c` // \u0000\u0007\n\u202E\u200B\u{1F600} שלום 漢字 ' +
  'W'.repeat(200) +
  '\uD800'

const hostileInvoice = () =>
  anInvoiceDocument({
    issuer: { name: HOSTILE, addressLines: [HOSTILE], email: HOSTILE },
    customer: { company: HOSTILE, addressLines: [HOSTILE, ' '], email: HOSTILE, tenantId: HOSTILE },
    number: HOSTILE,
    lines: [{ description: HOSTILE, detail: HOSTILE, amount: '-85000' }],
    notes: [HOSTILE],
    paymentUrl: HOSTILE,
    contentHash: HOSTILE,
  })

describe('the bytes of a printed document', () => {
  it.each(EVERY_KIND)('are the same when %s is printed again', (_, document) => {
    const first = printBillingDocument(document())
    printBillingDocument(aPaidInvoice())
    const second = printBillingDocument(document())
    expect(Buffer.from(second.pdf).equals(first.pdf)).toBe(true)
    expect(first.sha256).toBe(createHash('sha256').update(second.pdf).digest('hex'))
  })

  it('are the same whatever order the members of its data came in', () => {
    const { number, ...rest } = anInvoiceDocument()
    expect(printBillingDocument({ ...rest, number }).sha256).toBe(
      printBillingDocument(anInvoiceDocument()).sha256,
    )
  })

  it('are the same from another process, in another directory, clock zone and language', () => {
    const modules = ['./billing-pdf.ts', './billing.example.ts'].map((path) =>
      JSON.stringify(new URL(path, import.meta.url).href),
    )
    const script = `
      import { printBillingDocument } from ${modules[0]}
      import { anInvoiceDocument } from ${modules[1]}
      process.stdout.write(printBillingDocument(anInvoiceDocument()).sha256)`
    const sha256 = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: tmpdir(),
      env: { PATH: process.env['PATH'], TZ: 'Asia/Tokyo', LANG: 'de_DE.UTF-8', SOURCE_DATE_EPOCH: '0' },
      encoding: 'utf8',
    })
    expect(sha256).toBe(printBillingDocument(anInvoiceDocument()).sha256)
  })

  it('change with what the document says, and with what only its data say', () => {
    const prints = [
      anInvoiceDocument(),
      aPaidInvoice(),
      anInvoiceDocument({ total: '85001' }),
      anInvoiceDocument({ issuedAt: '2026-12-01T06:05:00.001Z' }),
    ].map((document) => printBillingDocument(document).sha256)
    expect(new Set(prints).size).toBe(4)
  })
})

describe('the file', () => {
  it.each(EVERY_KIND)('of %s is PDF/A-3, tagged, in a language, and dated by its issue', (_, document) => {
    const pdf = asText(printBillingDocument(document()).pdf)
    expect(pdf).toMatch(/^%PDF-1\.7/)
    expect(pdf).toContain('<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>')
    expect(pdf).toContain('/StructTreeRoot')
    expect(pdf).toContain('/Lang')
    expect(pdf).toContain('/TH')
    expect(pdf).toMatch(/D:202612\d\d/)
  })

  it.each(EVERY_KIND)('of %s would pass as PDF/UA-1, too, and compiles without a warning', (_, document) => {
    const inputs = templateInputs(document())
    const accessible = billingTypesetter.pdf(inputs, 'ua-1', new Date('2026-12-01T00:00:00Z'))
    expect(asText(accessible.pdf)).toContain('<pdfuaid:part>1</pdfuaid:part>')
    const compiled = billingTypesetter.use(inputs, (typst, main) => typst.compile(main))
    expect(compiled.result).not.toBeNull()
    expect(compiled.takeWarnings()?.shortDiagnostics ?? []).toEqual([])
  })

  it.each(EVERY_KIND)('of %s carries exactly the canonical JSON of the document', (_, document) => {
    const { text } = attachmentOf(printBillingDocument(document()).pdf)
    expect(text).toBe(canonicalJson(document()))
    expect(JSON.parse(text)).toEqual(document())
  })

  it('names what it carries after the document, as its source', () => {
    const nameIn = (document: BillingDocument) => attachmentOf(printBillingDocument(document).pdf).name
    expect(nameIn(anInvoiceDocument())).toBe('invoice-inv-2026-000123.json')
    expect(nameIn(aDraftInvoice())).toBe('draft-invoice.json')
    expect(nameIn(aCreditNote())).toBe('credit-note-cn-2026-000007.json')
    expect(nameIn(hostileInvoice())).toMatch(/^[a-z0-9-]+\.json$/)
    const pdf = asText(printBillingDocument(anInvoiceDocument()).pdf)
    expect(pdf).toContain('/AFRelationship /Source')
    expect(pdf).toContain('/Subtype /application#2Fjson')
  })

  it('uses no font but its own', () => {
    const pdf = asText(printBillingDocument(hostileInvoice()).pdf)
    const names = [...pdf.matchAll(/\/FontName \/[A-Z]{6}\+([^\s/]+)/g)].map(([, name = '']) => name)
    expect(names.length).toBeGreaterThan(0)
    expect(names.filter((name) => !name.startsWith('SourceSans3-'))).toEqual([])
  })
})

describe('the pages', () => {
  it.each(EVERY_KIND.filter(([name]) => name !== 'a long invoice'))('of %s are one', (_, document) => {
    expect(pagesOf(document())).toBe(1)
  })

  it('hold eight lines on the first', () => {
    expect(pagesOf(aLongInvoice(8))).toBe(1)
  })

  it('of sixty lines repeat the head of the table and count themselves', () => {
    const words = wordsOf(aLongInvoice())
    const pages = pagesOf(aLongInvoice())
    expect(pages).toBeGreaterThan(2)
    expect(words.match(/Amount \(USD\)/g)).toHaveLength(pages)
    for (let page = 1; page <= pages; page++) expect(words).toContain(`Page ${page} of ${pages}`)
    expect(words).toContain('Storm 60, Tarrant County')
  })

  it('never have totals without a line above them', () => {
    for (const count of [8, 9, 12, 13, 27, 28, 31, 32, 33]) {
      const [, last = ''] = wordsOf(aLongInvoice(count)).split(`Storm ${count}, Tarrant County`)
      const between = last.slice(0, last.indexOf('Total in USD'))
      expect(between).not.toMatch(/Page \d/)
    }
  })
})

describe('words from outside', () => {
  it('are printed as they are and never evaluated', () => {
    const words = wordsOf(hostileInvoice())
    expect(words).toContain('#eval("1/0") $x^2$ \\ ] [')
    expect(words).toContain('*b* _i_ <l> @r `c` //')
    expect(words).not.toContain('root:')
    expect(words).toContain(REPLACEMENT)
  })

  it('are whole in the data, whatever the page can show of them', () => {
    const { text } = attachmentOf(printBillingDocument(hostileInvoice()).pdf)
    expect(JSON.parse(text)).toEqual(hostileInvoice())
  })

  it('may be any the typeface has', () => {
    const covered = [...characterCoverage()].map((code) => String.fromCodePoint(code))
    expect(covered.length).toBeGreaterThan(1_000)
    for (let from = 0; from < covered.length; from += 200) {
      const some = covered.slice(from, from + 200).join('')
      const { customer } = anInvoiceDocument()
      const document = anInvoiceDocument({
        customer: { ...customer, company: some },
        notes: [some],
        lines: [{ description: some, detail: some, amount: '1' }],
      })
      expect(printBillingDocument(document).pdf.length).toBeGreaterThan(10_000)
    }
  })

  it.each([['javascript:alert(1)'], ['file:///etc/passwd'], ['not an address']])(
    'never become a link that leads elsewhere than to the web: %s',
    (paymentUrl) => {
      const invoice = anInvoiceDocument({ paymentUrl })
      expect(asText(printBillingDocument(invoice).pdf)).not.toContain('/URI')
      expect(wordsOf(invoice)).toContain('Payments are not configured.')
    },
  )
})
