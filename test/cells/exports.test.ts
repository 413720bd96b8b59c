/** Every company has its file of the night, in whichever cell it lives; a cell that has none is not told as if it had. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportCompanies } from '@stormops/chassis/backup/company-exports'
import { readTenantManifest } from '@stormops/chassis/backup/tenant-import'
import { ownerTransaction } from '@stormops/chassis/database/owner-transaction'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import { openBackups } from '@stormops/cli/backups'
import type { Backups } from '@stormops/cli/backups'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'
import { aCell, asked } from './a-cell.ts'
import type { TestCell } from './a-cell.ts'
import { whileAway } from './cell-away.ts'

const HOUR_MS = 3_600_000

let home: TestDatabase
let gulf: TestCell
let root: string
let backups: Backups
/** How far the clock of the platform is ahead of the machine's. */
let ahead = 0
beforeAll(async () => {
  home = await cloneDatabase()
  gulf = await aCell('gulf')
  root = mkdtempSync(join(tmpdir(), 'stormops-exports-'))
  await aCompany(home, 'ours')
  await aCompany(gulf.database, 'theirs')
  backups = await openBackups({
    admin: home.admin,
    secret: home.secret,
    cells: [gulf],
    place: { root, dataDirectory: null },
    clock: { now: () => new Date(Date.now() + ahead) },
    log: createLog('silent'),
  })
})
afterAll(async () => {
  await backups.close()
  await gulf.database.close()
  await home.close()
  rmSync(root, { recursive: true, force: true })
})

const aCompany = async ({ owner }: TestDatabase, slug: string): Promise<void> => {
  const id = newId()
  await ownerTransaction(owner, async (rows) => {
    await rows(`select set_config('app.tenant_id', $1, true)`, [id])
    await rows(
      `insert into tenancy.tenant (id, slug, name, time_zone, currency) values ($1, $2, $2, 'UTC', 'USD')`,
      [id, slug],
    )
  })
}

const signal = new AbortController().signal

const lines = ({ admin }: Pick<TestDatabase, 'admin'>) =>
  asked<{ outcome: string; detail: string }>(
    admin,
    `select outcome, detail from chassis.backup where kind = 'logical' order by ended_at`,
  )

const age = () => backups.probes.find(({ key }) => key === 'backup-age')!.measure()

describe('the files of a night', () => {
  it('are of the companies of every cell, and a pilot finds the word of it in its own', async () => {
    const { companies, directory, missing } = await backups.desk.exportCompanies(signal)
    expect(companies.map(({ slug }) => slug)).toEqual(['ours', 'theirs'])
    expect(missing).toEqual([])
    for (const slug of ['ours', 'theirs']) {
      const { tables } = await readTenantManifest(join(directory, `${slug}.tar`))
      expect(tables.find(({ name }) => name === 'tenancy.tenant')).toMatchObject({ rows: 1 })
    }
    expect(await lines(home)).toEqual([{ outcome: 'SUCCEEDED', detail: '2 companies' }])
    expect(await lines(gulf.database)).toEqual([{ outcome: 'SUCCEEDED', detail: '1 companies' }])
  })

  it('are kept of the others while a cell is away; the night failed, and its age goes on', async () => {
    ahead = 27 * HOUR_MS
    await whileAway(gulf, home.admin, async () => {
      await expect(backups.desk.exportCompanies(signal)).rejects.toMatchObject({
        code: 'UNAVAILABLE',
        message: 'Companies of gulf have no file of this night; 1 of others have.',
      })
    })
    const [whole, night] = backups.desk.exports()
    expect(night).toMatchObject({ missing: ['gulf'], companies: [{ slug: 'ours' }] })
    expect(readdirSync(night!.directory).toSorted()).toEqual(['manifest.json', 'ours.tar'])
    expect((await lines(home)).map(({ outcome }) => outcome)).toEqual(['SUCCEEDED', 'FAILED'])
    expect(await age()).toMatchObject({ isBreached: true })
    expect((await age()).detail).toContain('every cell')

    // A night with all of them takes the place of neither.
    await backups.desk.exportCompanies(signal)
    expect(await age()).toMatchObject({ isBreached: false })
    backups.desk.prune()
    expect(backups.desk.exports().map(({ id }) => id)).toEqual(expect.arrayContaining([whole!.id, night!.id]))
    ahead = 0
  })

  it('have a company that moves while they are written', async () => {
    const [theirs] = await asked<{ id: string; slug: string }>(
      gulf.admin,
      `select id, slug from tenancy.tenant where slug = 'theirs'`,
    )
    let looks = 0
    const { exports } = await exportCompanies({
      root: join(root, 'moving'),
      sources: [
        // Listed where it lived a moment ago, and where it lives now only when it has arrived.
        { cell: 'home', owner: home.owner, companies: async () => (theirs === undefined ? [] : [theirs]) },
        {
          cell: 'gulf',
          owner: gulf.database.owner,
          companies: async () => (looks++ === 0 || theirs === undefined ? [] : [theirs]),
        },
      ],
      now: () => new Date(),
      signal,
    })
    expect(exports.companies).toMatchObject([{ slug: 'theirs' }])
    const { tables } = await readTenantManifest(join(exports.directory, 'theirs.tar'))
    expect(tables.find(({ name }) => name === 'tenancy.tenant')).toMatchObject({ rows: 1 })
  })

  it('are none at all, and nothing is left, when no cell can be reached', async () => {
    const before = readdirSync(join(root, 'companies'))
    await whileAway(gulf, postgresOf(home), () =>
      whileAway({ database: home }, postgresOf(home), async () => {
        await expect(backups.desk.exportCompanies(signal)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
      }),
    )
    expect(readdirSync(join(root, 'companies'))).toEqual(before)
  })
})

const postgresOf = ({ admin }: TestDatabase) => ({ ...admin, database: 'postgres' })
