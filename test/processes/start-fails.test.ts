/** A process that cannot start says why and ends, whatever it had opened by then: nobody would restart one that lives on. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { command, environmentOf } from '@stormops/cli/testing/platform-processes'
import { privateRedis } from '@stormops/gateway/testing/private-redis'
import type { PrivateRedis } from '@stormops/gateway/testing/private-redis'
import { SUBGRAPHS } from '@stormops/schema/subgraphs.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'

let database: TestDatabase
let redis: PrivateRedis
const home = mkdtempSync(join(tmpdir(), 'stormops-start-fails-'))

beforeAll(async () => {
  database = await cloneDatabase()
  redis = await privateRedis()
})
afterAll(async () => {
  await redis?.stop()
  await database?.close()
  rmSync(home, { recursive: true, force: true })
})

it('ends a gateway that has its Redis and finds its port taken', async () => {
  const environment = environmentOf(
    { admin: database.admin, secret: database.secret, home },
    {
      REDIS_URL: redis.url,
      PORT: String(redis.port),
      SUBGRAPH_URLS: SUBGRAPHS.map((name) => `${name}=http://127.0.0.1:9`).join(','),
    },
  )
  const { code, complaint } = await command(['serve', 'gateway'], environment)
  expect([code, complaint]).toEqual([1, expect.stringContaining('EADDRINUSE')])
})
