/**
 * How long does a million properties of an uploaded file take, against COPY of the same rows by the driver, and how much
 * memory? The product's side is the upload's job in a process of its own: it reads CSV, judges every cell, turns
 * duplicates away, and writes through row security in one transaction. COPY gets rows that were made beforehand and a
 * table with the same columns, checks and indexes, but without row security.
 */
import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { from as copyFrom } from 'pg-copy-streams'
import { uploadPath } from '../subgraphs/storms/src/commands/create-upload.ts'
import { withBenchDatabase } from './bench-database.ts'
import type { BenchDatabase } from './bench-database.ts'
import { median, timed } from './bench-result.ts'
import type { BenchResult } from './bench-result.ts'
import type { ImportFigures, ImportOrder } from './import-process.ts'
import { COPY_COLUMNS, writeCopyRows, writeCsv } from './storm-files.ts'

const PROPERTIES = 1_000_000
const WARM_UP_PROPERTIES = 50_000
const ROUNDS = 2
const GOAL_RATIO = 3
const GOAL_MEGABYTES = 400
const BYTES_PER_MEGABYTE = 1_000_000
const MILLISECONDS_PER_SECOND = 1_000

/** As the product's own scripts start it. */
const YOUNG_GENERATION = '--max-semi-space-size=16'

const IMPORT_PROCESS = fileURLToPath(new URL('import-process.ts', import.meta.url))

type Size = { readonly properties: number; readonly uploadId: string; readonly copyFile: string }

/** Takes one to two minutes. */
export const benchImport = (): Promise<BenchResult> =>
  withBenchDatabase(async (database) => {
    const [tenantId, stormId] = [randomUUID(), randomUUID()]
    await database.admin.query(
      `create schema bench; create table bench.property (like storms.property including all)`,
    )
    await insertStorm(database, tenantId, stormId)
    const sizes = { warmUp: await filesOf(WARM_UP_PROPERTIES), full: await filesOf(PROPERTIES) }
    await importOnce(database, tenantId, stormId, sizes.warmUp)
    await copyOnce(database, sizes.warmUp)
    const imports: ImportFigures[] = []
    const copies: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      imports.push(await importOnce(database, tenantId, stormId, sizes.full))
      copies.push(await copyOnce(database, sizes.full))
    }
    return resultOf(imports, copies)

    async function filesOf(properties: number): Promise<Size> {
      const uploadId = randomUUID()
      const copyFile = join(database.home, `${uploadId}.copy`)
      await writeCsv({
        path: join(database.home, 'files/tenants', tenantId, uploadPath(uploadId)),
        properties,
      })
      await writeCopyRows({ path: copyFile, properties }, tenantId, stormId)
      return { properties, uploadId, copyFile }
    }
  })

const insertStorm = async ({ admin }: BenchDatabase, tenantId: string, stormId: string): Promise<void> => {
  await admin.query(
    `insert into storms.storm (tenant_id, id, event_id, name, starts_at, ends_at, salt, created_at)
     values ($1, $2, 'bench', 'Bench', now(), now() + interval '14 days', 'bench', now())`,
    [tenantId, stormId],
  )
}

/** Both sides begin with an empty table and with nothing left to write out of what was before. */
const emptied = async ({ admin }: BenchDatabase): Promise<void> => {
  await admin.query('truncate storms.property, bench.property')
  await admin.query('checkpoint')
}

const importOnce = async (
  database: BenchDatabase,
  tenantId: string,
  stormId: string,
  { uploadId, properties }: Size,
): Promise<ImportFigures> => {
  const { admin, adminSettings, secret, home } = database
  const importId = randomUUID()
  await emptied(database)
  await admin.query(
    `insert into storms.property_import (tenant_id, id, storm_id, status, created_at) values ($1, $2, $3, 'QUEUED', now())`,
    [tenantId, importId, stormId],
  )
  const order: ImportOrder = { admin: adminSettings, secret, home, tenantId, stormId, importId, uploadId }
  const figures = await importIn(order)
  const { rows } = await admin.query<{ status: string; rows_accepted: number }>(
    'select status, rows_accepted from storms.property_import where id = $1',
    [importId],
  )
  if (rows[0]?.status !== 'COMPLETED' || rows[0].rows_accepted !== properties)
    throw new Error(`The import did not take every property: ${JSON.stringify(rows)}`)
  return figures
}

const importIn = async (order: ImportOrder): Promise<ImportFigures> => {
  const child = fork(IMPORT_PROCESS, { execArgv: [YOUNG_GENERATION] })
  const answered = once(child, 'message')
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`The importing process ended with ${code}.`)
  })
  child.send(order)
  // Its end after the answer is none of a failure.
  failed.catch(() => {})
  // The process sends one message, of this type.
  const [figures] = (await Promise.race([answered, failed])) as [ImportFigures]
  await failed.catch(() => {})
  return figures
}

const copyOnce = async (database: BenchDatabase, { copyFile, properties }: Size): Promise<number> => {
  await emptied(database)
  const { admin } = database
  const { milliseconds, answer } = await timed(async () => {
    const stream = admin.query(copyFrom(`copy bench.property (${COPY_COLUMNS}) from stdin`))
    await pipeline(createReadStream(copyFile), stream)
    return stream.rowCount
  })
  if (answer !== properties) throw new Error(`COPY took ${answer} rows of ${properties}.`)
  return milliseconds
}

const resultOf = (imports: readonly ImportFigures[], copies: readonly number[]): BenchResult => {
  const seconds = (values: readonly number[]): number => median(values) / MILLISECONDS_PER_SECOND
  const imported = seconds(imports.map(({ milliseconds }) => milliseconds))
  const copied = seconds(copies)
  const peak = Math.max(...imports.map(({ residentPeak }) => residentPeak)) / BYTES_PER_MEGABYTE
  const before = median(imports.map(({ residentBefore }) => residentBefore)) / BYTES_PER_MEGABYTE
  const ratio = imported / copied
  return {
    name: 'import',
    rows: [
      { what: '1,000,000 properties: the job of an uploaded file', value: imported, unit: 's' },
      { what: '1,000,000 properties: COPY of the same rows', value: copied, unit: 's' },
      { what: 'properties of a file', value: PROPERTIES / imported, unit: 'rows/s' },
      { what: 'resident memory of the importing process, most', value: peak, unit: 'MB' },
      { what: 'resident memory of the importing process, before', value: before, unit: 'MB' },
    ],
    ratio,
    goal: `within ${GOAL_RATIO}× of COPY, and under ${GOAL_MEGABYTES} MB`,
    met: ratio <= GOAL_RATIO && peak < GOAL_MEGABYTES,
  }
}
