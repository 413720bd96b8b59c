import { assertCatalogue, CatalogueFault, lintCatalogue } from '@stormops/chassis/database/catalogue-linter'
import { readCatalogue } from '@stormops/chassis/database/catalogue-linter-reading'
import { tenantTables } from '@stormops/chassis/database/catalogue-linter-tables'
import { clientConfig } from '@stormops/chassis/database/connection'
import { APP_ROLE } from '@stormops/chassis/database/roles'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase } from '../world/database.ts'
import { openTriedDatabase, SCHEMAS } from './catalogue-findings.ts'
import type { TriedDatabase } from './catalogue-findings.ts'

let tried: TriedDatabase
beforeAll(async () => {
  tried = await openTriedDatabase()
})
afterAll(() => tried.close())

describe('the migrated database', () => {
  it('keeps companies apart in every table', async () => {
    const catalogue = await readCatalogue(tried.admin, SCHEMAS)
    expect(tenantTables(catalogue).length).toBeGreaterThan(15)
    expect(catalogue.policies.length).toBeGreaterThan(15)
    expect(catalogue.grants.length).toBeGreaterThan(15)
    expect(await lintCatalogue(tried.admin, SCHEMAS)).toEqual([])
  })

  it('is looked at by the app as by its owner', async () => {
    await assertCatalogue(tried.database.app, SCHEMAS)
    await assertCatalogue(tried.database.owner, SCHEMAS)
    const app = new pg.Client(clientConfig(tried.database.app))
    await app.connect()
    try {
      expect(await readCatalogue(app, SCHEMAS)).toEqual(await readCatalogue(tried.admin, SCHEMAS))
    } finally {
      await app.end()
    }
  })

  it('is refused as a whole when it has faults, with all of them at once', async () => {
    const broken = await cloneDatabase()
    const owner = new pg.Client(clientConfig(broken.owner))
    await owner.connect()
    try {
      await owner.query('alter table storms.pilot disable row level security')
      await owner.query(`grant truncate on storms.storm to ${APP_ROLE}`)
      const refusal = await assertCatalogue(broken.app, SCHEMAS).catch((error: unknown) => error)
      expect(refusal).toBeInstanceOf(CatalogueFault)
      expect(refusal).toMatchObject({
        findings: [
          { rule: 'row-security-off', object: 'storms.pilot' },
          { rule: 'right-round-row-security', object: 'storms.storm' },
        ],
        message: expect.stringContaining('storms.pilot: row security is not enabled'),
      })
    } finally {
      await owner.end()
      await broken.close()
    }
  })
})
