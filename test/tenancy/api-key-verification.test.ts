/** How a key is known, how soon it is known no more, and what somebody who tries keys learns and costs. */
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { clientConfig } from '@stormops/chassis/database/connection'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import { openPlatform } from '@stormops/cli/all-in-one'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { secretOf } from '../../subgraphs/tenancy/src/domain/api-key-secret.ts'
import { ANSWER_MS } from '../../subgraphs/tenancy/src/verification/brief-answers.ts'
import { until } from '@stormops/chassis/testing/until'
import { clientOf, openWorld } from '../world/world.ts'
import type { Answer, TestTenant, World } from '../world/world.ts'
import { createKey, KEYS, movableClock, REVOKE_KEY, ROTATE_KEY, told } from './access-builders.ts'

const HOUR_MS = 3_600_000

const clock = movableClock()
let world: World
let tenant: TestTenant
let owner: pg.Client
beforeAll(async () => {
  world = await openWorld({ clock })
  tenant = await world.tenant()
  await tenant.publish(VIEWER)
  owner = new pg.Client(clientConfig(world.database.owner))
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await world.close()
})

const VIEWER = 'query Who { viewer { actor { id } } }'
const asked = (secret: string): Promise<Answer> => world.client(secret).named(VIEWER)
const statusOf = async (secret: string): Promise<number> => (await asked(secret)).status
/** One that could be, and is nobody's. */
const madeUp = (): string => secretOf('PRODUCTION', newId(), randomBytes(32))

/** While `work` runs, whoever asks for a key's secret in the database waits. */
const whileSecretsAreLocked = async <T>(work: () => Promise<T>): Promise<T> => {
  await owner.query('begin')
  try {
    await owner.query('lock table tenancy.api_key_secret in access exclusive mode')
    return await work()
  } finally {
    await owner.query('rollback')
  }
}

const waitingForSecrets = async (): Promise<number> => {
  const { rows } = await owner.query<{ n: number }>(
    `select count(*)::integer as n from pg_locks
     where not granted and relation = 'tenancy.api_key_secret'::regclass`,
  )
  return rows[0]?.n ?? 0
}

describe('a key', () => {
  it('ends within a second after it is revoked, on every machine', async () => {
    const other = await openPlatform({
      admin: world.database.admin,
      secret: world.database.secret,
      home: world.home,
      keys: world.keys,
      clock,
      newId,
      log: createLog('silent'),
      introspection: 'signed-in',
      mail: { kind: 'none' },
      publicUrl: () => '',
    })
    try {
      const { url } = await other.http.listen('127.0.0.1', 0)
      const { id, secret } = await createKey(tenant.as('OWNER'))
      const elsewhere = async (): Promise<number> => (await clientOf(url, secret).named(VIEWER)).status
      expect([await statusOf(secret), await elsewhere()]).toEqual([200, 200])
      const { revokeApiKey } = await tenant.as('OWNER').data(REVOKE_KEY, { input: { apiKeyId: id } })
      expect(revokeApiKey.apiKey.status).toBe('REVOKED')
      await sleep(ANSWER_MS)
      expect([await statusOf(secret), await elsewhere()]).toEqual([401, 401])
    } finally {
      await other.close()
    }
  })

  it('stays revoked since when it was, and cannot be given a new secret', async () => {
    const client = tenant.as('OWNER')
    const { id } = await createKey(client)
    const first = await client.data(REVOKE_KEY, { input: { apiKeyId: id } })
    expect(await client.data(REVOKE_KEY, { input: { apiKeyId: id } })).toEqual(first)
    const { rotateApiKey } = await client.data(ROTATE_KEY, { input: { apiKeyId: id } })
    expect(rotateApiKey).toMatchObject({ __typename: 'ApiKeyEnded', apiKey: { status: 'REVOKED' } })
  })

  it('ends when its time is over, and not before', async () => {
    const expiresAt = new Date(clock.now().getTime() + HOUR_MS).toISOString()
    const { id, secret } = await createKey(tenant.as('OWNER'), { expiresAt })
    clock.passes(HOUR_MS - 60_000)
    expect(await statusOf(secret)).toBe(200)
    clock.passes(60_000)
    // It was known a moment ago, and its end is looked at all the same.
    expect(await statusOf(secret)).toBe(401)
    const { apiKeys } = await tenant.as('OWNER').data(KEYS)
    expect(apiKeys.edges.find(({ node }: any) => node.id === id).node.status).toBe('EXPIRED')
  })

  it('says when it was last used, without a line in the audit', async () => {
    const client = tenant.as('OWNER')
    const { id, secret } = await createKey(client)
    const AUDIT = '{ auditEvents(first: 1) { edges { node { id } } } }'
    const before = await client.data(AUDIT)
    expect(await statusOf(secret)).toBe(200)
    const used = clock.now().getTime()
    const lastUsedAt = async (): Promise<string | null> =>
      (await client.data(KEYS)).apiKeys.edges.find(({ node }: any) => node.id === id).node.lastUsedAt
    await until(async () => (await lastUsedAt()) !== null)
    expect(Math.abs(Date.parse((await lastUsedAt()) ?? '') - used)).toBeLessThan(10_000)
    expect(await client.data(AUDIT)).toEqual(before)
  })
})

