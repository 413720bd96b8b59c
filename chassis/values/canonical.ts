/** One text for one value: keys sorted, no white space. Hashes of inputs and of request bodies rest on it. */
import { createHash } from 'node:crypto'

/** JSON with keys in code-unit order; bigint as a decimal string, Date as ISO, undefined members left out. */
export const canonicalJson = (value: unknown): string => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : 'null'
  if (typeof value === 'bigint') return JSON.stringify(value.toString())
  if (value instanceof Date) return JSON.stringify(value.toISOString())
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (typeof value === 'object') return canonicalObject({ ...value })
  return 'null'
}

/** Written as one text as it goes, since whole batches of invoices are hashed. */
const canonicalObject = (object: Readonly<Record<string, unknown>>): string => {
  let text = ''
  for (const key of Object.keys(object).sort()) {
    const member = object[key]
    if (member === undefined || typeof member === 'function') continue
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`
  }
  return `{${text}}`
}

export const sha256Hex = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex')

/** Hex sha-256 of the value's canonical JSON. */
export const canonicalHash = (value: unknown): string => sha256Hex(canonicalJson(value))
