import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { clientConfig } from '@stormops/chassis/database/connection'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { assertCatalogue } from '@stormops/chassis/database/catalogue-linter'
import {
  appConnection,
  chassisMigrations,
  ownerConnection,
  prepareDatabase,
} from '@stormops/chassis/database/migrate'
import { MIGRATIONS } from '@stormops/cli/all-in-one'
import pg from 'pg'
import { afterAll, describe, expect, inject, it } from 'vitest'

const SOURCES = [chassisMigrations, ...MIGRATIONS]
const FILES = SOURCES.flatMap(({ schema, directory }) =>
  readdirSync(directory).map((file) => ({ schema, directory, file })),
)
const INSUFFICIENT_PRIVILEGE = '42501'

const { admin, secret, template } = inject('server')
const made: ConnectionSettings[] = []

/** A name nothing stands under yet; what is made there is dropped afterwards. */
const freshDatabase = (): ConnectionSettings => {
  const settings = { ...admin, database: `${template}_${randomUUID().slice(0, 8)}` }
  made.push(settings)
  return settings
}

const connected = async <Result>(
  settings: ConnectionSettings,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> => {
  const client = new pg.Client(clientConfig(settings))
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

afterAll(() =>
  connected({ ...admin, database: 'postgres' }, async (client) => {
    for (const { database } of made) await client.query(`drop database if exists "${database}" with (force)`)
  }),
)

/** What `create table` and its kind left behind, one line a thing. */
const shapeOf = (settings: ConnectionSettings): Promise<readonly string[]> =>
  connected(settings, async (client) => {
    const { rows } = await client.query<{ line: string }>(
      `select format('%s.%s.%s %s', table_schema, table_name, column_name, data_type) as line
         from information_schema.columns where table_schema <> all(array['pg_catalog', 'information_schema'])
       union all
       select format('%s.%s %s', schemaname, tablename, policyname) from pg_policies
       union all
       select format('%s.migration %s', $1::text, count(*)) from tenancy.migration
       order by 1`,
      ['tenancy'],
    )
    return rows.map(({ line }) => line)
  })

describe('migration files', () => {
  it('are named by number and purpose, numbered from 001 without a gap', () => {
    expect(FILES.length).toBeGreaterThanOrEqual(SOURCES.length)
    for (const { schema } of SOURCES) {
      const files = FILES.filter((file) => file.schema === schema).map(({ file }) => file)
      expect(files.filter((file) => !/^\d{3}_[a-z0-9]+(-[a-z0-9]+)*\.sql$/.test(file))).toEqual([])
      expect(files.map((file) => Number(file.slice(0, 3)))).toEqual(files.map((_file, place) => place + 1))
    }
  })

  it('say how to go up and how to go down', () => {
    for (const { directory, file } of FILES) {
      const text = readFileSync(join(directory, file), 'utf8')
      expect([file, text.startsWith('-- Up Migration\n'), text.includes('\n-- Down Migration\n')]).toEqual([
        file,
        true,
        true,
      ])
    }
  })
})

describe('preparing a database', () => {
  it('runs every migration once, and nothing the second time', async () => {
    const settings = freshDatabase()
    const first = await prepareDatabase(settings, secret, MIGRATIONS)
    expect(first.toSorted()).toEqual(
      FILES.map(({ schema, file }) => `${schema}/${file.replace('.sql', '')}`).toSorted(),
    )
    const shape = await shapeOf(settings)
    expect(shape.length).toBeGreaterThan(150)
    expect(await prepareDatabase(settings, secret, MIGRATIONS)).toEqual([])
    expect(await shapeOf(settings)).toEqual(shape)
  })

  it('is done by one of several processes that begin at once', async () => {
    const settings = freshDatabase()
    const ran = await Promise.all([1, 2, 3].map(() => prepareDatabase(settings, secret, MIGRATIONS)))
    expect(ran.flat().toSorted()).toEqual(
      FILES.map(({ schema, file }) => `${schema}/${file.replace('.sql', '')}`).toSorted(),
    )
    await assertCatalogue(
      appConnection(settings, secret),
      SOURCES.map(({ schema }) => schema),
    )
    const again = await Promise.all([1, 2, 3].map(() => prepareDatabase(settings, secret, MIGRATIONS)))
    expect(again).toEqual([[], [], []])
  })

  it('leaves the app no way to make or change a table', async () => {
    const settings = freshDatabase()
    await prepareDatabase(settings, secret, MIGRATIONS)
    await connected(appConnection(settings, secret), async (client) => {
      for (const statement of [
        ...['public', ...SOURCES.map(({ schema }) => schema)].map(
          (schema) => `create table ${schema}.mine (id uuid)`,
        ),
        'create schema mine',
        'alter table storms.storm disable row level security',
        'alter table storms.storm add column mine text',
        'create policy mine on storms.storm using (true)',
        'drop table storms.upload',
        'truncate storms.upload',
        'create index on storms.upload (expires_at)',
        `create trigger mine before insert on storms.upload for each row execute function storms.keep_completed_pilot()`,
        'set role stormops_owner',
        'alter role stormops_app bypassrls',
        'select * from storms.migration',
      ]) {
        const refusal = await client.query(statement).catch((error: unknown) => error)
        expect([statement, refusal instanceof pg.DatabaseError ? refusal.code : 'done']).toEqual([
          statement,
          INSUFFICIENT_PRIVILEGE,
        ])
      }
    })
  })

  it('can be taken back, the last first, until nothing is left', async () => {
    const settings = freshDatabase()
    await prepareDatabase(settings, secret, MIGRATIONS)
    await connected(ownerConnection(settings, secret), async (client) => {
      for (const { directory, file } of FILES.toReversed()) {
        await client.query(readFileSync(join(directory, file), 'utf8').split('-- Down Migration')[1] ?? '')
      }
      const { rows } = await client.query<{ nspname: string }>(
        'select nspname from pg_namespace where nspname = any($1)',
        [SOURCES.map(({ schema }) => schema)],
      )
      expect(rows).toEqual([])
    })
    expect((await prepareDatabase(settings, secret, MIGRATIONS)).length).toBe(FILES.length)
  })
})
