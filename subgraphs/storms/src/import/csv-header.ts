/** The first line says how the columns are separated and what they are called; people write both in many ways. */
import { ImportFault } from './import-fault.ts'

/** In this order where two of them are equally frequent. */
export const DELIMITERS = [',', ';', '\t'] as const
export type Delimiter = (typeof DELIMITERS)[number]

const QUOTE = 0x22
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

/** A fault shows so many of the names that were found. */
const NAMES_SHOWN = 50

/**
 * Where the first line that is not blank ends (the index of its line break), or null while it has not ended. A line
 * break inside quotes does not end it.
 */
export const headerEnd = (bytes: Uint8Array): number | null => {
  let quoted = false
  let blank = true
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index]
    if (byte === QUOTE) quoted = !quoted
    const lineBreak = byte === LINE_FEED || byte === CARRIAGE_RETURN
    if (lineBreak && !quoted && !blank) return index
    if (!lineBreak) blank = false
  }
  return null
}

/** The one of comma, semicolon and tab that the header has most of, outside quotes; the comma where it has none. */
export const headerDelimiter = (header: string): Delimiter => {
  const unquoted = header.replaceAll(/"[^"]*"/g, '')
  let best: Delimiter = ','
  let most = 0
  for (const delimiter of DELIMITERS) {
    const count = unquoted.split(delimiter).length - 1
    if (count > most) {
      best = delimiter
      most = count
    }
  }
  return best
}

/** `Owner Name`, `owner-name` and `OWNER_NAME` are one column. */
export const columnName = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')

export type WantedColumn = {
  readonly name: string
  /** Other names, tried in this order when the first is absent. */
  readonly aliases?: readonly string[]
  readonly required?: boolean
}

export type MatchedColumns = {
  readonly width: number
  /** Index of a wanted column in the record, −1 where the file does not have it. */
  readonly indexOf: (name: string) => number
  /** The names, as the file writes them, of columns that are not read. */
  readonly ignored: readonly string[]
}

/** Finds the wanted columns in any order. Throws MISSING_COLUMNS or DUPLICATE_COLUMNS (of a column that is read). */
export const matchColumns = (header: readonly string[], wanted: readonly WantedColumn[]): MatchedColumns => {
  const places = new Map<string, number[]>()
  for (const [index, text] of header.entries()) {
    const name = columnName(text)
    places.set(name, [...(places.get(name) ?? []), index])
  }
  const indexes = new Map<string, number>()
  const duplicates: string[] = []
  const missing: string[] = []
  for (const column of wanted) {
    const used = [column.name, ...(column.aliases ?? [])].map(columnName).find((name) => places.has(name))
    const found = used === undefined ? [] : (places.get(used) ?? [])
    if (used !== undefined && found.length > 1) duplicates.push(used)
    if (found.length === 0 && column.required === true) missing.push(column.name)
    indexes.set(column.name, found[0] ?? -1)
  }
  const found = header.slice(0, NAMES_SHOWN)
  if (missing.length > 0) {
    const message = `The first line must name the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}.`
    throw new ImportFault('MISSING_COLUMNS', message, { missing, found })
  }
  if (duplicates.length > 0) {
    const message = `The first line names ${duplicates.join(', ')} more than once, so it is unclear which to read.`
    throw new ImportFault('DUPLICATE_COLUMNS', message, { duplicates, found })
  }
  const read = new Set(indexes.values())
  return {
    width: header.length,
    indexOf: (name) => indexes.get(name) ?? -1,
    ignored: header.filter((text, index) => !read.has(index) && text.trim() !== ''),
  }
}
