/** The thread that prints one report and ends. */
import { answerPrinting } from '@stormops/chassis/pdf/printing-thread'
import { renderPilotReport } from './pilot-report-pdf.ts'
import type { PilotReportTask } from './pilot-report-worker.ts'

answerPrinting(({ report, context }: PilotReportTask) => renderPilotReport(report, context))
