import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { clientConfig } from '@stormops/chassis/database/connection'
import type { Database } from '@stormops/chassis/database/database'
import { MIGRATIONS } from '@stormops/cli/all-in-one'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditChainStore, SEALING_LOCK } from '../../subgraphs/tenancy/src/store/audit-chain-store.ts'
import { createStorm } from '../storms/storm-builders.ts'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'
import { until } from '@stormops/chassis/testing/until'
import { openWorld } from '../world/world.ts'
import type { TestTenant, World } from '../world/world.ts'

const INSUFFICIENT_PRIVILEGE = '42501'
const DUPLICATE = '23505'

let world: World
let database: Database
beforeAll(async () => {
  world = await openWorld()
  database = await world.database.open()
})
afterAll(() => world.close())

const CHAIN = `{ auditChain { length valid headHash brokenAt unsealed } }`
const EVENTS = `{ auditEvents(first: 100) { edges { node { id action sealedAt hash } } } }`

type Seal = { readonly position: string; readonly event_id: string; readonly hash: string }

const chainOf = async (tenant: TestTenant) => (await tenant.as('OWNER').data(CHAIN)).auditChain

const sealed = (tenant: TestTenant): Promise<void> =>
  until(async () => (await chainOf(tenant)).unsealed === 0)

const sealsOf = (tenant: TestTenant): Promise<readonly Seal[]> =>
  database.withTenant(tenant.uuid, (tx) =>
    tx.rows<Seal>('select position, event_id, hash from tenancy.audit_seal order by position'),
  )

/** A company whose audit has a few lines, all sealed. */
const aCompanyWithLines = async (storms = 4): Promise<TestTenant> => {
  const tenant = await world.tenant()
  for (let made = 0; made < storms; made += 1) await createStorm(tenant.as('OWNER'))
  await sealed(tenant)
  return tenant
}

/** Runs statements as the owner of the tables, who may do anything with the rows of the company. */
const asTableOwner = async (
  { owner }: TestDatabase,
  tenantId: string,
  work: (client: pg.Client) => Promise<unknown>,
): Promise<void> => {
  const client = new pg.Client(clientConfig(owner))
  await client.connect()
  try {
    await client.query(`select set_config('app.tenant_id', $1, false)`, [tenantId])
    await work(client)
  } finally {
    await client.end()
  }
}

describe('a line of the audit', () => {
  it('is sealed within seconds after what it tells of', async () => {
    const tenant = await aCompanyWithLines(1)
    const { auditEvents } = await tenant.as('OWNER').data(EVENTS)
    const chain = await chainOf(tenant)
    expect(chain).toMatchObject({
      valid: true,
      brokenAt: null,
      unsealed: 0,
      length: auditEvents.edges.length,
    })
    expect(auditEvents.edges.map(({ node }: any) => node.action)).toContain('storms.createStorm')
    expect(auditEvents.edges.filter(({ node }: any) => node.sealedAt === null || node.hash === null)).toEqual(
      [],
    )
    expect(auditEvents.edges[0].node.hash).toBe(chain.headHash)
  })

  it('has no seal while somebody else holds the company’s chain, and is counted as waiting', async () => {
    const tenant = await aCompanyWithLines(1)
    const before = await chainOf(tenant)
    await database.withTenant(tenant.uuid, async (tx) => {
      await until(async () => {
        const [row] = await tx.rows<{ alone: boolean }>(
          `select pg_try_advisory_xact_lock($1, hashtext($2)) as alone`,
          [SEALING_LOCK, tenant.uuid],
        )
        return row?.alone === true
      })
      await createStorm(tenant.as('OWNER'))
      const { auditEvents } = await tenant.as('OWNER').data(EVENTS)
      expect(auditEvents.edges[0].node).toMatchObject({ sealedAt: null, hash: null })
      expect(await chainOf(tenant)).toEqual({ ...before, unsealed: 1 })
    })
    await sealed(tenant)
    expect(await chainOf(tenant)).toMatchObject({ valid: true, length: before.length + 1 })
  })

  it('that was written earlier and committed later comes later in the chain', async () => {
    const tenant = await aCompanyWithLines(1)
    let late = ''
    await database.withTenant(tenant.uuid, async (tx) => {
      const [line] = await tx.rows<{ id: string }>(
        `insert into tenancy.audit_event (tenant_id, actor_kind, actor_id, action, subject_kind, subject_id, request_id)
         values ($1, 'SYSTEM', 'test', 'test.late', 'tenant', 'x', 'r') returning id`,
        [tenant.uuid],
      )
      late = line?.id ?? ''
      await createStorm(tenant.as('OWNER'))
      await sealed(tenant)
    })
    await sealed(tenant)
    const seals = await sealsOf(tenant)
    expect(seals.at(-1)?.event_id).toBe(late)
    expect((seals.at(-2)?.event_id ?? '') > late).toBe(true)
    expect((await chainOf(tenant)).valid).toBe(true)
  })

  it('that was written before there was a chain waits for its seal after the migration', async () => {
    const old = await cloneDatabase()
    const tenantId = '019a0000-0000-7000-8000-000000000001'
    const { directory = '' } = MIGRATIONS.find(({ schema }) => schema === 'tenancy') ?? {}
    const [up = '', down = ''] = readFileSync(join(directory, '002_audit-chain.sql'), 'utf8').split(
      '-- Down Migration',
    )
    try {
      await asTableOwner(old, tenantId, async (client) => {
        await client.query(down)
        await client.query(
          `insert into tenancy.audit_event (tenant_id, actor_kind, actor_id, action, subject_kind, subject_id, request_id)
           values ($1, 'SYSTEM', 'test', 'test.old', 'tenant', 'x', 'r')`,
          [tenantId],
        )
        await client.query(up)
      })
      const migrated = await old.open()
      const seal = () => migrated.withTenant(tenantId, (tx) => auditChainStore(tx).seal())
      expect([await seal(), await seal()]).toEqual([1, 0])
    } finally {
      await old.close()
    }
  })
})

