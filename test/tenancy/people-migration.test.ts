import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { clientConfig } from '@stormops/chassis/database/connection'
import { newId } from '@stormops/chassis/values/ids'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'

const FILE = resolve(join(import.meta.dirname, '../../subgraphs/tenancy/migrations/005_people.sql'))
const [up = '', down = ''] = readFileSync(FILE, 'utf8').split('-- Down Migration')

let database: TestDatabase
let owner: pg.Client
beforeAll(async () => {
  database = await cloneDatabase()
  owner = new pg.Client(clientConfig(database.owner))
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await database.close()
})

describe('the migration that brings persons', () => {
  it('knows everybody who was a member before, each address once', async () => {
    await owner.query(down)
    for (const [slug, emails] of [
      ['one', ['Ann@example.com', 'bob@example.com']],
      ['two', ['ann@EXAMPLE.com']],
    ] as const) {
      const tenantId = newId()
      await owner.query(`select set_config('app.tenant_id', $1, false)`, [tenantId])
      await owner.query(
        `insert into tenancy.tenant (id, slug, name, time_zone) values ($1, $2, $2, 'America/Chicago')`,
        [tenantId, slug],
      )
      for (const email of emails) {
        await owner.query(
          `insert into tenancy.member (tenant_id, id, email, role) values ($1, $2, $3, 'OWNER')`,
          [tenantId, newId(), email],
        )
      }
    }
    await owner.query(`select set_config('app.tenant_id', '', false)`)
    await owner.query(up)
    const migrated = await database.open()
    const people = await migrated.withIdentity((tx) =>
      tx.rows<{ email: string }>('select email from tenancy.person order by email'),
    )
    expect(people).toEqual([{ email: 'ann@example.com' }, { email: 'bob@example.com' }])
    // The owner is kept out again.
    expect((await owner.query('select from tenancy.member')).rowCount).toBe(0)
  })
})
