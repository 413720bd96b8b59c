/** INPUT: the caller's mistake. TEMPLATE: ours. TIMEOUT and THREAD: worth another try. */
export type PrintFailure = 'INPUT' | 'TEMPLATE' | 'TIMEOUT' | 'THREAD'

/** A document could not be printed; what it would have said is not affected. */
export class PrintError extends Error {
  override readonly name = 'PrintError'
  readonly failure: PrintFailure
  readonly detail: string

  constructor(failure: PrintFailure, detail: string, options?: ErrorOptions) {
    super(`The document could not be printed: ${detail}`, options)
    this.failure = failure
    this.detail = detail
  }
}
