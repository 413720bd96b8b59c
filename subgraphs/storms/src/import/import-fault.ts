/** Why a whole file is refused. What is wrong with one line only is a rejection of that line, not a fault. */

export type ImportFaultCode =
  | 'EMPTY'
  | 'BINARY'
  | 'NOT_UTF8'
  | 'MISSING_COLUMNS'
  | 'DUPLICATE_COLUMNS'
  | 'TOO_LARGE'
  | 'LINE_TOO_LONG'
  | 'UNCLOSED_QUOTE'

/**
 * `message` is for the contractor; `facts` are what a program needs to act. Rows that were read before the fault have
 * been handed out already: whoever stores them must store all or nothing.
 */
export class ImportFault extends Error {
  override readonly name = 'ImportFault'
  readonly code: ImportFaultCode
  readonly facts: Readonly<Record<string, unknown>>

  constructor(
    code: ImportFaultCode,
    message: string,
    facts: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.facts = facts
  }
}
