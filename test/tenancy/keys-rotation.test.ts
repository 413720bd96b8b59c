import { mkdtempSync, rmSync } from 'node:fs'
import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { signToken } from '@stormops/chassis/identity'
import { KEY_SET_MAX_AGE_SECONDS, rotateSigningKeys, signingKeys } from '@stormops/chassis/signing-keys'
import { afterAll, describe, expect, it } from 'vitest'
import { openWorld } from '../world/world.ts'
import { movableClock, SECOND, VIEWER } from './browser.ts'

const MAIN = resolve(import.meta.dirname, '../../cli/main.ts')
const home = mkdtempSync(join(tmpdir(), 'stormops-rotation-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const keySet = async (url: string): Promise<readonly string[]> => {
  const response = await fetch(`${url}/.well-known/jwks.json`)
  const body: any = await response.json()
  for (const key of body.keys) {
    expect(Object.keys(key).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x'])
  }
  return body.keys.map(({ kid }: { kid: string }) => kid)
}

describe('stormops keys rotate', () => {
  it('adds a key and says when it signs', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [MAIN, 'keys', 'rotate', '--json'], {
      env: { PATH: process.env['PATH'] ?? '', STORMOPS_HOME: home },
    })
    const { kid, signsAt }: { kid: string; signsAt: string } = JSON.parse(stdout)
    const keys = await signingKeys(home)
    const set = keys.keySet(new Date()).map((key) => key.kid)
    expect(set).toHaveLength(2)
    expect(set[0]).toBe(kid)
    expect(keys.signing(new Date()).kid).toBe(set[1])
    expect(keys.signing(new Date(signsAt)).kid).toBe(kid)
  })
})

describe('a platform whose keys are rotated', () => {
  it('shows both, takes tokens of both, and signs with the new one when everybody can know it', async () => {
    const clock = movableClock()
    const place = join(home, 'platform')
    const keys = await signingKeys(place)
    const world = await openWorld({ clock, keys })
    try {
      const tenant = await world.tenant()
      const before = await keySet(world.url)
      const added = await rotateSigningKeys(place, clock)
      await keys.reload()
      expect(await keySet(world.url)).toEqual([added.kid, ...before])
      clock.passes(KEY_SET_MAX_AGE_SECONDS * SECOND)
      const claims = { subject: 'usr_1', kind: 'USER', tenantId: tenant.uuid, role: 'OWNER' } as const
      const token = await signToken(keys, claims, clock, 60)
      expect(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid).toBe(added.kid)
      for (const client of [world.client(token), tenant.as('OWNER')]) {
        expect((await client.data(VIEWER)).viewer.tenant.id).toBe(tenant.id)
      }
    } finally {
      await world.close()
    }
  })
})
