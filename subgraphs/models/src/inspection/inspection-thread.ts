/** The thread that inspects one artifact and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Inspection, UpliftPairTexts } from '../domain/artifact.ts'
import type { ThreadMessage } from './inspection-worker.ts'
import { readUpliftPair } from './read-uplift-pair.ts'

const tell = (message: ThreadMessage): void => parentPort?.postMessage(message)

const inspect = (texts: UpliftPairTexts): Inspection => {
  const reading = readUpliftPair(texts, (arm) => tell({ kind: 'reading', arm }))
  if (reading.kind === 'refused') return reading
  const { treated, control, featureNames } = reading.pair
  return { kind: 'ok', features: featureNames, treeCount: treated.treeCount + control.treeCount }
}

// Only `inspectInWorker` starts this thread, and always with the texts of a pair.
tell({ kind: 'done', inspection: inspect(workerData as UpliftPairTexts) })
