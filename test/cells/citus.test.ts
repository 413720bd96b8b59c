import { citusScript, readCitusPlan } from '@stormops/chassis/cells/citus'
import { readCatalogue } from '@stormops/chassis/database/catalogue-linter-reading'
import { tenantTables } from '@stormops/chassis/database/catalogue-linter-tables'
import { readTenantTables } from '@stormops/chassis/database/tenant-tables'
import { clientConfig } from '@stormops/chassis/database/connection'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SCHEMAS } from '../invariants/catalogue-findings.ts'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'

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

const partitioned = async (): Promise<readonly string[]> => {
  const { rows } = await owner.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relispartition`,
  )
  return rows.map(({ name }) => name)
}

const lintedTables = async (): Promise<readonly string[]> => {
  const parts = await partitioned()
  return tenantTables(await readCatalogue(owner, SCHEMAS))
    .map(({ table }) => table.name)
    .filter((name) => !parts.includes(name))
    .toSorted()
}

describe('the tables of companies', () => {
  it('are the same for whoever moves them as for the linter', async () => {
    const linted = await lintedTables()
    expect(linted.length).toBeGreaterThan(30)
    const { tables: moved } = await readTenantTables(owner)
    expect(moved.map(({ name }) => name).toSorted()).toEqual(linted)
    expect(moved.filter(({ key, columns }) => key.length === 0 || columns.length === 0)).toEqual([])
  })
})

describe('the script for Citus', () => {
  it('distributes every table of companies, once and together', async () => {
    const plan = await readCitusPlan(owner, SCHEMAS)
    expect(plan.distributed.map(({ table }) => table).toSorted()).toEqual(await lintedTables())
    expect(plan.distributed[0]).toEqual({ table: 'tenancy.tenant', column: 'id' })
    const script = citusScript(plan)
    for (const { table, column } of plan.distributed.slice(1)) {
      const line = `select create_distributed_table('${table}', '${column}', colocate_with => 'tenancy.tenant');`
      expect(script.split(line)).toHaveLength(2)
    }
    expect(plan.reference).toEqual([
      'billing.issuer',
      'billing.metric',
      'billing.plan_charge',
      'billing.plan_version',
      'billing.stripe_price',
    ])
    expect(plan.local).toContain('tenancy.person')
  })

  it('lists what Citus would not take', async () => {
    const { obstacles } = await readCitusPlan(owner, SCHEMAS)
    const named = obstacles.filter(({ message }) => !message.includes('trigger')).map(({ object }) => object)
    expect(named.toSorted()).toEqual([
      'tenancy.session.session_working_tenant_id_fkey',
      'tenancy.tenant_slug_key',
    ])
    expect(obstacles.map(({ object }) => object)).toContain('billing.invoice.keep_invoice')
  })

  it('sees a key that a later migration would add', async () => {
    await owner.query('begin')
    await owner.query('create unique index too_wide on storms.storm (event_id)')
    const { obstacles } = await readCitusPlan(owner, SCHEMAS)
    await owner.query('rollback')
    expect(obstacles.map(({ object }) => object)).toContain('storms.too_wide')
  })
})
