import { newId } from '@stormops/chassis/values/ids'
import type { Database } from '@stormops/chassis/database/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase } from '../../../../test/world/database.ts'
import type { TestDatabase } from '../../../../test/world/database.ts'
import { apiKeyStore } from './api-key-store.ts'

let database: TestDatabase
let app: Database
beforeAll(async () => {
  database = await cloneDatabase()
  app = await database.open()
})
afterAll(() => database.close())

const NOON = Date.UTC(2026, 4, 1, 12)
const after = (seconds: number): Date => new Date(NOON + seconds * 1000)

describe('the use of a key', () => {
  it('is written once a minute, whichever machine notes it, and never put back', async () => {
    const [tenantId, keyId] = [newId(), newId()]
    await app.withTenant(tenantId, async (tx) => {
      await tx.change(
        `insert into tenancy.tenant (id, slug, name, time_zone) values ($1, 'a-company', 'A company', 'UTC')`,
        [tenantId],
      )
      const key = {
        id: keyId,
        name: 'CRM',
        prefix: 'so_test_',
        environment: 'TEST' as const,
        scopes: ['tenant:read'],
        createdAt: after(0),
        createdBy: 'usr_1',
        expiresAt: null,
        lastUsedAt: null,
        revokedAt: null,
      }
      await apiKeyStore(tx).insert(key, 'a'.repeat(64))
    })
    const usedAfter = (seconds: number) =>
      app.withTenant(tenantId, async (tx) => {
        await apiKeyStore(tx).noteUse(keyId, after(seconds))
        return (await apiKeyStore(tx).maybeById(keyId))?.lastUsedAt
      })
    expect(await usedAfter(1)).toEqual(after(1))
    expect(await usedAfter(60)).toEqual(after(1))
    expect(await usedAfter(61)).toEqual(after(61))
    expect(await usedAfter(30)).toEqual(after(61))
  })
})
