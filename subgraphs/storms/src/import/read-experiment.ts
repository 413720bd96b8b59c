/** An experiment that was run elsewhere, one line per customer: which arm, whether it converted, and for how much. */
import { idCell, isRefused, numberCell, refuse, shown, textCell, yesNoCell } from './cell-values.ts'
import type { Cell } from './cell-values.ts'
import { matchColumns } from './csv-header.ts'
import type { ImportLimits } from './import-limits.ts'
import { minorUnitsOf } from './money-text.ts'
import type { AmountFault, MinorUnitDigits } from './money-text.ts'
import { EXTERNAL_ID_CHARACTERS } from './property-columns.ts'
import { rowBatches } from './row-batches.ts'
import type { Refusal, RowBatch, RowPlan, RowReading } from './row-batches.ts'

/** Names of the file's columns, in any case; and what the arm's column says. */
export type ExperimentColumns = {
  readonly id: string
  readonly arm: string
  /** The arm's value that means treatment, and the one that means control; case and outer blanks do not count. */
  readonly treat: string
  readonly control: string
  readonly converted: string
  /** In major units ("29.99"). */
  readonly value?: string
  readonly score?: string
  readonly segments: readonly string[]
}

export type ExperimentRow = {
  readonly externalId: string
  readonly arm: 'TREAT' | 'CONTROL'
  readonly converted: boolean
  readonly valueMinorUnits: number | null
  readonly score: number | null
  /** By the names of `ExperimentColumns.segments`; an empty cell is left out. */
  readonly segments: Readonly<Record<string, string>>
}

export type ExperimentLimits = ImportLimits & {
  /** 2 where it is left out. */
  readonly minorUnitDigits?: MinorUnitDigits
  /** A row of a third arm is rejected, unless it is only to be counted. */
  readonly otherArms?: 'REJECT' | 'COUNT'
}

export type ExperimentBatch = RowBatch<ExperimentRow>

export type ExperimentTally = {
  readonly accepted: number
  readonly rejected: number
  /** Rows of other arms that were counted and not taken. */
  readonly otherArm: number
  readonly ignoredColumns: readonly string[]
}

const SEGMENT_CHARACTERS = 200
/** Far beyond any score's meaning, and small enough that sums of a million of them stay exact. */
export const SCORE = { min: -1e6, max: 1e6 }

const AMOUNT_REASONS: Readonly<Record<AmountFault, string>> = {
  NOT_A_NUMBER: 'must be an amount such as 29.99',
  NEGATIVE: 'must not be negative',
  TOO_MANY_DECIMALS: "has more decimals than the currency's smallest unit",
  TOO_LARGE: 'is too large',
}

const amountCell = (cell: string, field: string, digits: MinorUnitDigits): Cell<number> => {
  const text = cell.trim()
  if (text === '') return null
  const amount = minorUnitsOf(text, digits)
  return typeof amount === 'number' ? amount : refuse(field, `${AMOUNT_REASONS[amount]}: '${shown(text)}'`)
}

const armReader = (columns: ExperimentColumns): ((cell: string) => ExperimentRow['arm'] | null) => {
  const treat = columns.treat.trim().toLowerCase()
  const control = columns.control.trim().toLowerCase()
  return (cell) => {
    const arm = cell.trim().toLowerCase()
    if (arm === treat) return 'TREAT'
    return arm === control ? 'CONTROL' : null
  }
}

type Places = { readonly indexOf: (name: string) => number }

/** Of the segments' cells, the ones that say something. */
const segmentsOf = (
  fields: readonly string[],
  segments: readonly string[],
  places: Places,
): { readonly said: Readonly<Record<string, string>> } | Refusal => {
  const said: Record<string, string> = {}
  for (const name of segments) {
    const text = textCell(fields[places.indexOf(name)] ?? '', name, SEGMENT_CHARACTERS)
    if (isRefused(text)) return text
    if (text !== null) said[name] = text
  }
  return { said }
}

const wantedColumns = (columns: ExperimentColumns): { name: string; required: true }[] =>
  [columns.id, columns.arm, columns.converted, columns.value, columns.score, ...columns.segments]
    .filter((name) => name !== undefined)
    .map((name) => ({ name, required: true }))

const planFor =
  (columns: ExperimentColumns, limits: ExperimentLimits) =>
  (header: readonly string[]): RowPlan<ExperimentRow> => {
    const places = matchColumns(header, wantedColumns(columns))
    const armOf = armReader(columns)
    const digits = limits.minorUnitDigits ?? 2

    const read = (fields: readonly string[]): RowReading<ExperimentRow> => {
      const cell = (name: string | undefined): string =>
        name === undefined ? '' : (fields[places.indexOf(name)] ?? '')
      const externalId = idCell(cell(columns.id), columns.id, EXTERNAL_ID_CHARACTERS)
      if (isRefused(externalId)) return externalId
      const arm = armOf(cell(columns.arm))
      if (arm === null) {
        if (limits.otherArms === 'COUNT') return 'PASSED_OVER'
        const said = shown(cell(columns.arm).trim())
        return refuse(columns.arm, `must be '${columns.treat}' or '${columns.control}', but is '${said}'`)
      }
      const converted = yesNoCell(cell(columns.converted), columns.converted)
      if (converted === null) return refuse(columns.converted, 'is empty')
      if (isRefused(converted)) return converted
      const valueMinorUnits = amountCell(cell(columns.value), columns.value ?? '', digits)
      if (isRefused(valueMinorUnits)) return valueMinorUnits
      if (!converted && valueMinorUnits !== null && valueMinorUnits > 0) {
        const amount = cell(columns.value).trim()
        return refuse(columns.value ?? '', `is ${amount}, a value without conversion`)
      }
      const score = numberCell(cell(columns.score), columns.score ?? '', SCORE)
      if (isRefused(score)) return score
      const segments = segmentsOf(fields, columns.segments, places)
      if (isRefused(segments)) return segments
      return { externalId, arm, converted, valueMinorUnits, score, segments: segments.said }
    }
    return { width: places.width, read, idColumn: columns.id, ignored: places.ignored }
  }

/**
 * Customers of a CSV file in batches of at most 1,000 rows, pulled lazily from the source. Every column that is named
 * must be there (MISSING_COLUMNS). Throws ImportFault where the file as a whole cannot be read.
 */
export const readExperiment = async function* (
  source: AsyncIterable<Uint8Array>,
  columns: ExperimentColumns,
  limits: ExperimentLimits = {},
): AsyncGenerator<ExperimentBatch, ExperimentTally> {
  const tally = yield* rowBatches(source, limits, planFor(columns, limits))
  const { accepted, rejected, passedOver, ignoredColumns } = tally
  return { accepted, rejected, otherArm: passedOver, ignoredColumns }
}
