/**
 * The secret of an API key, such as `so_live_3f9a0c1d2e4b_Ab3d…`: whose it is and what for, the end of the key's id,
 * 256 random bits, and a checksum. By the checksum a mistyped or made-up one is known without asking anybody, and a
 * scanner of source code can tell a leaked key from any other text.
 */
import { createHash } from 'node:crypto'

export type ApiKeyEnvironment = 'PRODUCTION' | 'TEST'

/** Every secret begins so, and no token does. */
export const SECRET_MARK = 'so_'

export const SECRET_RANDOM_BYTES = 32

const MARKS: Readonly<Record<ApiKeyEnvironment, string>> = { PRODUCTION: 'live', TEST: 'test' }

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** Digits that 256 bits take. */
const RANDOM_DIGITS = 43
/** Digits that 32 bits take. */
const CHECKSUM_DIGITS = 6
const CHECKSUM_BYTES = 4

/** Random digits shown with the prefix, to tell a key's newest secret from those before; 232 bits stay hidden. */
const SHOWN_DIGITS = 4

const SHAPE = /^so_(?:live|test)_[0-9a-f]{12}_[0-9A-Za-z]{49}$/

/** `random` has `SECRET_RANDOM_BYTES` bytes; `keyId` is the key's UUID, of whose random end the secret shows twelve digits. */
export const secretOf = (environment: ApiKeyEnvironment, keyId: string, random: Uint8Array): string => {
  const body = `${SECRET_MARK}${MARKS[environment]}_${keyId.slice(-12)}_${base62(random, RANDOM_DIGITS)}`
  return body + checksumOf(body)
}

/** How a secret begins, which may be shown. */
export const prefixOf = (secret: string): string =>
  secret.slice(0, secret.length - RANDOM_DIGITS - CHECKSUM_DIGITS + SHOWN_DIGITS)

/** Whether a text is a secret as this platform makes them. Nothing secret is compared, so its time tells nothing. */
export const isWellFormedSecret = (text: string): boolean =>
  SHAPE.test(text) && checksumOf(text.slice(0, -CHECKSUM_DIGITS)) === text.slice(-CHECKSUM_DIGITS)

/** What is kept of a secret, as lower-case hex: 256 random bits need no slow hash, since nobody can try them out. */
export const hashOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')

const checksumOf = (body: string): string =>
  base62(createHash('sha256').update(body).digest().subarray(0, CHECKSUM_BYTES), CHECKSUM_DIGITS)

const base62 = (bytes: Uint8Array, digits: number): string => {
  let rest = BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
  let text = ''
  while (text.length < digits) {
    text = (DIGITS[Number(rest % 62n)] ?? '') + text
    rest /= 62n
  }
  return text
}
