import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PilotReport } from '../domain/pilot-report.ts'
import type { PilotReportContext } from './document.ts'
import { aPilotReport, exampleContext } from './pilot-report.example.ts'
import {
  anImportedReport,
  anInconclusiveReport,
  anInvalidReport,
  anUnsuccessfulReport,
  aReportWithoutEnoughData,
} from './pilot-report-verdicts.example.ts'
import { pilotReportTypesetter, renderPilotReport, templateInputs } from './pilot-report-pdf.ts'
import { REPLACEMENT } from '@stormops/chassis/pdf/printable-text'
import { characterCoverage } from '@stormops/chassis/pdf/typeface'

const HOSTILE =
  '#eval("1/0") $x^2$ \\ ] [ #read("/etc/passwd") *b* _i_ <l> @r `c` // \u0000\u0007\n\u202E \u{1F600} שלום 漢字 ' +
  'W'.repeat(200) +
  '\uD800'

const EVERY_VERDICT: readonly [string, () => PilotReport, string][] = [
  ['successful', () => aPilotReport(), 'This pilot worked.'],
  ['inconclusive', anInconclusiveReport, 'This pilot did not settle the question.'],
  ['unsuccessful', anUnsuccessfulReport, 'This pilot did not pay off.'],
  ['invalid', anInvalidReport, 'This result cannot be trusted.'],
  ['unfinished', aReportWithoutEnoughData, 'It is too early to tell.'],
  ['imported', () => anImportedReport(), 'This experiment did not settle the question.'],
]

/** The words of the compiled pages, in reading order; the compiler's rich SVG carries them for selection. */
function wordsOf(report: PilotReport, context: PilotReportContext = exampleContext): string {
  const svg = pilotReportTypesetter.use(templateInputs(report, context), (typst, template) =>
    typst.svg(template),
  )
  const words = [...svg.matchAll(/class="tsel"[^>]*>([^<]*)</g)].map(([, text = '']) => text)
  return words
    .join(' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll('\u200B', '')
    .replaceAll(/\s+/g, ' ')
}

function pagesOf(report: PilotReport): number {
  return pilotReportTypesetter.use(
    templateInputs(report, exampleContext),
    (typst, template) => typst.compile(template).result?.numOfPages ?? 0,
  )
}

const asText = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1')

describe('the bytes of a pilot report', () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'pilot-report-'))
  afterAll(() => rmSync(elsewhere, { recursive: true }))

  it('are the same when it is printed again', () => {
    const first = renderPilotReport(aPilotReport(), exampleContext)
    renderPilotReport(anInvalidReport(), exampleContext)
    const second = renderPilotReport(aPilotReport(), exampleContext)
    expect(second.sha256).toBe(first.sha256)
    expect(Buffer.from(second.pdf).equals(first.pdf)).toBe(true)
  })

  it('are the same from another process, in another directory, with another home, clock zone and language', () => {
    const rendered = renderPilotReport(aPilotReport(), exampleContext)
    const script = `
      import { renderPilotReport } from ${JSON.stringify(new URL('./pilot-report-pdf.ts', import.meta.url).href)}
      import { aPilotReport, exampleContext } from ${JSON.stringify(new URL('./pilot-report.example.ts', import.meta.url).href)}
      process.stdout.write(renderPilotReport(aPilotReport(), exampleContext).sha256)`
    const sha256 = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: elsewhere,
      env: {
        PATH: process.env.PATH,
        HOME: elsewhere,
        TZ: 'Asia/Tokyo',
        LANG: 'de_DE.UTF-8',
        SOURCE_DATE_EPOCH: '0',
      },
      encoding: 'utf8',
    })
    expect(sha256).toBe(rendered.sha256)
  })

  it('carry their own digest', () => {
    const { pdf, sha256 } = renderPilotReport(anImportedReport(), exampleContext)
    expect(sha256).toBe(createHash('sha256').update(pdf).digest('hex'))
  })

  it('change with the day of completion and with a figure', () => {
    const first = renderPilotReport(aPilotReport(), exampleContext).sha256
    const later = { ...exampleContext, completedAt: '2026-04-15T21:05:00.000Z' }
    expect(renderPilotReport(aPilotReport(), later).sha256).not.toBe(first)
    expect(
      renderPilotReport(aPilotReport({ minimumDetectableEffect: 0.05 }), exampleContext).sha256,
    ).not.toBe(first)
  })

  it('are refused for a completion that is no instant', () => {
    const context = { ...exampleContext, completedAt: 'yesterday' }
    expect(() => renderPilotReport(aPilotReport(), context)).toThrow('completedAt is not an instant')
  })
})

describe('the accessibility of a pilot report', () => {
  let pdf = ''
  beforeAll(() => {
    pdf = asText(renderPilotReport(aPilotReport(), exampleContext).pdf)
  })

  it('is that of a tagged PDF/UA-1 with a title and a language', () => {
    expect(pdf).toMatch(/^%PDF-1\.7/)
    expect(pdf).toContain('/MarkInfo')
    expect(pdf).toContain('/StructTreeRoot')
    expect(pdf).toContain('/Lang')
    expect(pdf).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(pdf).toContain('Pilot report: March hail, moderate policy')
    expect(pdf).toContain('/DisplayDocTitle true')
  })

  it('is dated by the completion, not by the clock', () => {
    expect(pdf).toContain('D:20260414210500')
  })

  it('describes each of the three charts', () => {
    expect(pdf.match(/\/Alt/g)?.length).toBeGreaterThanOrEqual(3)
  })

  it('has every table head and heading tagged', () => {
    expect(pdf).toContain('/TH')
    expect(pdf).toContain('/H1')
  })

  it('uses no font but its own', () => {
    const names = [...pdf.matchAll(/\/FontName \/([^\s/]+)/g)].map(([, name = '']) =>
      name.replace(/^[A-Z]{6}\+/, ''),
    )
    expect(names.length).toBeGreaterThan(0)
    expect(names.filter((name) => !name.startsWith('SourceSans3-'))).toEqual([])
  })
})

