/** A server prints a report in a thread of its own, so that it goes on answering meanwhile. */
import { printInThread } from '@stormops/chassis/pdf/printing-thread'
import type { PrintedPdf } from '@stormops/chassis/pdf/typesetter'
import type { PilotReport } from '../domain/pilot-report.ts'
import type { PilotReportContext } from './document.ts'

export type PilotReportTask = { readonly report: PilotReport; readonly context: PilotReportContext }

/** `renderPilotReport` in a thread of its own, with the same bytes. Rejects with PrintError. */
export function renderPilotReportInWorker(
  report: PilotReport,
  context: PilotReportContext,
  options: { readonly timeoutMs?: number } = {},
): Promise<PrintedPdf> {
  const task: PilotReportTask = { report, context }
  return printInThread(new URL('./pilot-report-thread.ts', import.meta.url), task, options)
}
