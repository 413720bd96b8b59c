/**
 * Names in a document come from outside: a company, a place, a column of somebody's spreadsheet. Before they reach
 * the page they lose what a page cannot show (control and direction characters, letters the typeface lacks), and
 * what would run off it (words without a break).
 */
import { characterCoverage } from './typeface.ts'

/** Stands for a character that the typeface lacks; a document with an undrawable one is not accessible. */
export const REPLACEMENT = '\u25A1'
/** The longest text any field may bring; a sentence of the statistics is far shorter. */
const LONGEST_TEXT = 1_000
/** A run without a place to break is given one after this many characters, so that it wraps inside its column. */
const LONGEST_RUN = 16
/** Codes such as NOT_ENOUGH_DATA are looked up, not printed. */
const CODE = /^[A-Z]+(_[A-Z]+)+$/
const ZERO_WIDTH_SPACE = '\u200B'

/** The first `limit` characters, with an ellipsis in place of the rest. */
export function shortened(text: string, limit: number): string {
  const characters = [...text]
  return characters.length <= limit
    ? text
    : `${characters
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`
}

/** Text that can be drawn, on one line, with places to break. Empty text becomes "(no name)". */
export function printableText(text: string): string {
  const covered = characterCoverage()
  const drawable = [...text.toWellFormed().normalize('NFC').replaceAll(/\s+/gu, ' ')]
    .filter((character) => !/[\p{Cc}\p{Cf}\p{Mn}\p{Me}]/u.test(character))
    .map((character) => (covered.has(character.codePointAt(0) ?? 0) ? character : REPLACEMENT))
    .join('')
    .trim()
  const broken = shortened(drawable, LONGEST_TEXT).replaceAll(
    new RegExp(`[^\\s-]{${LONGEST_RUN}}(?=[^\\s-]{4})`, 'gu'),
    `$&${ZERO_WIDTH_SPACE}`,
  )
  if (CODE.test(drawable)) return drawable
  return broken === '' ? '(no name)' : broken
}

/** The same value with every string in it made printable; keys stay, for they are ours or are shown as values. */
export function printableValue<T>(value: T): T {
  // The shape is kept: strings become strings, arrays arrays, records records.
  return printable(value) as T
}

function printable(value: unknown): unknown {
  if (typeof value === 'string') return value === '' ? '' : printableText(value)
  if (Array.isArray(value)) return value.map(printable)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, printable(inner)]))
}
