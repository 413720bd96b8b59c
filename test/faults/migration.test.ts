/** A migration that adds something, while everybody works and somebody reads for long. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientConfig } from '@stormops/chassis/database/connection'
import { prepareDatabase } from '@stormops/chassis/database/migrate'
import { MIGRATIONS } from '@stormops/cli/all-in-one'
import { work } from './crew.ts'
import { openFaultyPlatform } from './faulty-platform.ts'
import type { FaultyPlatform } from './faulty-platform.ts'
import { assertUnharmed } from './invariants.ts'
import type { Company } from './journal.ts'

const ADDS = `-- Up Migration
alter table storms.storm add column crew_note text;
alter table storms.property add column roof_note text default 'none';
create table storms.roof_note (tenant_id uuid not null, id uuid not null, primary key (tenant_id, id));
alter table storms.roof_note enable row level security;
-- Down Migration
alter table storms.storm drop column crew_note;
`

let platform: FaultyPlatform
let companies: readonly Company[]
let directory: string
beforeAll(async () => {
  platform = await openFaultyPlatform()
  companies = [await platform.company('Older Roofing'), await platform.company('Newer Roofing')]
  // A schema of the platform's own, of which one more migration is there than when it was started.
  directory = mkdtempSync(join(tmpdir(), 'stormops-migration-'))
  writeFileSync(join(directory, '001_notes.sql'), ADDS)
})
afterAll(async () => {
  await platform?.close()
  rmSync(directory, { recursive: true, force: true })
})

describe('a migration while the platform serves', () => {
  it('fails no request and holds up nobody, though somebody holds the table for long', async () => {
    let isOver = false
    const working = companies.map((company) =>
      work({ company, journal: platform.journal, isOver: () => isOver }),
    )
    const { admin, secret } = platform.database
    const reader = new pg.Client(clientConfig(admin))
    await reader.connect()
    try {
      await sleep(300)
      await reader.query('begin')
      await reader.query('select count(*) from storms.storm')
      const ran = prepareDatabase(admin, secret, [...MIGRATIONS, { schema: 'later', directory }])
      await sleep(3_000)
      const before = platform.journal.acknowledged.length
      await sleep(1_500)
      // The migration waits for the reader, and nobody for the migration for longer than it is patient.
      expect(platform.journal.acknowledged.length).toBeGreaterThan(before)
      await reader.query('commit')
      expect(await ran).toEqual(['later/001_notes'])
      await sleep(500)
    } finally {
      await reader.end()
      isOver = true
      await Promise.all(working)
    }
    for (const company of companies) {
      expect([...platform.journal.countsOf(company).refused.keys()]).toEqual([])
    }
    await assertUnharmed(platform)
  })
})
