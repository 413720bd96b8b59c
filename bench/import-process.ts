/** A process that does one thing: it runs the job of an uploaded file, and says how long and how large it was. */
import { readFileSync } from 'node:fs'
import { systemClock } from '@stormops/chassis/clock'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { appConnection } from '@stormops/chassis/database/migrate'
import { openDatabase } from '@stormops/chassis/database/database'
import type { Tx } from '@stormops/chassis/database/transaction'
import { localFiles } from '@stormops/chassis/files/tenant-files'
import { systemActor } from '@stormops/chassis/identity'
import { stepRunner } from '@stormops/chassis/jobs/steps'
import { createLog } from '@stormops/chassis/telemetry/log'
import { importPropertiesHandler } from '../subgraphs/storms/src/jobs/import-properties.ts'
import { entities } from '../subgraphs/storms/src/store/entities.ts'
import { storesOf } from '../subgraphs/storms/src/subgraph.ts'
import { timed } from './bench-result.ts'

export type ImportOrder = {
  readonly admin: ConnectionSettings
  readonly secret: string
  readonly home: string
  readonly tenantId: string
  readonly stormId: string
  readonly importId: string
  readonly uploadId: string
}

export type ImportFigures = {
  readonly milliseconds: number
  /** Bytes: before the import began, and the most at any moment of the process's life. */
  readonly residentBefore: number
  readonly residentPeak: number
}

const SAMPLE_MILLISECONDS = 20
const BYTES_PER_KILOBYTE = 1024

/** What the kernel remembers (Linux), which no sample misses; 0 elsewhere. */
const highWaterMark = (): number => {
  try {
    const found = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))
    return Number(found?.[1] ?? 0) * BYTES_PER_KILOBYTE
  } catch {
    return 0
  }
}

const runImport = async (order: ImportOrder): Promise<ImportFigures> => {
  const { admin, secret, home, tenantId, importId, stormId, uploadId } = order
  const connection = appConnection(admin, secret)
  const database = await openDatabase({ name: 'storms', connection, entities, poolSize: 2 })
  // The next round reads the same file, which the job would remove.
  const files = { ...localFiles(home), remove: async () => undefined }
  const job = importPropertiesHandler(database, storesOf, files, systemClock)
  const context = {
    tenantId,
    jobId: importId,
    attempt: 1,
    actor: systemActor(tenantId, 'bench'),
    log: createLog('silent'),
    signal: new AbortController().signal,
    steps: (subject: string) => stepRunner(database, tenantId, subject),
    finish: <Result>(work: (tx: Tx) => Promise<Result>) => database.withTenant(tenantId, work),
  }
  const residentBefore = process.memoryUsage.rss()
  let largestSample = residentBefore
  const sample = (): void => {
    largestSample = Math.max(largestSample, process.memoryUsage.rss())
  }
  const sampling = setInterval(sample, SAMPLE_MILLISECONDS)
  const { milliseconds } = await timed(() => job.run(context, { importId, stormId, uploadId }))
  clearInterval(sampling)
  sample()
  await database.close()
  return { milliseconds, residentBefore, residentPeak: Math.max(largestSample, highWaterMark()) }
}

process.once('message', (order: ImportOrder) => {
  runImport(order).then(
    (figures) => process.send?.(figures, () => process.disconnect()),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
