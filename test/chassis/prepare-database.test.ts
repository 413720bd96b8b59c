import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assertCatalogue } from '@stormops/chassis/database/catalogue-linter'
import { clientConfig } from '@stormops/chassis/database/connection'
import { startEmbeddedPostgres } from '@stormops/chassis/database/embedded/supervisor'
import { appConnection, prepareDatabase } from '@stormops/chassis/database/migrate'
import { MIGRATIONS } from '@stormops/cli/all-in-one'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const SECRET = 'test'

const home = mkdtempSync(join(tmpdir(), 'stormops-hosted-'))
let server: Awaited<ReturnType<typeof startEmbeddedPostgres>>
beforeAll(async () => {
  server = await startEmbeddedPostgres({ home, settings: { fsync: 'off' } })
  const superuser = new pg.Client(
    clientConfig({ ...server.connection('postgres', 'postgres'), password: null, tls: false }),
  )
  await superuser.connect()
  await superuser.query(`create role hosted_admin login createrole createdb`)
  await superuser.end()
})
afterAll(async () => {
  await server?.stop('immediate')
  rmSync(home, { recursive: true, force: true })
})

const admin = () => ({ ...server.connection('stormops', 'hosted_admin'), password: null, tls: false })

describe('a hosted server, whose administrator is no superuser,', () => {
  it('is prepared, and prepared again', async () => {
    expect((await prepareDatabase(admin(), SECRET, MIGRATIONS)).length).toBeGreaterThan(MIGRATIONS.length)
    expect(await prepareDatabase(admin(), SECRET, MIGRATIONS)).toEqual([])
    await assertCatalogue(appConnection(admin(), SECRET), [
      'chassis',
      ...MIGRATIONS.map(({ schema }) => schema),
    ])
  })

  it('lets go of what a client holds that is gone without a word', async () => {
    const client = new pg.Client(clientConfig(appConnection(admin(), SECRET)))
    await client.connect()
    const { rows } = await client.query(
      `select unnest(setconfig) as setting from pg_db_role_setting s join pg_roles r on r.oid = s.setrole
        where r.rolname = current_user order by 1`,
    )
    await client.end()
    expect(rows.map(({ setting }) => setting)).toEqual([
      'tcp_keepalives_count=3',
      'tcp_keepalives_idle=15s',
      'tcp_keepalives_interval=5s',
      'tcp_user_timeout=30s',
    ])
  })
})
