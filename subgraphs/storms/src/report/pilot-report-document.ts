/**
 * A pilot report put into words, in the order of trust: design, validity, result, money, effect, model, segments,
 * time, verdict, counts. The answer stands before all of it, on page one.
 */
import type { PilotReport } from '../domain/pilot-report.ts'
import { designSection } from './design-section.ts'
import type { PilotReportContext, PilotReportDocument } from './document.ts'
import { instant } from './figures-in-words.ts'
import { frontPage } from './front-page.ts'
import { printableText, printableValue, shortened } from '@stormops/chassis/pdf/printable-text'
import {
  countsSection,
  dailySection,
  modelSection,
  segmentsSection,
  verdictSection,
} from './reading-sections.ts'
import { effectSection, gatesSection, moneySection, resultSection } from './trust-sections.ts'

/** A name longer than this pushes the answer off page one. */
const LONGEST_NAME = 90
/** The header has one line. */
const LONGEST_HEADER_NAME = 48
const LONGEST_HASH = 90

/** Words and chart coordinates for one report. Deterministic: reads no clock, no environment. */
export function pilotReportDocument(given: PilotReport, asked: PilotReportContext): PilotReportDocument {
  const report = printableValue(given)
  const context = {
    ...printableValue(asked),
    timeZone: knownTimeZone(asked.timeZone),
    // Broken into pieces a hash could not be copied out of the document again.
    inputHash: /^[\w:+/=-]+$/.test(asked.inputHash)
      ? shortened(asked.inputHash, LONGEST_HASH)
      : printableText(asked.inputHash),
  }
  const imported = report.design.kind === 'IMPORTED'
  const name = (text: string, limit = LONGEST_NAME) =>
    shortened(text === '' ? printableText('') : text, limit)
  return {
    title: `Pilot report: ${name(report.design.name)}`,
    subtitle: `${name(context.tenantName)} · ${imported ? 'Experiment run elsewhere' : name(context.stormName)}`,
    byline: `Prepared for ${name(context.generatedFor)} · Complete since ${instant(asked.completedAt, context.timeZone)}`,
    header: {
      tenant: name(context.tenantName, LONGEST_HEADER_NAME),
      pilotId: name(context.pilotId, LONGEST_HEADER_NAME),
    },
    synthetic: context.synthetic
      ? `Synthetic data: generated ${imported ? 'rows' : 'homes'}, nobody’s customers`
      : null,
    front: frontPage(report),
    sections: [
      designSection(report, context),
      gatesSection(report),
      resultSection(report),
      moneySection(report),
      effectSection(report),
      modelSection(report),
      segmentsSection(report),
      dailySection(report),
      verdictSection(report),
      countsSection(report, context),
    ],
  }
}

function knownTimeZone(timeZone: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: timeZone ?? 'UTC' }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}
