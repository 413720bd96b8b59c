import { readCatalogue } from '@stormops/chassis/database/catalogue-linter-reading'
import { tenantTables } from '@stormops/chassis/database/catalogue-linter-tables'
import { clientConfig } from '@stormops/chassis/database/connection'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { openDatabase } from '@stormops/chassis/database/database'
import type { Database } from '@stormops/chassis/database/database'
import { Fault } from '@stormops/chassis/fault'
import { PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import { MIGRATIONS } from '@stormops/cli/all-in-one'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SEALING_LOCK } from '../../subgraphs/tenancy/src/store/audit-chain-store.ts'
import { createStorm } from '../storms/storm-builders.ts'
import { openWorld } from '../world/world.ts'
import type { TestTenant, World } from '../world/world.ts'
import { quiet, useEverything } from './company-with-everything.ts'

const SCHEMAS = ['chassis', ...MIGRATIONS.map(({ schema }) => schema)]
const INSUFFICIENT_PRIVILEGE = '42501'
const READ_ONLY = '25006'

const PARTITIONS = `select c.oid::regclass::text as name from pg_class c where c.relispartition and c.relkind = 'r'
                       and c.relnamespace = any (array(select oid from pg_namespace where nspname not like 'pg%'))`

type Role = 'app' | 'owner'
type Table = { readonly name: string; readonly column: string }

let world: World
let ours: string
let theirs: string
let tables: readonly Table[]
let partitionNames: readonly string[]
let clients: Record<Role, pg.Client>
let database: Database

beforeAll(async () => {
  world = await openWorld()
  const [us, them] = [await world.tenant(), await world.tenant()]
  await Promise.all([us, them].map((tenant) => useEverything(tenant, world.staff)))
  await Promise.all([us, them].map(quiet))
  ;[ours, theirs] = [us.uuid, them.uuid]
  clients = { app: await connected(world.database.app), owner: await connected(world.database.owner) }
  await keepUnsealed([us, them])
  await holdJobs([us, them])
  const catalogue = await readCatalogue(clients.owner, SCHEMAS)
  const { rows: partitions } = await clients.owner.query<{ name: string }>(PARTITIONS)
  const every = tenantTables(catalogue).map(({ table, column }) => ({ name: table.name, column }))
  // A partition is reached through its table, whose policies hold then.
  tables = every.filter(({ name }) => partitions.every((partition) => partition.name !== name))
  partitionNames = partitions.map(({ name }) => name)
  database = await world.database.open()
})
afterAll(async () => {
  await Promise.all(Object.values(clients).map((client) => client.end()))
  await world.close()
})

/** Lines wait to be sealed for a second at most; these wait until the test is over, because nobody else may seal. */
const keepUnsealed = async (tenants: readonly TestTenant[]): Promise<void> => {
  for (const tenant of tenants) {
    await clients.owner.query('select pg_advisory_lock($1, hashtext($2))', [SEALING_LOCK, tenant.uuid])
    await createStorm(tenant.as('OWNER'))
  }
}

/** Jobs are held only while a company moves. */
const holdJobs = async (tenants: readonly TestTenant[]): Promise<void> => {
  for (const { uuid } of tenants) {
    await clients.owner.query('begin')
    await clients.owner.query(`select set_config('app.tenant_id', $1, true)`, [uuid])
    await clients.owner.query(`insert into chassis.held_job (tenant_id, id, job) values ($1, $1, '{}')`, [
      uuid,
    ])
    await clients.owner.query('commit')
  }
}

const connected = async (settings: ConnectionSettings): Promise<pg.Client> => {
  const client = new pg.Client(clientConfig(settings))
  await client.connect()
  return client
}

