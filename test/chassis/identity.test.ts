import {
  requireScope,
  signToken,
  systemActor,
  temporaryKeys,
  tenantOf,
  tokenVerifier,
} from '@stormops/chassis/identity'
import type { SigningKeys, TokenClaims } from '@stormops/chassis/identity'
import { ROLE_SCOPES, SCOPES } from '@stormops/chassis/permission'
import { beforeAll, describe, expect, it } from 'vitest'

const TENANT = '018f0000-0000-7000-8000-000000000001'
const NOON = new Date('2026-05-01T12:00:00Z').getTime()
const HOUR_SECONDS = 3_600

/** A clock that a test moves. */
const movableClock = () => {
  let now = NOON
  return {
    now: () => new Date(now),
    passes: (seconds: number): void => {
      now += seconds * 1000
    },
  }
}

let keys: SigningKeys
beforeAll(async () => {
  keys = await temporaryKeys()
})

const anOwner = (change: Partial<TokenClaims> = {}): TokenClaims => ({
  subject: 'usr_1',
  kind: 'USER',
  tenantId: TENANT,
  role: 'OWNER',
  ...change,
})

const UNAUTHENTICATED = { name: 'Fault', code: 'UNAUTHENTICATED' }

describe('a token', () => {
  it('says who, in which company, with which role', async () => {
    const clock = movableClock()
    const actor = await tokenVerifier(
      keys,
      clock,
    )(await signToken(keys, anOwner({ role: 'CREW' }), clock, HOUR_SECONDS))
    expect(actor).toMatchObject({ kind: 'USER', id: 'usr_1', tenantId: TENANT, role: 'CREW' })
    expect([...actor.scopes].toSorted()).toEqual([...ROLE_SCOPES.CREW].toSorted())
  })

  it('ends when its time is over, and not a second before', async () => {
    const clock = movableClock()
    const token = await signToken(keys, anOwner(), clock, HOUR_SECONDS)
    clock.passes(HOUR_SECONDS - 1)
    await expect(tokenVerifier(keys, clock)(token)).resolves.toMatchObject({ id: 'usr_1' })
    clock.passes(1)
    await expect(tokenVerifier(keys, clock)(token)).rejects.toMatchObject(UNAUTHENTICATED)
  })

  it('ends for a verifier that remembers it, too', async () => {
    const clock = movableClock()
    const verify = tokenVerifier(keys, clock)
    const token = await signToken(keys, anOwner(), clock, HOUR_SECONDS)
    const first = await verify(token)
    clock.passes(HOUR_SECONDS - 1)
    expect(await verify(token)).toBe(first)
    clock.passes(1)
    await expect(verify(token)).rejects.toMatchObject(UNAUTHENTICATED)
  })

  it('is remembered by the whole of it, so that a changed one is looked at again', async () => {
    const clock = movableClock()
    const verify = tokenVerifier(keys, clock)
    const token = await signToken(keys, anOwner(), clock, HOUR_SECONDS)
    await verify(token)
    const [header = '', payload = '', signature = ''] = token.split('.')
    const changed = `${header}.${payload}.${signature.slice(0, -4)}AAAA`
    await expect(verify(changed)).rejects.toMatchObject(UNAUTHENTICATED)
  })

  it('that was refused is refused again', async () => {
    const clock = movableClock()
    const verify = tokenVerifier(keys, clock)
    const forged = await signToken(await temporaryKeys(), anOwner(), clock, HOUR_SECONDS)
    await expect(verify(forged)).rejects.toMatchObject(UNAUTHENTICATED)
    await expect(verify(forged)).rejects.toMatchObject(UNAUTHENTICATED)
  })

  it('tells the caller nothing of why it was refused', async () => {
    const clock = movableClock()
    const forged = await signToken(await temporaryKeys(), anOwner(), clock, HOUR_SECONDS)
    const refusal: unknown = await tokenVerifier(keys, clock)(forged).catch((error: unknown) => error)
    expect(refusal).toMatchObject({
      message: 'The token or key is not valid, or has ended. Sign in again, or send another.',
    })
  })

  it.each([
    ['staff of a role that is not staff’s', anOwner({ kind: 'STAFF' })],
    ['a user with the role of staff', anOwner({ role: 'STAFF' })],
    ['a user of no company', anOwner({ tenantId: null })],
  ])('is not for %s', async (_who, claims) => {
    const clock = movableClock()
    const token = await signToken(keys, claims, clock, HOUR_SECONDS)
    await expect(tokenVerifier(keys, clock)(token)).rejects.toMatchObject(UNAUTHENTICATED)
  })

  it('of staff may name a company or none', async () => {
    const clock = movableClock()
    for (const tenantId of [null, TENANT]) {
      const token = await signToken(
        keys,
        anOwner({ kind: 'STAFF', role: 'STAFF', tenantId }),
        clock,
        HOUR_SECONDS,
      )
      await expect(tokenVerifier(keys, clock)(token)).resolves.toMatchObject({ tenantId })
    }
  })
})

describe('an actor', () => {
  it('of no company has no company to work in', async () => {
    const clock = movableClock()
    const token = await signToken(
      keys,
      anOwner({ kind: 'STAFF', role: 'STAFF', tenantId: null }),
      clock,
      HOUR_SECONDS,
    )
    const staff = await tokenVerifier(keys, clock)(token)
    expect(() => tenantOf(staff)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }))
  })

  it('may do what its role’s scopes say, and is told which one is missing', async () => {
    const clock = movableClock()
    const crew = await tokenVerifier(
      keys,
      clock,
    )(await signToken(keys, anOwner({ role: 'CREW' }), clock, HOUR_SECONDS))
    for (const scope of SCOPES) {
      if (ROLE_SCOPES.CREW.includes(scope)) expect(() => requireScope(crew, scope)).not.toThrow()
      else {
        expect(() => requireScope(crew, scope)).toThrow(
          expect.objectContaining({ code: 'FORBIDDEN', facts: { requiredScope: scope } }),
        )
      }
    }
  })

  it('that is the platform itself has no scope of a person', () => {
    expect(systemActor(TENANT, 'storms.import').scopes.size).toBe(0)
  })

  it('that is not staff never has what staff have', () => {
    for (const [role, scopes] of Object.entries(ROLE_SCOPES)) {
      expect([role, scopes.includes('platform:staff')]).toEqual([role, role === 'STAFF'])
    }
  })
})
