import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signedLinks } from '@stormops/chassis/files/signed-link'
import { signToken, tokenVerifier } from '@stormops/chassis/identity'
import type { TokenClaims } from '@stormops/chassis/identity'
import {
  KEY_SET_MAX_AGE_SECONDS,
  RETIRED_AFTER_SECONDS,
  rotateSigningKeys,
  signingKeys,
  signsFrom,
} from '@stormops/chassis/signing-keys'
import { afterAll, describe, expect, it } from 'vitest'

const home = mkdtempSync(join(tmpdir(), 'stormops-keys-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

let homes = 0
const freshHome = (): string => join(home, String(++homes))

const TENANT = '018f0000-0000-7000-8000-000000000001'
const OWNER: TokenClaims = { subject: 'usr_1', kind: 'USER', tenantId: TENANT, role: 'OWNER' }
const DAYS_SECONDS = 7 * 24 * 3_600

/** A clock that a test moves. */
const movableClock = () => {
  let now = new Date('2026-05-01T12:00:00Z').getTime()
  return {
    now: () => new Date(now),
    passes: (seconds: number): void => {
      now += seconds * 1000
    },
  }
}

const kidOf = (token: string): string =>
  JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid

describe('the first signing key', () => {
  it('is made once, for its owner alone, and shown without its secret half', async () => {
    const place = freshHome()
    const clock = movableClock()
    const made = await signingKeys(place)
    const read = await signingKeys(place)
    expect(read.keySet(clock.now())).toEqual(made.keySet(clock.now()))
    expect(statSync(join(place, 'keys', 'signing.jwk')).mode & 0o077).toBe(0)
    expect(made.keySet(clock.now())[0]).not.toHaveProperty('d')
    const token = await signToken(made, OWNER, clock, 60)
    await expect(tokenVerifier(read, clock)(token)).resolves.toMatchObject({ id: 'usr_1' })
  })

  it('is the same for processes that make it at once', async () => {
    const place = freshHome()
    const made = await Promise.all([1, 2, 3, 4].map(() => signingKeys(place)))
    expect(new Set(made.map((keys) => keys.signing(new Date()).kid)).size).toBe(1)
  })
})

describe('a key that was added', () => {
  it('is announced at once, and signs only when every kept key set must have it', async () => {
    const place = freshHome()
    const clock = movableClock()
    const running = await signingKeys(place)
    const old = running.signing(clock.now()).kid
    const added = await rotateSigningKeys(place, clock)
    expect(running.keySet(clock.now())).toHaveLength(1)
    await running.reload()
    expect(running.keySet(clock.now()).map(({ kid }) => kid)).toEqual([added.kid, old])

    expect(signsFrom(added)).toEqual(new Date(clock.now().getTime() + KEY_SET_MAX_AGE_SECONDS * 1000))
    clock.passes(KEY_SET_MAX_AGE_SECONDS - 1)
    expect(kidOf(await signToken(running, OWNER, clock, 60))).toBe(old)
    clock.passes(1)
    expect(kidOf(await signToken(running, OWNER, clock, 60))).toBe(added.kid)
  })

  it('leaves tokens and links of the one before good, until that is retired', async () => {
    const place = freshHome()
    const clock = movableClock()
    const keys = await signingKeys(place)
    const token = await signToken(keys, OWNER, clock, DAYS_SECONDS)
    const links = signedLinks(keys, clock)
    const expiresAt = new Date(clock.now().getTime() + DAYS_SECONDS * 1000)
    const link = await links.sign({ tenantId: TENANT, path: 'a.pdf', purpose: 'download' }, expiresAt)
    const added = await rotateSigningKeys(place, clock)
    await keys.reload()
    clock.passes(KEY_SET_MAX_AGE_SECONDS + RETIRED_AFTER_SECONDS - 1)
    await expect(tokenVerifier(keys, clock)(token)).resolves.toMatchObject({ id: 'usr_1' })
    await expect(links.read(link, 'download')).resolves.toMatchObject({ path: 'a.pdf' })
    clock.passes(1)
    await expect(tokenVerifier(keys, clock)(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    await expect(links.read(link, 'download')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(keys.keySet(clock.now()).map(({ kid }) => kid)).toEqual([added.kid])
    const next = await signToken(keys, OWNER, clock, 60)
    await expect(tokenVerifier(keys, clock)(next)).resolves.toMatchObject({ id: 'usr_1' })
  })

  it('is one of several when keys are added in a row, each for its own time', async () => {
    const place = freshHome()
    const clock = movableClock()
    const keys = await signingKeys(place)
    const added: string[] = []
    for (let turn = 0; turn < 3; turn += 1) {
      added.push((await rotateSigningKeys(place, clock)).kid)
      clock.passes(60)
    }
    await keys.reload()
    expect(keys.keySet(clock.now())).toHaveLength(4)
    clock.passes(KEY_SET_MAX_AGE_SECONDS - 120)
    expect(keys.signing(clock.now()).kid).toBe(added[1])
    clock.passes(60)
    expect(keys.signing(clock.now()).kid).toBe(added[2])
  })
})
