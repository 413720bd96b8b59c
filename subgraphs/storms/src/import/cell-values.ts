/** What a cell may say. Each reader gives the value, null for an empty cell, or a Refusal with a sentence about it. */
import type { Refusal } from './row-batches.ts'

/** Enough of a wrong value to find it in the file. */
const SHOWN_CHARACTERS = 40

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f-\u009f]/
// oxlint-disable-next-line no-control-regex -- control characters are what it replaces
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f]/g

export type Cell<Value> = Value | null | Refusal

export const isRefused = (cell: unknown): cell is Refusal =>
  typeof cell === 'object' && cell !== null && 'refused' in cell

export const shown = (text: string): string => {
  const clean = text.replaceAll(CONTROL_CHARACTERS, '?')
  return clean.length > SHOWN_CHARACTERS ? `${clean.slice(0, SHOWN_CHARACTERS)}…` : clean
}

export const refuse = (field: string, reason: string): Refusal => ({ refused: `${field} ${reason}`, field })

export const textCell = (cell: string, field: string, maxCharacters: number): Cell<string> => {
  const text = cell.trim()
  if (text === '') return null
  if (text.length <= maxCharacters) return text
  return refuse(field, `must have at most ${maxCharacters} characters, but has ${text.length}`)
}

/** A property's or customer's id: 1–`maxCharacters` characters, none of them a control character; never null. */
export const idCell = (cell: string, field: string, maxCharacters: number): string | Refusal => {
  const id = textCell(cell, field, maxCharacters)
  if (id === null) return refuse(field, 'is empty')
  if (isRefused(id)) return id
  return CONTROL_CHARACTER.test(id) ? refuse(field, `has a control character: '${shown(id)}'`) : id
}

const ZERO = 0x30
const LOWER_CASE_BIT = 0x20
const BASE_LETTERS = new Set(['x', 'b', 'o'].map((letter) => letter.charCodeAt(0)))

/** JavaScript would read 0x1F, 0b11 and 0o17 as numbers too. */
const hasBasePrefix = (text: string): boolean =>
  text.length > 1 && text.charCodeAt(0) === ZERO && BASE_LETTERS.has(text.charCodeAt(1) | LOWER_CASE_BIT)

export type NumberRange = { readonly min: number; readonly max: number; readonly whole?: boolean }

export const numberCell = (cell: string, field: string, range: NumberRange): Cell<number> => {
  const text = cell.trim()
  if (text === '') return null
  const value = Number(text)
  if (!Number.isFinite(value) || hasBasePrefix(text)) {
    const comma = /^[+-]?\d+,\d+$/.test(text) ? ' (decimals take a point)' : ''
    return refuse(field, `must be a number, but is '${shown(text)}'${comma}`)
  }
  if (value < range.min || value > range.max) {
    return refuse(field, `must be between ${range.min} and ${range.max}, but is ${shown(text)}`)
  }
  if (range.whole === true && !Number.isInteger(value)) {
    return refuse(field, `must be a whole number, but is ${shown(text)}`)
  }
  // −0 is a 0 that a sum of inputs would tell apart.
  return value === 0 ? 0 : value
}

const YES_OR_NO: Readonly<Record<string, boolean>> = {
  '1': true,
  true: true,
  yes: true,
  '0': false,
  false: false,
  no: false,
}

export const yesNoCell = (cell: string, field: string): Cell<boolean> => {
  const text = cell.trim()
  if (text === '') return null
  const answer = Object.hasOwn(YES_OR_NO, text.toLowerCase()) ? YES_OR_NO[text.toLowerCase()] : undefined
  return answer ?? refuse(field, `must be 0, 1, true, false, yes or no, but is '${shown(text)}'`)
}
