/** Measures of the values that come beside a document: they are bounded by the size of a body alone until here. */
import { Fault } from '@stormops/chassis/fault'

/** The largest form of ours sends about twenty. */
export const MAX_VARIABLES = 100

/** Objects and lists within each other; inputs of ours are four deep. */
export const MAX_VALUE_NESTING = 20

/** Items of a list, or members of an object. */
export const MAX_ITEMS = 1_000

/** Characters of one text. */
export const MAX_TEXT_CHARACTERS = 100_000

/** What is recorded in bulk: twice what the commands behind these take, so that they refuse in words of their own. */
const LONG_LISTS: ReadonlyMap<string, number> = new Map([
  ['rows', 10_000],
  ['outcomes', 10_000],
  ['events', 10_000],
])

/** Files that come as a text of their own, which the size of a body bounds. */
const LONG_TEXTS: ReadonlySet<string> = new Set(['csv', 'json', 'controlJson', 'treatedJson', 'document'])

/** Throws `BAD_INPUT`, naming the variable. */
export const guardVariables = (variables: Readonly<Record<string, unknown>>): void => {
  const names = Object.keys(variables)
  if (names.length > MAX_VARIABLES) {
    throw tooMuch(null, `more than ${MAX_VARIABLES} variables`, { maxVariables: MAX_VARIABLES })
  }
  for (const name of names) guardValue(name, name, variables[name], 1)
}

/** `name` is what the value is called where it stands; items of a list are called as the list. */
const guardValue = (variable: string, name: string, value: unknown, level: number): void => {
  if (typeof value === 'string') return guardText(variable, name, value)
  if (typeof value !== 'object' || value === null) return
  if (level > MAX_VALUE_NESTING) {
    throw tooMuch(variable, `more than ${MAX_VALUE_NESTING} levels`, { maxNesting: MAX_VALUE_NESTING })
  }
  if (Array.isArray(value)) {
    guardCount(variable, value.length, LONG_LISTS.get(name) ?? MAX_ITEMS)
    for (const item of value) guardValue(variable, name, item, level + 1)
    return
  }
  const members = Object.entries(value)
  guardCount(variable, members.length, MAX_ITEMS)
  for (const [member, inner] of members) guardValue(variable, member, inner, level + 1)
}

const guardCount = (variable: string, count: number, most: number): void => {
  if (count > most) {
    throw tooMuch(variable, `more than ${most.toLocaleString('en')} items in a list`, { maxItems: most })
  }
}

const guardText = (variable: string, name: string, text: string): void => {
  if (text.length > MAX_TEXT_CHARACTERS && !LONG_TEXTS.has(name)) {
    throw tooMuch(variable, `more than ${MAX_TEXT_CHARACTERS.toLocaleString('en')} characters in a text`, {
      maxCharacters: MAX_TEXT_CHARACTERS,
    })
  }
}

const SHOWN_CHARACTERS = 100

const tooMuch = (variable: string | null, what: string, facts: Readonly<Record<string, unknown>>): Fault => {
  const shown = variable?.slice(0, SHOWN_CHARACTERS) ?? null
  const where = shown === null ? 'This request' : `The variable $${shown}`
  return new Fault('BAD_INPUT', `${where} has ${what}. Send less at once.`, {
    facts: { ...facts, variable: shown },
  })
}
