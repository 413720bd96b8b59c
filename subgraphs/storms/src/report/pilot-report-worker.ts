/**
 * Printing a report occupies its thread from start to end, so a server prints in a thread of its own, one per
 * report: what the compiler remembers ends with the thread, and a report that hangs hurts no other.
 */
import { Worker } from 'node:worker_threads'
import type { PilotReport } from '../domain/pilot-report.ts'
import type { PilotReportContext } from './document.ts'
import type { RenderedPilotReport } from './pilot-report-pdf.ts'
import { PilotReportRenderError } from './pilot-report-render-error.ts'
import type { PilotReportRenderFailure } from './pilot-report-render-error.ts'

/** A report takes well under a second; after this it hangs. */
const RENDER_TIMEOUT_MS = 30_000

export type PilotReportTask = { readonly report: PilotReport; readonly context: PilotReportContext }
export type PilotReportAnswer =
  | { readonly kind: 'rendered'; readonly rendered: RenderedPilotReport }
  | { readonly kind: 'failed'; readonly failure: PilotReportRenderFailure; readonly detail: string }

/**
 * `renderPilotReport` in a thread of its own, with the same bytes. Rejects with PilotReportRenderError: TIMEOUT
 * after `timeoutMs` (the thread is told to end; native code in it may finish its step first), THREAD when it died.
 */
export function renderPilotReportInWorker(
  report: PilotReport,
  context: PilotReportContext,
  { timeoutMs = RENDER_TIMEOUT_MS }: { readonly timeoutMs?: number } = {},
): Promise<RenderedPilotReport> {
  const task: PilotReportTask = { report, context }
  const worker = new Worker(new URL('./pilot-report-thread.ts', import.meta.url), {
    workerData: task,
    // The flags of the server (preloaded instrumentation, inspectors) are not for a thread that lives half a second.
    execArgv: [],
  })
  const { promise, resolve, reject } = Promise.withResolvers<RenderedPilotReport>()
  const timer = setTimeout(
    () => reject(new PilotReportRenderError('TIMEOUT', `no answer after ${timeoutMs} ms`)),
    timeoutMs,
  )
  worker.once('message', (answer: PilotReportAnswer) => {
    if (answer.kind === 'rendered') resolve(answer.rendered)
    else reject(new PilotReportRenderError(answer.failure, answer.detail))
  })
  worker.once('error', (cause) => reject(new PilotReportRenderError('THREAD', 'the thread died', { cause })))
  worker.once('exit', (code) =>
    reject(new PilotReportRenderError('THREAD', `the thread ended with code ${code}`)),
  )
  return promise.finally(() => {
    clearTimeout(timer)
    // Not awaited: the answer is there, and ending a thread inside native code takes until that code returns.
    void worker.terminate()
  })
}
