/**
 * Printing occupies its thread from start to end, so a server prints in a thread of its own, one per document: what
 * the compiler remembers ends with the thread, and a document that hangs hurts no other. Here are both ends.
 */
import { parentPort, Worker, workerData } from 'node:worker_threads'
import { PrintError } from './print-error.ts'
import type { PrintFailure } from './print-error.ts'
import type { PrintedPdf } from './typesetter.ts'

/** A document takes well under a second; after this it hangs. */
const PRINTING_TIMEOUT_MS = 30_000

type Answer =
  | { readonly kind: 'printed'; readonly printed: PrintedPdf }
  | { readonly kind: 'failed'; readonly failure: PrintFailure; readonly detail: string }

/**
 * Starts the module `thread`, which must call `answerPrinting`, with a task that can be cloned. Rejects with
 * PrintError: TIMEOUT after `timeoutMs` (the thread is told to end; native code in it may finish its step first),
 * THREAD when it died.
 */
export const printInThread = (
  thread: URL,
  task: unknown,
  { timeoutMs = PRINTING_TIMEOUT_MS }: { readonly timeoutMs?: number } = {},
): Promise<PrintedPdf> => {
  // The flags of the server (preloaded instrumentation, inspectors) are not for a thread that lives half a second.
  const worker = new Worker(thread, { workerData: task, execArgv: [] })
  const { promise, resolve, reject } = Promise.withResolvers<PrintedPdf>()
  const timer = setTimeout(
    () => reject(new PrintError('TIMEOUT', `no answer after ${timeoutMs} ms`)),
    timeoutMs,
  )
  worker.once('message', (answer: Answer) => {
    if (answer.kind === 'printed') resolve(answer.printed)
    else reject(new PrintError(answer.failure, answer.detail))
  })
  worker.once('error', (cause) => reject(new PrintError('THREAD', 'the thread died', { cause })))
  worker.once('exit', (code) => reject(new PrintError('THREAD', `the thread ended with code ${code}`)))
  return promise.finally(() => {
    clearTimeout(timer)
    // Not awaited: the answer is there, and ending a thread inside native code takes until that code returns.
    void worker.terminate()
  })
}

/** In the thread: prints the one task it was started with, and answers. */
export const answerPrinting = (print: (task: never) => PrintedPdf): void => {
  // Only `printInThread` starts such a thread, and whoever calls it gives the task that its module is for.
  const answer = answerTo(() => print(workerData as never))
  parentPort?.postMessage(answer, answer.kind === 'printed' ? [answer.printed.pdf.buffer] : [])
}

const answerTo = (print: () => PrintedPdf): Answer => {
  try {
    return { kind: 'printed', printed: print() }
  } catch (error) {
    if (!(error instanceof PrintError)) throw error
    const cause = error.cause instanceof Error ? ` (${error.cause.message})` : ''
    return { kind: 'failed', failure: error.failure, detail: `${error.detail}${cause}` }
  }
}