describe('a chain', () => {
  it('has every line once, also those that are sealed while it is verified', async () => {
    const tenant = await aCompanyWithLines(1)
    const seal = () => database.withTenant(tenant.uuid, (tx) => auditChainStore(tx).seal())
    const before = (await sealsOf(tenant)).length
    await asTableOwner(world.database, tenant.uuid, async (sealer) => {
      await sealer.query('begin')
      await sealer.query('select pg_advisory_xact_lock($1, hashtext($2))', [SEALING_LOCK, tenant.uuid])
      for (let made = 0; made < 3; made += 1) await createStorm(tenant.as('OWNER'))
      const { length, unsealed } = await database.withTenant(tenant.uuid, (tx) => {
        const rows: typeof tx.rows = async (sql, parameters) => {
          if (sql.includes('as unsealed')) {
            await sealer.query('commit')
            await until(async () => (await seal(), (await sealsOf(tenant)).length === before + 3))
          }
          return tx.rows(sql, parameters)
        }
        return auditChainStore({ ...tx, rows }).verify()
      })
      expect([length, unsealed]).toEqual([before, 3])
    })
  })

  it('has no gap and no fork after fifty changes at once, with five more sealers at work', async () => {
    const tenant = await world.tenant()
    const owner = tenant.as('OWNER')
    const done = new AbortController()
    const sealer = async (): Promise<number> => {
      let count = 0
      while (!done.signal.aborted)
        count += await database.withTenant(tenant.uuid, (tx) => auditChainStore(tx).seal())
      return count
    }
    const sealers = Promise.all(Array.from({ length: 5 }, sealer))
    await Promise.all(Array.from({ length: 50 }, () => createStorm(owner)))
    done.abort()
    const counts = await sealers
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0)
    await sealed(tenant)
    const seals = await sealsOf(tenant)
    expect(seals.length).toBeGreaterThanOrEqual(50)
    expect(seals.map(({ position }) => Number(position))).toEqual(seals.map((_seal, place) => place + 1))
    expect(await chainOf(tenant)).toEqual({
      length: seals.length,
      valid: true,
      headHash: seals.at(-1)?.hash,
      brokenAt: null,
      unsealed: 0,
    })
  })

  const THIRD = `(select event_id from tenancy.audit_seal where position = 3)`
  const LAST = `(select event_id from tenancy.audit_seal order by position desc limit 1)`
  const TAMPERINGS: readonly (readonly [string, number | 'the last', string])[] = [
    [
      'a line’s detail was changed',
      3,
      `update tenancy.audit_event set detail = '{"was": "other"}' where id = ${THIRD}`,
    ],
    [
      'a line was put a microsecond later',
      3,
      `update tenancy.audit_event set at = at + interval '1 microsecond' where id = ${THIRD}`,
    ],
    ['a line was deleted', 3, `delete from tenancy.audit_event where id = ${THIRD}`],
    ['the last line was deleted', 'the last', `delete from tenancy.audit_event where id = ${LAST}`],
    [
      'a line was deleted with its seal',
      3,
      `with gone as (delete from tenancy.audit_seal where position = 3 returning event_id)
       delete from tenancy.audit_event where id in (select event_id from gone)`,
    ],
    [
      'two lines changed places',
      3,
      `update tenancy.audit_seal set position = -position + 8 + 100 where position in (3, 5);
       update tenancy.audit_seal set position = position - 100 where position > 100`,
    ],
    ['a seal was changed', 5, `update tenancy.audit_seal set hash = repeat('a', 64) where position = 5`],
  ]

  it.each(TAMPERINGS)('is broken where %s, and nobody else’s is', async (_what, position, sql) => {
    const [tenant, other] = [await aCompanyWithLines(5), await aCompanyWithLines(1)]
    const untouched = await chainOf(other)
    const { length } = await chainOf(tenant)
    expect(length).toBeGreaterThan(5)
    await asTableOwner(world.database, tenant.uuid, (client) => client.query(sql))
    expect(await chainOf(tenant)).toMatchObject({
      valid: false,
      brokenAt: position === 'the last' ? length : position,
    })
    expect(await chainOf(other)).toEqual(untouched)
    expect(untouched.valid).toBe(true)
  })

  it('counts a line that was taken away before it could be sealed', async () => {
    const tenant = await aCompanyWithLines(1)
    await asTableOwner(world.database, tenant.uuid, async (client) => {
      await client.query('begin')
      const { rows } = await client.query(
        `insert into tenancy.audit_event (tenant_id, actor_kind, actor_id, action, subject_kind, subject_id, request_id)
         values ($1, 'SYSTEM', 'test', 'test.gone', 'tenant', 'x', 'r') returning id`,
        [tenant.uuid],
      )
      await client.query('delete from tenancy.audit_event where id = $1', [rows[0].id])
      await client.query('commit')
    })
    expect(await chainOf(tenant)).toMatchObject({ valid: true, unsealed: 1 })
    await createStorm(tenant.as('OWNER'))
    await until(async () => (await chainOf(tenant)).unsealed === 1)
  })

  it('cannot be written anew by the platform itself', async () => {
    const tenant = await aCompanyWithLines(1)
    const code = (sql: string): Promise<unknown> =>
      database
        .withTenant(tenant.uuid, (tx) => tx.change(sql))
        .catch((error: unknown) => (error instanceof Error && 'code' in error ? error.code : error))
    expect(await code('update tenancy.audit_seal set hash = hash')).toBe(INSUFFICIENT_PRIVILEGE)
    expect(await code('delete from tenancy.audit_seal')).toBe(INSUFFICIENT_PRIVILEGE)
    expect(await code('update tenancy.audit_event set detail = detail')).toBe(INSUFFICIENT_PRIVILEGE)
    expect(await code('delete from tenancy.audit_event')).toBe(INSUFFICIENT_PRIVILEGE)
    const fork = `insert into tenancy.audit_seal (tenant_id, position, event_id, previous_hash, hash)
                  select tenant_id, 1, uuidv7(), previous_hash, repeat('b', 64) from tenancy.audit_seal limit 1`
    expect(await code(fork)).toBe(DUPLICATE)
  })

  it('is told to those who may read the audit, and to nobody else', async () => {
    const tenant = await world.tenant()
    for (const role of ['VIEWER', 'ANALYST', 'CREW', 'BILLING'] as const) {
      const { data, errors } = await tenant.as(role).send(CHAIN)
      expect([role, data, errors[0]?.extensions.code]).toEqual([role, null, 'FORBIDDEN'])
    }
    expect((await world.anonymous.send(CHAIN)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
    expect((await tenant.as('ADMIN').data(CHAIN)).auditChain.valid).toBe(true)
  })
})