describe('a new secret', () => {
  const rotate = async (apiKeyId: string, graceHours?: number) =>
    (await tenant.as('OWNER').data(ROTATE_KEY, { input: { apiKeyId, graceHours } })).rotateApiKey

  it('works at once, and the old one until its hours are over', async () => {
    const { id, secret: old } = await createKey(tenant.as('OWNER'))
    const { secret, oldSecretEndsAt, apiKey } = await rotate(id, 3)
    expect(apiKey.prefix).toBe(secret.slice(0, apiKey.prefix.length))
    expect(old.startsWith(apiKey.prefix)).toBe(false)
    await sleep(ANSWER_MS)
    expect([await statusOf(old), await statusOf(secret)]).toEqual([200, 200])
    clock.passes(Date.parse(oldSecretEndsAt) - clock.now().getTime() - 60_000)
    expect([await statusOf(old), await statusOf(secret)]).toEqual([200, 200])
    clock.passes(60_000)
    expect([await statusOf(old), await statusOf(secret)]).toEqual([401, 200])
  })

  it('lets the old one go on for a day when nothing is said', async () => {
    const { id } = await createKey(tenant.as('OWNER'))
    const { oldSecretEndsAt } = await rotate(id)
    const hours = (Date.parse(oldSecretEndsAt) - clock.now().getTime()) / HOUR_MS
    expect(hours).toBeGreaterThan(23.9)
    expect(hours).toBeLessThanOrEqual(24)
  })

  it('ends the old one within a second when there is no grace', async () => {
    const { id, secret: old } = await createKey(tenant.as('OWNER'))
    expect(await statusOf(old)).toBe(200)
    const { secret } = await rotate(id, 0)
    await sleep(ANSWER_MS)
    expect([await statusOf(old), await statusOf(secret)]).toEqual([401, 200])
  })

  it('ends the one before the old one, so that no more than two work', async () => {
    const { id, secret: first } = await createKey(tenant.as('OWNER'))
    const { secret: second } = await rotate(id, 168)
    const { secret: third } = await rotate(id, 168)
    expect(await Promise.all([first, second, third].map(statusOf))).toEqual([401, 200, 200])
  })

  it.each([-1, 169])('cannot be asked for with %i hours of grace', async (hours) => {
    const { id } = await createKey(tenant.as('OWNER'))
    expect(await rotate(id, hours)).toMatchObject({ __typename: 'InvalidInput', field: 'graceHours' })
  })
})

describe('somebody who tries keys', () => {
  const mistyped = (secret: string): string => `${secret.slice(0, -1)}${secret.endsWith('0') ? '1' : '0'}`

  it('is answered without the database where the checksum is wrong, and else asks it', async () => {
    const { secret } = await createKey(tenant.as('OWNER'))
    const tries = [
      mistyped(secret),
      mistyped(madeUp()),
      'so_live_',
      'so_x',
      `${secret}0`,
      secret.toLowerCase(),
    ]
    await whileSecretsAreLocked(async () => {
      for (const each of tries) expect([each, await statusOf(each)]).toEqual([each, 401])
      expect(await waitingForSecrets()).toBe(0)
      // So that it is the checksum by which the database was spared.
      const whole = [statusOf(secret), statusOf(madeUp())]
      await until(async () => (await waitingForSecrets()) === 1)
      await owner.query('commit')
      expect(await Promise.all(whole)).toEqual([200, 401])
    })
  })

  it('takes one connection, however many are tried at once', async () => {
    const tries = Array.from({ length: 200 }, madeUp)
    const answers = await whileSecretsAreLocked(async () => {
      const waiting = tries.map(statusOf)
      await until(async () => (await waitingForSecrets()) > 0)
      await sleep(200)
      expect(await waitingForSecrets()).toBe(1)
      await owner.query('commit')
      return Promise.all(waiting)
    })
    expect(new Set(answers)).toEqual(new Set([401]))
  })

  it('is told the same ten thousand times, and the same as with a wrong token', async () => {
    const revoked = await createKey(tenant.as('OWNER'))
    await tenant.as('OWNER').data(REVOKE_KEY, { input: { apiKeyId: revoked.id } })
    const answers = new Set<string>()
    const ask = async (bearer: string) => void answers.add(JSON.stringify(told(await asked(bearer))))
    const TRIES = 10_000
    const AT_ONCE = 50
    for (let done = 0; done < TRIES; done += AT_ONCE) {
      await Promise.all(Array.from({ length: AT_ONCE }, () => ask(madeUp())))
    }
    for (const each of [revoked.secret, mistyped(revoked.secret), 'so_', 'eyJhbGciOiJub25lIn0.e30.', 'x']) {
      await ask(each)
    }
    expect(answers.size).toBe(1)
    expect([...answers][0]).toContain('UNAUTHENTICATED')
  })
})
