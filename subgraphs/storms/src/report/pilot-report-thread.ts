/** The thread that prints one report and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { renderPilotReport } from './pilot-report-pdf.ts'
import { PilotReportRenderError } from './pilot-report-render-error.ts'
import type { PilotReportAnswer, PilotReportTask } from './pilot-report-worker.ts'

function answer({ report, context }: PilotReportTask): PilotReportAnswer {
  try {
    return { kind: 'rendered', rendered: renderPilotReport(report, context) }
  } catch (error) {
    if (!(error instanceof PilotReportRenderError)) throw error
    const cause = error.cause instanceof Error ? ` (${error.cause.message})` : ''
    return { kind: 'failed', failure: error.failure, detail: `${error.message}${cause}` }
  }
}

// Only `renderPilotReportInWorker` starts this thread, and always with a task.
const answered = answer(workerData as PilotReportTask)
parentPort?.postMessage(answered, answered.kind === 'rendered' ? [answered.rendered.pdf.buffer] : [])
