/**
 * Ids. Inside they are UUIDs in version 7, which sort by the time they were made; outside they carry a prefix
 * that says what they name, so that a storm's id given for a property is refused at once.
 */
import { v5, v7, validate } from 'uuid'

export type NewId = () => string

export const newId: NewId = () => v7()

/** `storm_018f…`: the prefix, an underscore, and the UUID's 32 hex digits. */
export const publicId = (prefix: string, id: string): string => `${prefix}_${id.replaceAll('-', '')}`

/** The UUID inside a public id of this prefix, or null for anything else. */
export const privateId = (prefix: string, id: string): string | null => {
  const match = /^([a-z]+)_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(id)
  if (match === null || match[1] !== prefix) return null
  const uuid = match.slice(2).join('-')
  return validate(uuid) ? uuid : null
}

export type IdCodec = {
  readonly encode: (id: string) => string
  readonly decode: (id: string) => string | null
}

export const idCodec = (prefix: string): IdCodec => ({
  encode: (id) => publicId(prefix, id),
  decode: (id) => privateId(prefix, id),
})

/** Fixed for good: a changed namespace would give the same key another id. */
const KEY_NAMESPACE = '6f1c0f0e-58a5-4a3c-9a39-0a5a5f3f7f11'

/** The same key gives the same id for ever (UUID version 5). */
export const idFromKey = (key: string): string => v5(key, KEY_NAMESPACE)

/** Whose work it is that belongs to no company, such as sending somebody a link to sign in. No company has this id. */
export const PLATFORM_TENANT_ID = '00000000-0000-0000-0000-000000000000'