/** Does the work in a transaction of the tenant, or of none, and takes it back. */
const within = async <Result>(
  role: Role,
  tenant: string | null,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> => {
  const client = clients[role]
  await client.query('begin')
  try {
    if (tenant !== null) await client.query(`select set_config('app.tenant_id', $1, true)`, [tenant])
    return await work(client)
  } finally {
    await client.query('rollback')
  }
}

const count = async (client: pg.Client, { name, column }: Table, tenant: string): Promise<number> => {
  const { rows } = await client.query<{ n: string }>(
    `select count(*) as n from ${name} where ${column} = $1`,
    [tenant],
  )
  return Number(rows[0]?.n)
}

/** How many rows the statement changed, or the code with which the database refused it. */
const attempt = async (
  client: pg.Client,
  sql: string,
  parameters: unknown[] = [],
): Promise<number | string> =>
  client.query(sql, parameters).then(
    (result) => result.rowCount ?? 0,
    (error: unknown) => (error instanceof pg.DatabaseError ? (error.code ?? '') : String(error)),
  )

/** What every table answers, by its name. */
const forEveryTable = async <Result>(
  work: (table: Table) => Promise<Result>,
): Promise<Readonly<Record<string, Result>>> => {
  const answers: [string, Result][] = []
  for (const table of tables) answers.push([table.name, await work(table)])
  return Object.fromEntries(answers)
}

const everyTable = <Result>(answer: Result): Readonly<Record<string, Result>> =>
  Object.fromEntries(tables.map(({ name }) => [name, answer]))

/** One of our rows, as JSON. */
const oneOfOurs = ({ name, column }: Table): Promise<unknown> =>
  within('owner', ours, async (client) => {
    const { rows } = await client.query<{ row: unknown }>(
      `select to_jsonb(t) as row from ${name} t where ${column} = $1 limit 1`,
      [ours],
    )
    return rows[0]?.row
  })

const STRANGERS = [
  ['another company', () => theirs],
  ['no company at all', () => null],
] as const

describe('tables', () => {
  it('all have rows of a company that used everything; cover a new table in company-with-everything.ts', async () => {
    expect(tables.length).toBeGreaterThan(15)
    for (const tenant of [ours, theirs]) {
      const rows = await forEveryTable((table) =>
        within('app', tenant, (client) => count(client, table, tenant)),
      )
      expect(Object.keys(rows).filter((name) => rows[name] === 0)).toEqual([])
    }
  })
})

describe('partitions', () => {
  it('are nobody’s to reach beside their table', async () => {
    expect(partitionNames.length).toBeGreaterThan(10)
    for (const name of partitionNames) {
      const seen = await within('app', ours, (client) => attempt(client, `select from ${name}`))
      expect([name, seen]).toEqual([name, INSUFFICIENT_PRIVILEGE])
    }
  })
})

describe.each(STRANGERS)('%s', (_name, stranger) => {
  describe.each(['app', 'owner'] as const)('as the %s', (role) => {
    it('sees none of our rows in any table', async () => {
      const seen = await forEveryTable((table) =>
        within(role, stranger(), (client) => count(client, table, ours)),
      )
      expect(seen).toEqual(everyTable(0))
    })

    it('sees no rows but its own in any table', async () => {
      const seen = await forEveryTable(({ name, column }) =>
        within(role, stranger(), async (client) => {
          const { rows } = await client.query<{ id: string }>(`select distinct ${column} as id from ${name}`)
          return rows.map(({ id }) => id)
        }),
      )
      const own = stranger()
      expect(seen).toEqual(everyTable(own === null ? [] : [own]))
    })

    it.each(['update', 'delete'] as const)('changes none of our rows by %s', async (verb) => {
      const changed = await forEveryTable((table) =>
        within(role, stranger(), (client) =>
          attempt(
            client,
            verb === 'update'
              ? `update ${table.name} set ${table.column} = ${table.column} where ${table.column} = $1`
              : `delete from ${table.name} where ${table.column} = $1`,
            [ours],
          ),
        ),
      )
      // The app has no right at all to change some tables; the owner has every right, and row security alone says no.
      const allowed = role === 'app' ? [0, INSUFFICIENT_PRIVILEGE] : [0]
      expect(Object.entries(changed).filter(([, answer]) => !allowed.includes(answer))).toEqual([])
      expect(Object.values(changed)).toContain(0)
    })

    it('cannot insert a row of ours into any table', async () => {
      const refused = await forEveryTable(async (table) => {
        const row = await oneOfOurs(table)
        return within(role, stranger(), (client) =>
          attempt(
            client,
            `insert into ${table.name} select (jsonb_populate_record(null::${table.name}, $1)).*`,
            [row],
          ),
        )
      })
      expect(refused).toEqual(everyTable(INSUFFICIENT_PRIVILEGE))
    })
  })
})

describe('a company', () => {
  it('cannot hand its rows to another, even with every right on the table', async () => {
    const IMMUTABLE = '23001'
    const handed = await forEveryTable((table) =>
      within('owner', theirs, (client) =>
        attempt(client, `update ${table.name} set ${table.column} = $1`, [ours]),
      ),
    )
    expect(
      Object.entries(handed).filter(
        ([, answer]) => answer !== INSUFFICIENT_PRIVILEGE && answer !== IMMUTABLE,
      ),
    ).toEqual([])
  })

  it('could insert the row if it were its own, so that a refusal is not of the row', async () => {
    const DUPLICATE = '23505'
    const answers = await forEveryTable(async (table) => {
      const row = await oneOfOurs(table)
      return within('owner', ours, (client) =>
        attempt(
          client,
          `insert into ${table.name} select (jsonb_populate_record(null::${table.name}, $1)).*`,
          [row],
        ),
      )
    })
    expect(answers).toEqual(everyTable(DUPLICATE))
  })
})

describe('the platform role', () => {
  /** Tenants and jobs for staff’s look, whose audit there is to seal, and who sends a key or acts in another’s place. */
  const GRANTED = [
    'billing.account',
    'billing.credit_note',
    'billing.invoice',
    'billing.invoice_line',
    'billing.payment_attempt',
    'billing.stripe_checkout',
    'billing.stripe_customer',
    'billing.stripe_invoice',
    'billing.stripe_subscription',
    'billing.subscription',
    'billing.usage_counter',
    'billing.usage_notice',
    'chassis.job_event',
    'chassis.job_run',
    'chassis.job_step',
    'tenancy.api_key',
    'tenancy.api_key_secret',
    'tenancy.audit_pending',
    'tenancy.audit_seal',
    'tenancy.impersonation',
    'tenancy.member',
    'tenancy.staff_access',
    'tenancy.tenant',
  ]

  it('reads the tables whose policy names it, across companies, and no other', async () => {
    const seen = await forEveryTable(({ name, column }) =>
      database
        .withPlatform((tx) => tx.rows<{ id: string }>(`select distinct ${column} as id from ${name}`))
        .then(
          // What Stripe tells is handled by jobs that are no company's.
          (rows) => rows.flatMap(({ id }) => (id === PLATFORM_TENANT_ID ? [] : [id])).toSorted(),
          () => 'refused',
        ),
    )
    const everybody = [ours, theirs].toSorted()
    expect(seen).toEqual({
      ...everyTable('refused'),
      ...Object.fromEntries(GRANTED.map((name) => [name, everybody])),
    })
  })

  it('changes nothing', async () => {
    for (const name of GRANTED) {
      await expect(database.withPlatform((tx) => tx.change(`delete from ${name}`))).rejects.toMatchObject({
        code: expect.stringMatching(`${READ_ONLY}|${INSUFFICIENT_PRIVILEGE}`),
      })
    }
  })

  it('carries no tenant along', async () => {
    const [row] = await database.withPlatform((tx) =>
      tx.rows<{ tenant: string | null }>(`select chassis.current_tenant() as tenant`),
    )
    expect(row?.tenant).toBeNull()
  })
})

describe('the ledger’s role', () => {
  const READ = [
    'billing.account',
    'billing.closed_month',
    'billing.credit_note',
    'billing.invoice',
    'billing.invoice_line',
    'billing.subscription',
    'billing.usage_counter',
    'billing.usage_event',
    'chassis.idempotency_key',
    'chassis.job_event',
    'chassis.job_run',
    'chassis.job_step',
  ]
  const CHANGED = [
    'billing.invoice',
    'billing.invoice_line',
    'billing.usage_counter',
    'chassis.job_event',
    'chassis.job_run',
  ]

  it('reads what companies used and owe, and what was done for them, across them, and no other table', async () => {
    const seen = await forEveryTable(({ name, column }) =>
      database
        .withLedger((tx) => tx.rows<{ id: string }>(`select distinct ${column} as id from ${name}`))
        .then(
          (rows) => [ours, theirs].every((company) => rows.some(({ id }) => id === company)),
          () => 'refused',
        ),
    )
    // Notices are written by it, too, and their policy lets it look whether one is there; held jobs are not lost ones.
    expect(seen).toEqual({
      ...everyTable('refused'),
      ...Object.fromEntries(
        [...READ, 'billing.usage_notice', 'chassis.held_job'].map((name) => [name, true]),
      ),
    })
  })

  it('changes counters, drafts and lines of jobs, and of the ledger nothing', async () => {
    const changed = await forEveryTable(({ name, column }) =>
      database
        .withLedger((tx) => tx.change(`update ${name} set ${column} = ${column} where false`))
        .catch((error: unknown) => (error instanceof Error && 'code' in error ? error.code : error)),
    )
    expect(changed).toEqual({
      ...everyTable(INSUFFICIENT_PRIVILEGE),
      ...Object.fromEntries(CHANGED.map((name) => [name, 0])),
    })
  })
})

describe('the role that signs people in', () => {
  const READ = ['tenancy.member', 'tenancy.tenant']

  it('reads the members and names of every company, and no other table', async () => {
    const seen = await forEveryTable(({ name, column }) =>
      database
        .withIdentity((tx) => tx.rows<{ id: string }>(`select distinct ${column} as id from ${name}`))
        .then(
          (rows) => rows.map(({ id }) => id).toSorted(),
          () => 'refused',
        ),
    )
    const everybody = [ours, theirs].toSorted()
    expect(seen).toEqual({
      ...everyTable('refused'),
      ...Object.fromEntries(READ.map((name) => [name, everybody])),
    })
  })

  it('changes nothing of a company', async () => {
    const changed = await forEveryTable(({ name, column }) =>
      database
        .withIdentity((tx) => tx.change(`update ${name} set ${column} = ${column}`))
        .catch((error: unknown) => (error instanceof Error && 'code' in error ? error.code : error)),
    )
    expect(changed).toEqual(everyTable(INSUFFICIENT_PRIVILEGE))
  })

  it('alone reads persons, links and sessions', async () => {
    const names = ['person', 'sign_in_request', 'sign_in_link', 'session'].map((name) => `tenancy.${name}`)
    for (const name of names) {
      const sql = `select count(*) as n from ${name}`
      await expect(database.withIdentity((tx) => tx.rows(sql))).resolves.toHaveLength(1)
      await expect(database.withTenant(ours, (tx) => tx.rows(sql))).rejects.toMatchObject({
        code: INSUFFICIENT_PRIVILEGE,
      })
      await expect(database.withPlatform((tx) => tx.rows(sql))).rejects.toMatchObject({
        code: INSUFFICIENT_PRIVILEGE,
      })
      expect((await clients.owner.query(sql)).rows).toEqual([{ n: '0' }])
    }
  })

  it('acts for one company at a time, with the app’s rights and that company’s rows', async () => {
    const who = `select current_user as role, chassis.current_tenant() as tenant`
    const seen = await database.withIdentity(async (tx) => {
      const acted = await tx.actFor(ours, async (inTenant) => ({
        who: await inTenant.rows(who),
        members: await inTenant.rows(`select distinct tenant_id as id from tenancy.member`),
        queue: inTenant.tenantId,
      }))
      return { acted, after: await tx.rows(`select current_user as role`) }
    })
    expect(seen).toEqual({
      acted: { who: [{ role: 'stormops_app', tenant: ours }], members: [{ id: ours }], queue: ours },
      after: [{ role: 'stormops_identity' }],
    })
    const other = database.withIdentity((tx) =>
      tx.actFor(ours, (inTenant) => inTenant.rows(`select from tenancy.session`)),
    )
    await expect(other).rejects.toMatchObject({ code: INSUFFICIENT_PRIVILEGE })
  })

  it('is left with the transaction, however it ended', async () => {
    const single = await openDatabase({
      name: 'test',
      connection: world.database.app,
      entities: [],
      poolSize: 1,
    })
    try {
      const current = () =>
        single.withTenant(theirs, async (tx) =>
          tx.rows(`select current_user as role, chassis.current_tenant() as tenant`),
        )
      const app = [{ role: 'stormops_app', tenant: theirs }]
      await single.withIdentity((tx) => tx.actFor(ours, (inTenant) => inTenant.rows('select 1')))
      expect(await current()).toEqual(app)
      await single.withIdentity((tx) => tx.rows('select 1 / 0')).catch(() => undefined)
      expect(await current()).toEqual(app)
      await single
        .withIdentity((tx) => tx.actFor(ours, (inTenant) => inTenant.rows('select 1 / 0')))
        .catch(() => undefined)
      expect(await current()).toEqual(app)
    } finally {
      await single.close()
    }
  })
})

describe('the door to the data', () => {
  const MALFORMED = ['', 'null', '0', `' or true --`, '{00000000-0000-0000-0000-000000000000}', 'ten_018f']

  it.each(MALFORMED)('does not open for the tenant id %j', async (tenantId) => {
    await expect(database.withTenant(tenantId, async () => 'opened')).rejects.toBeInstanceOf(Fault)
    await expect(database.withTenantClient(tenantId, async () => 'opened')).rejects.toBeInstanceOf(Fault)
  })

  it('opens for a company that does not exist, and shows nothing', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000'
    const rows = await forEveryTable(({ name }) =>
      database.withTenant(nobody, (tx) => tx.rows(`select from ${name} limit 1`)),
    )
    expect(rows).toEqual(everyTable([]))
  })

  it('forgets the company with the transaction, however it ended', async () => {
    const single = await openDatabase({
      name: 'test',
      connection: world.database.app,
      entities: [],
      poolSize: 1,
    })
    try {
      const current = async () => {
        const [row] = await single.withPlatform((tx) =>
          tx.rows<{ tenant: string | null; role: string }>(
            `select nullif(current_setting('app.tenant_id', true), '') as tenant, session_user as role`,
          ),
        )
        return row
      }
      const nobody = { tenant: null, role: 'stormops_app' }
      await single.withTenant(ours, (tx) => tx.rows('select 1'))
      expect(await current()).toEqual(nobody)
      await single.withTenant(ours, (tx) => tx.rows('select 1 / 0')).catch(() => undefined)
      expect(await current()).toEqual(nobody)
      await single.withTenantClient(ours, (client) => client.query('select 1'))
      expect(await current()).toEqual(nobody)
      await single.withTenantClient(ours, (client) => client.query('select 1 / 0')).catch(() => undefined)
      expect(await current()).toEqual(nobody)
      const [row] = await single.withTenant(theirs, (tx) =>
        tx.rows<{ role: string }>('select current_user as role'),
      )
      expect(row?.role).toBe('stormops_app')
    } finally {
      await single.close()
    }
  })
})
