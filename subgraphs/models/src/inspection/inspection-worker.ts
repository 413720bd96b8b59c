/**
 * A stranger's artifact is read in a thread of its own, with bounds on time and memory: reading occupies a thread
 * from start to end, and the one that answers requests belongs to all tenants.
 */
import { Worker } from 'node:worker_threads'
import type { Inspection, UpliftPairTexts } from '../domain/artifact.ts'
import type { Arm } from './read-uplift-pair.ts'

/** The worst pair of the largest size takes a third of a second; an answer must come before the request's deadline of 8 s. */
const TIMEOUT_MS = 6_000
/** The hungriest text of the largest size needs less than 96. Nodes lie outside of this heap and have bounds of their own. */
const HEAP_MB = 128

export type InspectionBounds = { readonly timeoutMs: number; readonly heapMb: number }

export type ThreadMessage =
  | { readonly kind: 'reading'; readonly arm: Arm }
  | { readonly kind: 'done'; readonly inspection: Inspection }

/** Resolves when the thread is gone. Rejects only when the thread broke for a reason that is not the artifact's. */
export const inspectInWorker = async (
  texts: UpliftPairTexts,
  { timeoutMs, heapMb }: InspectionBounds = { timeoutMs: TIMEOUT_MS, heapMb: HEAP_MB },
): Promise<Inspection> => {
  const worker = new Worker(new URL('./inspection-thread.ts', import.meta.url), {
    workerData: texts,
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
    // Neither the server's flags nor its secrets are for a thread that reads a stranger's file.
    execArgv: [],
    env: {},
  })
  const { promise, resolve, reject } = Promise.withResolvers<Inspection>()
  let arm: Arm = 'treated'
  const tooLarge = (message: string): void =>
    resolve({ kind: 'refused', refusal: { code: 'TOO_LARGE', path: arm, message } })
  const timer = setTimeout(
    () =>
      tooLarge(`The artifact takes more than ${timeoutMs / 1000} seconds to read. Train a smaller model.`),
    timeoutMs,
  )
  worker.on('message', (message: ThreadMessage) => {
    if (message.kind === 'reading') arm = message.arm
    else resolve(message.inspection)
  })
  worker.once('error', (error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
      tooLarge(`The artifact takes more than ${heapMb} MB of memory to read. Train a smaller model.`)
    } else reject(error)
  })
  worker.once('exit', (code) => reject(new Error(`the inspecting thread ended with code ${code}`)))
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
