import { defineCommand } from '@stormops/chassis/command'
import { BULK_DEADLINE_MS } from '@stormops/chassis/database/database'
import type { TenantFiles } from '@stormops/chassis/files/tenant-files'
import { tenantProfile } from '@stormops/tenancy/port'
import { costFault, importedDesign } from '../domain/pilot-design.ts'
import type { CostInput } from '../domain/pilot-design.ts'
import { ImportFault } from '../import/import-fault.ts'
import { readExperiment, SCORE } from '../import/read-experiment.ts'
import type { ExperimentColumns, ExperimentRow } from '../import/read-experiment.ts'
import { closePilotJob } from '../jobs/pilot-jobs.ts'
import { ZERO_CHARACTER } from '../domain/storm.ts'
import type { StormsStores } from '../stores.ts'
import { uploadPath } from './create-upload.ts'
import { MOST_REJECTIONS_SHOWN, MOST_ROWS_OF_A_REQUEST } from './record-outcomes.ts'

export type ImportExperiment = CostInput & {
  readonly name: string
  readonly source:
    | { readonly kind: 'rows'; readonly rows: readonly ExperimentRow[] }
    | { readonly kind: 'upload'; readonly uploadId: string; readonly columns: ExperimentColumns }
  readonly expectedTreatShare: number | null
  readonly currency: string | null
}

export type LineRejection = { readonly line: number; readonly reason: string }

