/**
 * The keys that sign what the platform vouches for: tokens and links. A new key is announced for a while before it
 * signs, so that whoever keeps our key set knows it by then, and an old one verifies until nothing it signed can be
 * valid any more. Keys are files of the home; each is found by the name in the head of what it signed.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportJWK, generateKeyPair, importJWK } from 'jose'
import type { CryptoKey, JWK } from 'jose'
import { z } from 'zod'
import { systemClock } from './clock.ts'
import type { Clock } from './clock.ts'
import { Fault } from './fault.ts'
import { keyDirectory, writeOnce } from './home-secret.ts'

export const ALGORITHM = 'EdDSA'

/** Seconds others may keep our key set; a new key is announced this long before it signs. */
export const KEY_SET_MAX_AGE_SECONDS = 300

/** Longer than any token lives that matters after a rotation. */
export const RETIRED_AFTER_SECONDS = 24 * 3_600

export type SigningKey = {
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
  readonly publicJwk: JWK
  /** When others could first read it in the key set. */
  readonly announcedAt: Date
}

/** What changes with time is asked with a time. */
export type SigningKeys = {
  /** The newest key that has been announced long enough; the first of all signs at once. */
  readonly signing: (now: Date) => SigningKey
  /** Null for a key that is not ours, or is retired. */
  readonly verifying: (kid: string, now: Date) => SigningKey | null
  /** Those that others may meet, newest first, as their public halves. */
  readonly keySet: (now: Date) => readonly JWK[]
  /** Reads what keys there are by now. */
  readonly reload: () => Promise<void>
}

/** An Ed25519 private key, as RFC 8037 writes it, and since when others could know of it; the first key says nothing. */
const keptKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
  announcedAt: z.iso.datetime().optional(),
})
type KeptKey = z.infer<typeof keptKey>

const keyOf = async ({ announcedAt, ...jwk }: KeptKey): Promise<SigningKey> => {
  const kid = createHash('sha256').update(jwk.x).digest('base64url').slice(0, 16)
  const publicJwk: JWK = { kty: 'OKP', crv: 'Ed25519', x: jwk.x, alg: ALGORITHM, use: 'sig', kid }
  const [privateKey, publicKey] = await Promise.all([
    // Extractable, so that contexts can be signed without a hop to another thread.
    importJWK(jwk, ALGORITHM, { extractable: true }),
    importJWK(publicJwk, ALGORITHM),
  ])
  if (privateKey instanceof Uint8Array || publicKey instanceof Uint8Array) {
    throw new Fault('INTERNAL', 'The signing key is not an Ed25519 key.')
  }
  return { kid, privateKey, publicKey, publicJwk, announcedAt: new Date(announcedAt ?? 0) }
}

const madeKey = async (announcedAt: Date): Promise<KeptKey> => {
  const pair = await generateKeyPair(ALGORITHM, { extractable: true })
  return keptKey.parse({ ...(await exportJWK(pair.privateKey)), announcedAt: announcedAt.toISOString() })
}

const after = (instant: Date, seconds: number): number => instant.getTime() + seconds * 1000

/** When a key begins to sign, unless it is the first. */
export const signsFrom = ({ announcedAt }: Pick<SigningKey, 'announcedAt'>): Date =>
  new Date(after(announcedAt, KEY_SET_MAX_AGE_SECONDS))

/** Keys over which nothing changes but the time. At least one; `read` gives them anew. */
export const keyRing = (
  first: readonly SigningKey[],
  read: () => Promise<readonly SigningKey[]> = async () => first,
): SigningKeys => {
  const byAge = (keys: readonly SigningKey[]): readonly SigningKey[] =>
    keys.toSorted((a, b) => a.announcedAt.getTime() - b.announcedAt.getTime())
  let keys = byAge(first)
  const signing = (now: Date): SigningKey => {
    const key = keys.findLast((candidate) => signsFrom(candidate) <= now) ?? keys[0]
    if (key === undefined) throw new Fault('INTERNAL', 'The platform has no key to sign with.')
    return key
  }
  const isRetired = (place: number, now: Date): boolean => {
    const successor = keys[place + 1]
    return successor !== undefined && after(signsFrom(successor), RETIRED_AFTER_SECONDS) <= now.getTime()
  }
  const current = (now: Date): readonly SigningKey[] => keys.filter((_key, place) => !isRetired(place, now))
  return {
    signing,
    verifying: (kid, now) => current(now).find((key) => key.kid === kid) ?? null,
    keySet: (now) =>
      current(now)
        .toReversed()
        .map(({ publicJwk }) => publicJwk),
    reload: async () => {
      keys = byAge(await read())
    },
  }
}

/** Other files of the directory are other secrets, and drafts. */
const KEY_FILE = /^signing(-[A-Za-z0-9_-]+)?\.jwk$/

const readKeys = (directory: string): Promise<readonly SigningKey[]> =>
  Promise.all(
    readdirSync(directory)
      .filter((file) => KEY_FILE.test(file))
      .map((file) => keyOf(keptKey.parse(JSON.parse(readFileSync(join(directory, file), 'utf8'))))),
  )

/** Reads the platform's keys from `home/keys`, or makes the first one there, readable by its owner alone. */
export const signingKeys = async (
  home: string,
  directory: string = keyDirectory(home),
): Promise<SigningKeys> => {
  const file = join(directory, 'signing.jwk')
  if (!existsSync(file)) {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    const { announcedAt: _signsAtOnce, ...jwk } = await madeKey(new Date(0))
    writeOnce(file, JSON.stringify(jwk))
  }
  return keyRing(await readKeys(directory), () => readKeys(directory))
}

/** Adds a key to `home/keys`; running platforms of the home find it when they look again. */
export const rotateSigningKeys = async (
  home: string,
  clock: Clock = systemClock,
  directory: string = keyDirectory(home),
): Promise<SigningKey> => {
  await signingKeys(home, directory)
  const made = await madeKey(clock.now())
  const key = await keyOf(made)
  writeOnce(join(directory, `signing-${key.kid}.jwk`), JSON.stringify(made))
  return key
}

/** Keys that live as long as the process: for tests. */
export const temporaryKeys = async (): Promise<SigningKeys> =>
  keyRing([await keyOf(await madeKey(new Date(0)))])
