/** Reads `items[0][price]=price_1&metadata[tenant]=t`, which is how Stripe is spoken to, into nested values. */
import { invalid } from './refusal.ts'

/** A value as it was sent: text, or names and what they hold. A list is names that are numbers. */
export type Sent = string | SentFields
export type SentFields = { [name: string]: Sent }

/** Stripe nests no deeper than about six. */
const DEEPEST = 12

const nothing = (): SentFields => Object.create(null) as SentFields

export const readForm = (text: string): SentFields => {
  const fields = nothing()
  for (const [key, value] of new URLSearchParams(text)) place(fields, pathOf(key), value, key)
  return fields
}

/** `a[b][]` is a, b and the empty name, which stands for the next of a list. */
const pathOf = (key: string): readonly string[] => {
  const open = key.indexOf('[')
  if (open === -1) return [key]
  const rest = key.slice(open)
  if (open === 0 || !/^(\[[^[\]]*\])+$/.test(rest)) throw invalid(`Invalid parameter name: ${key}`, key)
  return [key.slice(0, open), ...rest.slice(1, -1).split('][')]
}

const place = (fields: SentFields, path: readonly string[], value: string, key: string): void => {
  if (path.length > DEEPEST) throw invalid(`Parameter ${key} is nested too deep.`, key)
  let at = fields
  for (const [depth, part] of path.entries()) {
    const name = part === '' ? String(Object.keys(at).length) : part
    if (depth === path.length - 1) {
      at[name] = value
      return
    }
    const inner = at[name] ?? nothing()
    if (typeof inner === 'string') throw invalid(`Invalid object: ${key}`, key)
    at[name] = inner
    at = inner
  }
}
