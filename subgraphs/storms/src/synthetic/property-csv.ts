/** Properties as the CSV file that the import reads. */
import { FEATURE_COLUMNS } from '../domain/feature-columns.ts'
import type { PropertyRow } from '../import/read-properties.ts'

const HEADER = [
  'external_id',
  'address',
  'city',
  'state',
  'zip',
  'persona',
  'owner_name',
  'owner_phone',
  'owner_email',
  'latitude',
  'longitude',
  'suppressed',
  ...FEATURE_COLUMNS,
].join(',')

/** Properties in one piece of text: some 100 KB. */
const ROWS_PER_PIECE = 500

const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/

const cell = (value: string | number | null): string => {
  if (value === null) return ''
  const text = String(value)
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const line = (property: PropertyRow): string =>
  [
    property.externalId,
    property.address,
    property.city,
    property.state,
    property.zip,
    property.persona,
    property.ownerName,
    property.ownerPhone,
    property.ownerEmail,
    property.latitude,
    property.longitude,
    property.suppressed,
    ...property.features,
  ]
    .map(cell)
    .join(',')

/** The file in pieces of text, each made only when it is asked for. */
export const csvPieces = function* (properties: Iterable<PropertyRow>): Generator<string> {
  let piece = [HEADER]
  for (const property of properties) {
    piece.push(line(property))
    if (piece.length < ROWS_PER_PIECE) continue
    yield `${piece.join('\n')}\n`
    piece = []
  }
  if (piece.length > 0) yield `${piece.join('\n')}\n`
}

/** The whole file as one text; for more than some 100,000 properties take `csvPieces`. */
export const toCsv = (properties: Iterable<PropertyRow>): string => [...csvPieces(properties)].join('')