export type ImportExperimentResult =
  | { readonly kind: 'ok'; readonly pilotId: string; readonly rowsAccepted: number }
  | { readonly kind: 'rows-refused'; readonly rejections: readonly LineRejection[]; readonly refused: number }
  | { readonly kind: 'file-refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

const NAME_LENGTH = 200
/** How JSON writes the character that PostgreSQL takes neither in text nor in JSON. */
const ZERO_IN_JSON = '\\u0000'

/** Rows are all taken or none: an experiment with lines left out would not be the experiment that was run. */
export const importExperiment = (files: TenantFiles) =>
  defineCommand<ImportExperiment, ImportExperimentResult, StormsStores>({
    name: 'storms.importExperiment',
    permission: 'pilots:run',
    statementTimeoutMs: BULK_DEADLINE_MS,
    audit: (_input, { pilotId, rowsAccepted }) => ({
      subjectKind: 'pilot',
      subjectId: pilotId,
      detail: { rowsAccepted },
    }),
    run: async ({ tx, stores, clock, newId, queue }, input) => {
      const tenant = await tenantProfile(tx)
      const currency = input.currency ?? tenant.currency
      const fault = inputFault(input, currency)
      if (fault !== null) return { kind: 'invalid', ...fault }
      const source = await openSource(stores, files, tx.tenantId, input)
      if (source.kind !== 'open') return source
      const pilotId = newId()
      const name = input.name.trim()
      const design = (rows: number) =>
        importedDesign({
          name,
          tenantName: tenant.name,
          rows,
          expectedTreatShare: input.expectedTreatShare,
          currency,
          cost: input.cost?.minorUnits ?? null,
          crewHours: input.crewHours,
        })
      await stores.pilots.insert({
        id: pilotId,
        kind: 'IMPORTED',
        name,
        stormId: null,
        status: 'MEASURING',
        design: design(0),
        report: null,
        inputHash: null,
        pdfSha256: null,
        startedAt: clock.now(),
        completedAt: null,
      })
      const read = await storeRows(stores, pilotId, source.batches)
      if (read.kind !== 'stored') return read
      if (read.rows === 0) return { kind: 'invalid', field: 'rows', message: 'The experiment has no rows.' }
      await stores.pilots.update(pilotId, { design: design(read.rows) })
      await queue.enqueue(tx, closePilotJob, { pilotId })
      return { kind: 'ok', pilotId, rowsAccepted: read.rows }
    },
  })

type Batch = { readonly accepted: readonly ExperimentRow[]; readonly rejected: readonly LineRejection[] }

const inputFault = (input: ImportExperiment, currency: string): { field: string; message: string } | null => {
  const name = input.name.trim()
  if (name === '' || name.length > NAME_LENGTH || name.includes(ZERO_CHARACTER)) {
    return { field: 'name', message: `The name has 1 to ${NAME_LENGTH} characters, none of them zero.` }
  }
  const share = input.expectedTreatShare
  if (share !== null && !(share > 0 && share < 1)) {
    return { field: 'expectedTreatShare', message: `The share is between 0 and 1, and is ${share}.` }
  }
  if (!/^[A-Z]{3}$/.test(currency)) return { field: 'currency', message: `${currency} is no ISO 4217 code.` }
  if (input.source.kind === 'rows' && input.source.rows.length > MOST_ROWS_OF_A_REQUEST) {
    return {
      field: 'rows',
      message: `A request carries up to ${MOST_ROWS_OF_A_REQUEST} rows; upload a file for more.`,
    }
  }
  return costFault(input, currency)
}

const openSource = async (
  stores: StormsStores,
  files: TenantFiles,
  tenantId: string,
  { source }: ImportExperiment,
) => {
  if (source.kind === 'rows') return { kind: 'open' as const, batches: givenRows(source.rows) }
  const upload = await stores.imports.maybeUpload(source.uploadId)
  if (upload === null) return { kind: 'not-found' as const }
  if (!(await files.exists(tenantId, uploadPath(upload.id)))) {
    return {
      kind: 'invalid' as const,
      field: 'uploadId',
      message: 'The upload has no file yet: PUT it to the upload’s url first.',
    }
  }
  const stream = await files.stream(tenantId, uploadPath(upload.id))
  return { kind: 'open' as const, batches: readExperiment(stream, source.columns) }
}

/** The rows of a request, held to the same rules as a file's; their place counts as the line. */
const givenRows = async function* (rows: readonly ExperimentRow[]): AsyncGenerator<Batch> {
  const seen = new Set<string>()
  const rejected = rows.flatMap((row, place) => {
    const reason = rowFault(row, seen.has(row.externalId))
    seen.add(row.externalId)
    return reason === null ? [] : [{ line: place, reason }]
  })
  yield { accepted: rejected.length > 0 ? [] : rows, rejected }
}

const rowFault = (row: ExperimentRow, repeated: boolean): string | null => {
  const { length } = row.externalId
  if (length === 0 || length > NAME_LENGTH || row.externalId.includes(ZERO_CHARACTER))
    return `The id has 1 to ${NAME_LENGTH} characters, none of them zero.`
  if (JSON.stringify(row.segments).includes(ZERO_IN_JSON)) return 'A segment has a zero character.'
  if (repeated) return `The id '${row.externalId}' is there twice.`
  if (row.score !== null && !(row.score >= SCORE.min && row.score <= SCORE.max)) {
    return `The score is from ${SCORE.min} to ${SCORE.max}, and is ${row.score}.`
  }
  if (row.valueMinorUnits === null) return null
  if (row.valueMinorUnits < 0) return `The value ${row.valueMinorUnits} is negative.`
  return !row.converted && row.valueMinorUnits > 0 ? 'A value needs a conversion: converted is false.' : null
}

const storeRows = async (stores: StormsStores, pilotId: string, batches: AsyncIterable<Batch>) => {
  let rows = 0
  let refused = 0
  const rejections: LineRejection[] = []
  try {
    for await (const batch of batches) {
      refused += batch.rejected.length
      rejections.push(...batch.rejected.slice(0, MOST_REJECTIONS_SHOWN - rejections.length))
      if (refused === 0) await stores.pilots.insertRows(pilotId, batch.accepted)
      rows += batch.accepted.length
    }
  } catch (error) {
    if (error instanceof ImportFault)
      return { kind: 'file-refused' as const, code: error.code, message: error.message }
    throw error
  }
  if (refused > 0) return { kind: 'rows-refused' as const, rejections, refused }
  return { kind: 'stored' as const, rows }
}
