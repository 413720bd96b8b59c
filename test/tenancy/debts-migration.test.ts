import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { clientConfig } from '@stormops/chassis/database/connection'
import { newId } from '@stormops/chassis/values/ids'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'

const FILE = resolve(
  join(import.meta.dirname, '../../subgraphs/tenancy/migrations/006_debts-and-recipients.sql'),
)
const [up = '', down = ''] = readFileSync(FILE, 'utf8').split('-- Down Migration')

let database: TestDatabase
let owner: pg.Client
let admin: pg.Client
beforeAll(async () => {
  database = await cloneDatabase()
  owner = new pg.Client(clientConfig(database.owner))
  admin = new pg.Client(clientConfig(database.admin))
  await Promise.all([owner.connect(), admin.connect()])
})
afterAll(async () => {
  await Promise.all([owner.end(), admin.end()])
  await database.close()
})

/** A company as it was before causes were kept, with the times at which staff suspended it. */
const aCompany = async (slug: string, status: string, suspendedAt: readonly string[]): Promise<void> => {
  const id = newId()
  await admin.query(
    `insert into tenancy.tenant (id, slug, name, status, time_zone) values ($1, $2, $2, $3, 'America/Chicago')`,
    [id, slug, status],
  )
  await admin.query(
    `insert into tenancy.audit_event (tenant_id, at, actor_kind, actor_id, action, subject_kind, subject_id, request_id)
     select $1::uuid, at, 'STAFF', 'stf_1', 'tenancy.suspendTenant', 'tenant', $1::uuid::text, 'r' from unnest($2::timestamptz[]) as at`,
    [id, suspendedAt],
  )
}

describe('the migration that brings debts', () => {
  it('takes those suspended before for suspended by staff, since the audit’s last line of it', async () => {
    await owner.query(down)
    await aCompany('active', 'ACTIVE', ['2026-01-01T00:00:00Z'])
    await aCompany('suspended', 'SUSPENDED', ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'])
    await aCompany('by-hand', 'SUSPENDED', [])
    // One transaction, as a migration runs.
    await owner.query(`begin; ${up}; commit`)
    const { rows } = await admin.query<{ slug: string; status: string; since: Date | null; owes: boolean }>(
      `select slug, status, suspended_by_staff_at as since, unpaid_since is not null as owes
       from tenancy.tenant order by slug`,
    )
    expect(rows).toEqual([
      { slug: 'active', status: 'ACTIVE', since: null, owes: false },
      { slug: 'by-hand', status: 'SUSPENDED', since: expect.any(Date), owes: false },
      { slug: 'suspended', status: 'SUSPENDED', since: new Date('2026-02-01T00:00:00Z'), owes: false },
    ])
    // The owner is kept out again.
    for (const table of ['tenant', 'audit_event']) {
      expect((await owner.query(`select from tenancy.${table}`)).rowCount).toBe(0)
    }
  })

  it.each([
    ['a suspension without a cause', `status = 'SUSPENDED', suspended_by_staff_at = null`],
    ['a cause without a suspension', `status = 'ACTIVE', suspended_by_staff_at = now()`],
    ['half of a debt', `status = 'SUSPENDED', unpaid_since = now()`],
  ])('lets nobody keep %s', async (_what, change) => {
    const CHECK_VIOLATION = '23514'
    const id = newId()
    await admin.query(
      `insert into tenancy.tenant (id, slug, name, time_zone) values ($1, $2, 'Any Roofing', 'America/Chicago')`,
      [id, `any-${id}`],
    )
    await expect(
      admin.query(`update tenancy.tenant set ${change} where id = $1`, [id]),
    ).rejects.toMatchObject({
      code: CHECK_VIOLATION,
    })
  })
})
