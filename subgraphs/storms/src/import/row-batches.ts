/** What every imported file has in common: a header, rows taken or rejected one by one, ids that come once. */
import { csvRecords } from './csv-records.ts'
import type { CsvRecord } from './csv-records.ts'
import { ImportFault } from './import-fault.ts'
import type { ImportLimits } from './import-limits.ts'
import { BATCH_ROWS } from './import-limits.ts'
import { seenIds } from './seen-ids.ts'
import type { SeenIds } from './seen-ids.ts'

export type Rejection = {
  /** Physical line on which the record starts; the file's first line is 1. */
  readonly line: number
  /** A sentence for the contractor. */
  readonly reason: string
  /** The column at fault, where it is one. */
  readonly field?: string
  /** Set where the row names something that an earlier row named. */
  readonly duplicate?: true
}

/** `lines` are the physical lines of the accepted rows, in their order. */
export type RowBatch<Row> = {
  readonly accepted: Row[]
  readonly lines: number[]
  readonly rejected: Rejection[]
}

/** Why one row is not taken. */
export type Refusal = { readonly refused: string; readonly field?: string }

/** PASSED_OVER: neither accepted nor rejected, by the wish of whoever imports. */
export type RowReading<Row> = Row | Refusal | 'PASSED_OVER'

export type RowPlan<Row> = {
  /** Values in the header, and so in every row. */
  readonly width: number
  readonly read: (fields: readonly string[]) => RowReading<Row>
  readonly idColumn: string
  readonly ignored: readonly string[]
}

export type RowTally = {
  readonly accepted: number
  readonly rejected: number
  readonly passedOver: number
  /** Columns of the file that are not read, as it writes them. */
  readonly ignoredColumns: readonly string[]
}

const isBlank = (fields: readonly string[]): boolean => fields.every((field) => field.trim() === '')

const isRefusal = (reading: object): reading is Refusal => 'refused' in reading

const countsDiffer = (record: CsvRecord, width: number): string => {
  const counts = `has ${record.fields.length} value${record.fields.length === 1 ? '' : 's'} where the header has ${width}`
  if (record.lines === 1) return `The line ${counts}`
  return `The record ${counts}, and runs over ${record.lines} lines: a quote (") is probably not closed`
}

const rejected = (line: number, reason: string, field?: string): { readonly rejection: Rejection } => ({
  rejection: field === undefined ? { line, reason } : { line, reason, field },
})

type Outcome<Row> =
  | { readonly row: Row; readonly line: number }
  | { readonly rejection: Rejection }
  | 'PASSED_OVER'
  | 'BLANK'

const outcomeOf = <Row extends { readonly externalId: string }>(
  record: CsvRecord,
  plan: RowPlan<Row>,
  seen: SeenIds,
): Outcome<Row> => {
  const { line, fields } = record
  if (fields[0] === '' && isBlank(fields)) return 'BLANK'
  if (fields.length !== plan.width) return rejected(line, countsDiffer(record, plan.width))
  if (record.strayQuote) {
    return rejected(line, `The record runs over ${record.lines} lines: a quote (") is probably not closed`)
  }
  if (record.unreadable) {
    return rejected(line, 'The line has characters that are not UTF-8: save the file as "CSV UTF-8"')
  }
  const reading = plan.read(fields)
  if (reading === 'PASSED_OVER') return 'PASSED_OVER'
  if (isRefusal(reading)) {
    return isBlank(fields) ? 'BLANK' : rejected(line, reading.refused, reading.field)
  }
  const first = seen.firstLineOf(reading.externalId, line)
  if (first === null) return { row: reading, line }
  const reason = `${plan.idColumn} '${reading.externalId}' was already on line ${first}`
  return { rejection: { line, reason, field: plan.idColumn, duplicate: true } }
}

/**
 * Batches of at most BATCH_ROWS rows, accepted and rejected together, each made only when it is asked for. `planFor`
 * gets the first line that is not blank. A row that is rejected leaves its id free for a later row; blank lines, also
 * those of delimiters only, are no rows. Throws ImportFault, and then the batch that was being filled is not handed out.
 */
export const rowBatches = async function* <Row extends { readonly externalId: string }>(
  source: AsyncIterable<Uint8Array>,
  limits: ImportLimits,
  planFor: (header: readonly string[]) => RowPlan<Row>,
): AsyncGenerator<RowBatch<Row>, RowTally> {
  const seen = seenIds()
  const tally = { accepted: 0, rejected: 0, passedOver: 0 }
  let plan: RowPlan<Row> | null = null
  let batch: RowBatch<Row> = { accepted: [], lines: [], rejected: [] }
  for await (const records of csvRecords(source, limits)) {
    for (const record of records) {
      if (plan === null) {
        if (!isBlank(record.fields)) plan = planFor(record.fields)
        continue
      }
      const outcome = outcomeOf(record, plan, seen)
      if (outcome === 'BLANK') continue
      if (outcome === 'PASSED_OVER') {
        tally.passedOver++
        continue
      }
      if ('row' in outcome) {
        batch.accepted.push(outcome.row)
        batch.lines.push(outcome.line)
        tally.accepted++
      } else {
        batch.rejected.push(outcome.rejection)
        tally.rejected++
      }
      if (batch.accepted.length + batch.rejected.length === BATCH_ROWS) {
        yield batch
        batch = { accepted: [], lines: [], rejected: [] }
      }
    }
  }
  if (batch.accepted.length + batch.rejected.length > 0) yield batch
  if (plan === null)
    throw new ImportFault('EMPTY', 'The file is empty. Its first line must name the columns.')
  return { ...tally, ignoredColumns: plan.ignored }
}
