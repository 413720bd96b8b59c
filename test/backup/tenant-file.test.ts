/** A company can be taken out whole, with nothing of anybody else, and looked at elsewhere. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { createZstdDecompress } from 'node:zlib'
import { exportTenant } from '@stormops/chassis/backup/tenant-export'
import type { TenantManifest } from '@stormops/chassis/backup/tenant-export'
import { importTenant, readTenantManifest } from '@stormops/chassis/backup/tenant-import'
import { readTar } from '@stormops/chassis/backup/tar'
import { clientConfig } from '@stormops/chassis/database/connection'
import { readTenantTables } from '@stormops/chassis/database/tenant-tables'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quiet, useEverything } from '../invariants/company-with-everything.ts'
import { cloneDatabase } from '../world/database.ts'
import { openWorld } from '../world/world.ts'
import type { TestTenant, World } from '../world/world.ts'

let world: World
let ours: TestTenant
let theirs: TestTenant
let directory: string
let file: string
let manifest: TenantManifest

const never = new AbortController().signal

const exported = (tenant: TestTenant, to: string) =>
  exportTenant({
    owner: world.database.owner,
    tenantId: tenant.uuid,
    slug: 'ours',
    file: to,
    now: new Date(),
    signal: never,
  })

beforeAll(async () => {
  world = await openWorld()
  directory = mkdtempSync(join(tmpdir(), 'stormops-export-'))
  file = join(directory, 'ours.tar')
  ;[ours, theirs] = [await world.tenant(), await world.tenant()]
  await Promise.all([ours, theirs].map((tenant) => useEverything(tenant, world.staff)))
  await Promise.all([ours, theirs].map(quiet))
  manifest = await exported(ours, file)
})
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true })
  await world.close()
})

const everyByte = async (): Promise<string> => {
  const text: string[] = []
  await readTar(createReadStream(file), async ({ path }, bytes) => {
    const source = Readable.from(bytes)
    const plain = path.endsWith('.zst') ? source.pipe(createZstdDecompress()) : source
    for await (const piece of plain) text.push(String(piece))
  })
  return text.join('\n')
}

describe('the file of a company', () => {
  it('has every table with a row, and forgets none that the catalogue has', async () => {
    const client = new pg.Client(clientConfig(world.database.owner))
    await client.connect()
    const { tables } = await readTenantTables(client)
    await client.end()
    expect(tables.length).toBeGreaterThan(30)
    expect(manifest.tables.map(({ name }) => name)).toEqual(tables.map(({ name }) => name))
    // Lines wait to be sealed for a moment only, and jobs are held while their company moves.
    const passing = new Set(['tenancy.audit_pending', 'chassis.held_job'])
    const empty = manifest.tables.filter(({ rows, name }) => rows === 0 && !passing.has(name))
    expect(empty.map(({ name }) => name)).toEqual([])
    expect(manifest.shared.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['billing.plan_version', 'billing.issuer']),
    )
  })

  it('says so itself, before anything else in it', async () => {
    expect(await readTenantManifest(file)).toEqual(manifest)
  })

  it('has nothing of another company', async () => {
    const text = await everyByte()
    expect(text).toContain(ours.uuid)
    expect(text).not.toContain(theirs.uuid)
    expect(text).not.toContain(theirs.uuid.replaceAll('-', ''))
    expect(text).not.toContain(theirs.name)
  })

  it('is the same again while nothing changes', async () => {
    const again = await exported(ours, join(directory, 'again.tar'))
    const figures = (of: TenantManifest) =>
      of.tables.map(({ name, rows, sha256 }) => ({ name, rows, sha256 }))
    expect(figures(again)).toEqual(figures(manifest))
  })
})

describe('a company out of its file', () => {
  it('comes into a scratch database row for row, and only once', async () => {
    const scratch = await cloneDatabase()
    const taken = await importTenant({ file, owner: scratch.owner })
    expect(taken).toEqual(manifest)
    const client = new pg.Client(clientConfig(scratch.admin))
    await client.connect()
    const { rows } = await client.query('select id, slug from tenancy.tenant')
    expect(rows.map(({ id }) => id)).toEqual([ours.uuid])
    const audited = manifest.tables.find(({ name }) => name === 'tenancy.audit_event')
    const audit = await client.query('select count(*)::int as count from tenancy.audit_event')
    expect(audit.rows).toEqual([{ count: audited!.rows }])
    const triggers = await client.query(
      `select count(*)::int as count from pg_trigger where tgenabled = 'D' and not tgisinternal`,
    )
    expect(triggers.rows).toEqual([{ count: 0 }])
    await client.end()
    await expect(importTenant({ file, owner: scratch.owner })).rejects.toThrow('duplicate key')
    await scratch.close()
  })

  it('is refused when a byte of it changed, and leaves nothing', async () => {
    const scratch = await cloneDatabase()
    const bytes = readFileSync(file)
    // Past the header of a table, in what was packed of it.
    bytes[bytes.indexOf('tenancy.audit_event.csv.zst') + 512 + 40]! ^= 0xff
    const damaged = join(directory, 'damaged.tar')
    writeFileSync(damaged, bytes)
    await expect(importTenant({ file: damaged, owner: scratch.owner })).rejects.toThrow(
      /Decompression failed|Restored data|checksum|came in with|Unknown frame|corrupt/i,
    )
    const client = new pg.Client(clientConfig(scratch.admin))
    await client.connect()
    const { rows } = await client.query('select count(*)::int as count from tenancy.tenant')
    expect(rows).toEqual([{ count: 0 }])
    await client.end()
    await scratch.close()
  })
})
