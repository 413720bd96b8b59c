/** CONTEXT: the caller's mistake. TEMPLATE: ours. TIMEOUT and THREAD: worth another try. */
export type PilotReportRenderFailure = 'CONTEXT' | 'TEMPLATE' | 'TIMEOUT' | 'THREAD'

/** A pilot report could not be printed; the report itself is not affected. */
export class PilotReportRenderError extends Error {
  override readonly name = 'PilotReportRenderError'
  readonly failure: PilotReportRenderFailure

  constructor(failure: PilotReportRenderFailure, detail: string, options?: ErrorOptions) {
    super(`The pilot report could not be printed: ${detail}`, options)
    this.failure = failure
  }
}
