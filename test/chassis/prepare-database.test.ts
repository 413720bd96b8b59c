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

describe('a hosted server, whose administrator is no superuser,', () => {
  it('is prepared, and prepared again', async () => {
    const admin = {
      ...server.connection('stormops', 'hosted_admin'),
      password: null,
      tls: false,
    }
    expect((await prepareDatabase(admin, SECRET, MIGRATIONS)).length).toBeGreaterThan(MIGRATIONS.length)
    expect(await prepareDatabase(admin, SECRET, MIGRATIONS)).toEqual([])
    await assertCatalogue(appConnection(admin, SECRET), [
      'chassis',
      ...MIGRATIONS.map(({ schema }) => schema),
    ])
  })
})