describe('the words of a pilot report', () => {
  it.each(EVERY_VERDICT)('open a %s pilot with its answer', (_, report, headline) => {
    const words = wordsOf(report())
    expect(words).toContain(headline)
    expect(words).not.toMatch(/NaN|Infinity|undefined|null/)
    expect(renderPilotReport(report(), exampleContext).pdf.length).toBeGreaterThan(10_000)
  })

  it.each(EVERY_VERDICT)('fit a %s pilot on three to five pages', (_, report) => {
    expect(pagesOf(report())).toBeGreaterThanOrEqual(3)
    expect(pagesOf(report())).toBeLessThanOrEqual(5)
  })

  it('give the key figures with their intervals', () => {
    const words = wordsOf(aPilotReport())
    expect(words).toContain('Treated homes converted 21.9% against 10.6% in the random control')
    expect(words).toContain('+11.2 points')
    expect(words).toContain('+9.1 to +13.2 points')
    expect(words).toContain('$5,760,000')
    expect(words).toContain('$4,550,000 to $6,970,000')
    expect(words).toContain('31,204%')
    expect(words).toContain('$34.07')
    expect(words).toContain(exampleContext.inputHash)
    expect(words).toContain('Page 1 of 5')
  })

  it('mark the figures of an invalid pilot and still show them', () => {
    const words = wordsOf(anInvalidReport())
    expect(words).toContain('these figures must not be relied on')
    expect(words).toContain('$5,760,000')
    expect(words).toContain('✘ Fail')
  })

  it('say why a figure is not available', () => {
    const words = wordsOf(anInconclusiveReport())
    expect(words).toContain('not available no cost was given for this pilot')
  })

  it('mark synthetic data, and only that', () => {
    expect(wordsOf(aPilotReport())).toContain('SYNTHETIC DATA')
    expect(wordsOf(aPilotReport(), { ...exampleContext, synthetic: false })).not.toMatch(/synthetic/i)
  })
})

describe('names from outside', () => {
  const base = aPilotReport()
  const hostileReport = aPilotReport({
    design: { ...base.design, name: HOSTILE, hypothesis: HOSTILE, salt: HOSTILE, modelVersion: HOSTILE },
    segments: base.segments.map((segment) => ({ ...segment, dimension: HOSTILE, key: HOSTILE })),
    decisions: { [HOSTILE]: 7 },
    reasons: [HOSTILE],
    recommendation: HOSTILE,
  })
  const hostileContext: PilotReportContext = {
    ...exampleContext,
    tenantName: HOSTILE,
    stormName: HOSTILE,
    pilotId: HOSTILE,
    generatedFor: HOSTILE,
    inputHash: HOSTILE,
  }

  it('are printed as they are and never evaluated', () => {
    const words = wordsOf(hostileReport, hostileContext)
    expect(words).toContain('#eval("1/0") $x^2$ \\ ] [')
    expect(words).toContain('*b* _i_ <l> @r `c` //')
    expect(words).not.toContain('root:')
    expect(words).toContain(REPLACEMENT)
  })

  it('do not keep a report from being printed accessibly', () => {
    expect(asText(renderPilotReport(hostileReport, hostileContext).pdf)).toContain('/StructTreeRoot')
  })

  it('may be empty, in an unknown zone and an unknown currency', () => {
    const report = aPilotReport({ design: { ...base.design, name: '', currency: '???' } })
    const words = wordsOf(report, { ...exampleContext, tenantName: '', timeZone: 'Mars/Olympus' })
    expect(words).toContain('(no name)')
    expect(words).toContain('UTC')
  })

  it('can be drawn in every character that counts as covered, in the weights of titles and of text', () => {
    const covered = [...characterCoverage()].map((code) => String.fromCodePoint(code))
    expect(covered.length).toBeGreaterThan(1_000)
    for (let from = 0; from < covered.length; from += 80) {
      const some = covered.slice(from, from + 80).join('')
      const report = aPilotReport({ design: { ...base.design, name: some, hypothesis: some } })
      expect(() => renderPilotReport(report, { ...exampleContext, stormName: some })).not.toThrow()
    }
  })
})

describe('the template', () => {
  it('cannot read outside its directory', () => {
    expect(fileURLToPath(new URL('./template/', import.meta.url))).toMatch(/report\/template\/$/)
    pilotReportTypesetter.use(templateInputs(aPilotReport(), exampleContext), (typst) => {
      const outside = typst.compile({ mainFileContent: '#read("../pilot-report-pdf.ts")' })
      expect(outside.result).toBeNull()
      const root = typst.compile({ mainFileContent: '#read("/etc/passwd")' })
      expect(root.result).toBeNull()
    })
  })

  it('compiles without a warning', () => {
    for (const [, report] of EVERY_VERDICT) {
      const compiled = pilotReportTypesetter.use(
        templateInputs(report(), exampleContext),
        (typst, template) => typst.compile(template),
      )
      expect(compiled.result).not.toBeNull()
      expect(compiled.takeWarnings()?.shortDiagnostics ?? []).toEqual([])
    }
  })
})
