/** A contractor's list of properties, line by line: good lines become rows, others a reason with their line number. */
import { FEATURE_COLUMNS } from '../domain/feature-columns.ts'
import type { FeatureColumn } from '../domain/feature-columns.ts'
import { idCell, isRefused, numberCell, refuse, shown, textCell, yesNoCell } from './cell-values.ts'
import type { Cell } from './cell-values.ts'
import { matchColumns } from './csv-header.ts'
import type { WantedColumn } from './csv-header.ts'
import type { ImportLimits } from './import-limits.ts'
import {
  ADDRESS_CHARACTERS,
  CITY_CHARACTERS,
  EMAIL_CHARACTERS,
  EXTERNAL_ID_ALIASES,
  EXTERNAL_ID_CHARACTERS,
  EXTERNAL_ID_COLUMN,
  FEATURE_RANGES,
  LATITUDE,
  LONGITUDE,
  OWNER_NAME_CHARACTERS,
  PERSONA_CHARACTERS,
  PHONE_CHARACTERS,
  STATE_CHARACTERS,
  SUPPRESSIONS,
  ZIP_CHARACTERS,
} from './property-columns.ts'
import type { Suppression } from './property-columns.ts'
import { rowBatches } from './row-batches.ts'
import type { Refusal, RowBatch, RowPlan } from './row-batches.ts'

export type { Rejection } from './row-batches.ts'

export type PropertyRow = {
  /** 1–200 characters, no control characters; unique within the file. */
  readonly externalId: string
  readonly address: string | null
  readonly city: string | null
  readonly state: string | null
  /** `75001` or `75001-1234`; a postal code of another kind as it stands. */
  readonly zip: string | null
  readonly persona: string | null
  readonly ownerName: string | null
  readonly ownerPhone: string | null
  readonly ownerEmail: string | null
  /** Degrees. */
  readonly latitude: number | null
  readonly longitude: number | null
  readonly suppressed: Suppression | null
  /** In the order of FEATURE_COLUMNS; null is unknown. */
  readonly features: readonly (number | null)[]
}

export type PropertyBatch = RowBatch<PropertyRow>

export type ImportTally = {
  readonly accepted: number
  readonly rejected: number
  /** Columns of the file that are not read, as it writes them. */
  readonly ignoredColumns: readonly string[]
}

const NINE_DIGITS = /^(\d{5})(\d{4})$/

const zipCell = (cell: string): Cell<string> => {
  const zip = textCell(cell, 'zip', ZIP_CHARACTERS)
  return typeof zip === 'string' && zip.length === 9 ? zip.replace(NINE_DIGITS, '$1-$2') : zip
}

/** A word we do not know is refused rather than passed over: it may mean that the owner opted out. */
const suppressionCell = (cell: string): Cell<Suppression> => {
  const text = cell.trim()
  if (text === '') return null
  const word = text.toUpperCase().replaceAll(/[\s-]+/g, '_')
  const known = SUPPRESSIONS.find((suppression) => suppression === word)
  return known ?? refuse('suppressed', `must be ${SUPPRESSIONS.join(', ')} or empty, but is '${shown(text)}'`)
}

const featureCell = (cell: string, column: FeatureColumn): Cell<number> => {
  const range = FEATURE_RANGES[column]
  if (range !== 'YES_NO') return numberCell(cell, column, range)
  const answer = yesNoCell(cell, column)
  return typeof answer === 'boolean' ? Number(answer) : answer
}

const named = (name: string): WantedColumn => ({ name })

const WANTED: readonly WantedColumn[] = [
  { name: EXTERNAL_ID_COLUMN, aliases: EXTERNAL_ID_ALIASES, required: true },
  ...['address', 'city', 'state', 'zip', 'persona', 'owner_name', 'owner_phone', 'owner_email'].map(named),
  ...['latitude', 'longitude', 'suppressed'].map(named),
  ...FEATURE_COLUMNS.map(named),
]

const planFor = (header: readonly string[]): RowPlan<PropertyRow> => {
  const columns = matchColumns(header, WANTED)
  const at = new Map(WANTED.map(({ name }) => [name, columns.indexOf(name)]))
  const featureIndexes = FEATURE_COLUMNS.map((column) => ({ column, index: columns.indexOf(column) }))

  const read = (fields: readonly string[]): PropertyRow | Refusal => {
    let refusal: Refusal | null = null
    const cellAt = (index: number): string => (index < 0 ? '' : (fields[index] ?? ''))
    const cell = (name: string): string => cellAt(at.get(name) ?? -1)
    /** The value, or null while the row's first refusal is kept. */
    const value = <Value>(found: Cell<Value>): Value | null => {
      if (!isRefused(found)) return found
      refusal ??= found
      return null
    }
    const text = (name: string, maxCharacters: number): string | null =>
      value(textCell(cell(name), name, maxCharacters))

    const externalId = idCell(cell(EXTERNAL_ID_COLUMN), EXTERNAL_ID_COLUMN, EXTERNAL_ID_CHARACTERS)
    if (isRefused(externalId)) return externalId
    const row: PropertyRow = {
      externalId,
      address: text('address', ADDRESS_CHARACTERS),
      city: text('city', CITY_CHARACTERS),
      state: text('state', STATE_CHARACTERS),
      zip: value(zipCell(cell('zip'))),
      persona: text('persona', PERSONA_CHARACTERS),
      ownerName: text('owner_name', OWNER_NAME_CHARACTERS),
      ownerPhone: text('owner_phone', PHONE_CHARACTERS),
      ownerEmail: text('owner_email', EMAIL_CHARACTERS),
      latitude: value(numberCell(cell('latitude'), 'latitude', LATITUDE)),
      longitude: value(numberCell(cell('longitude'), 'longitude', LONGITUDE)),
      suppressed: value(suppressionCell(cell('suppressed'))),
      features: featureIndexes.map(({ column, index }) => value(featureCell(cellAt(index), column))),
    }
    return refusal ?? row
  }
  return { width: columns.width, read, idColumn: EXTERNAL_ID_COLUMN, ignored: columns.ignored }
}

/**
 * Properties of a CSV file in batches of at most 1,000 rows, pulled lazily from the source. The first line names the
 * columns, in any order and case, separated by commas, semicolons or tabs; only external_id (property_id, id) must be
 * there. Throws ImportFault where the file as a whole cannot be read.
 */
export const readProperties = async function* (
  source: AsyncIterable<Uint8Array>,
  limits: ImportLimits = {},
): AsyncGenerator<PropertyBatch, ImportTally> {
  const { accepted, rejected, ignoredColumns } = yield* rowBatches(source, limits, planFor)
  return { accepted, rejected, ignoredColumns }
}
