/**
 * The printed pilot report: a tagged PDF/UA-1 whose bytes depend on the report and its context alone.
 */
import { PrintError } from '@stormops/chassis/pdf/print-error'
import { typesetter } from '@stormops/chassis/pdf/typesetter'
import type { PrintedPdf, TemplateInputs } from '@stormops/chassis/pdf/typesetter'
import type { PilotReport } from '../domain/pilot-report.ts'
import type { PilotReportContext } from './document.ts'
import { pilotReportDocument } from './pilot-report-document.ts'

/** The template's folder holds the template and nothing else: it is all that the compiler can read. */
export const pilotReportTypesetter = typesetter(new URL('./template/pilot-report.typ', import.meta.url))

/**
 * Renders the report as PDF/UA-1. Blocks its thread while it works; servers call `renderPilotReportInWorker`.
 * Throws PrintError when the instant is none, or the template does not compile.
 */
export function renderPilotReport(report: PilotReport, context: PilotReportContext): PrintedPdf {
  const completedAt = new Date(context.completedAt)
  if (Number.isNaN(completedAt.getTime())) {
    throw new PrintError('INPUT', `completedAt is not an instant: ${context.completedAt}`)
  }
  return pilotReportTypesetter.pdf(templateInputs(report, context), 'ua-1', completedAt)
}

/** The words and coordinates of the report, as its template reads them. */
export function templateInputs(report: PilotReport, context: PilotReportContext): TemplateInputs {
  return { report: JSON.stringify(pilotReportDocument(report, context)) }
}
