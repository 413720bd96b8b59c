/** The platform's own backups: what the nightly job makes, what is kept of it in the database, and who is woken. */
import { readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { backupGauges } from '@stormops/chassis/backup/backup-figures'
import { backUpJob, verifyBackupJob } from '@stormops/chassis/backup/backup-jobs'
import { readTenantManifest } from '@stormops/chassis/backup/tenant-import'
import { walDirectory } from '@stormops/chassis/database/embedded/archive'
import { ownerConnection, prepareDatabase } from '@stormops/chassis/database/migrate'
import { ownerTransaction } from '@stormops/chassis/database/owner-transaction'
import { systemActor } from '@stormops/chassis/identity'
import type { JobContext } from '@stormops/chassis/jobs/worker'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId, PLATFORM_TENANT_ID } from '@stormops/chassis/values/ids'
import { MIGRATIONS } from '@stormops/cli/all-in-one'
import { openBackups } from '@stormops/cli/backups'
import type { Backups } from '@stormops/cli/backups'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Homes } from '../../chassis/database/embedded/embedded-home.fixture.ts'
import { adminOf, ask, openBackedUp, untouched } from './backed-up-server.ts'
import type { BackedUp } from './backed-up-server.ts'

const homes = new Homes()
const SECRET = 'test'
const HOUR_MS = 3_600_000

const log = createLog('silent')
let platform: BackedUp
let backups: Backups
/** How far the clock of the platform is ahead of the machine's. */
let ahead = 0

beforeAll(async () => {
  platform = await openBackedUp(homes)
  const admin = { ...adminOf(platform.server), database: 'stormops' }
  await prepareDatabase(admin, SECRET, MIGRATIONS)
  for (const slug of ['ours', 'theirs']) {
    const id = newId()
    await ownerTransaction(ownerConnection(admin, SECRET), async (rows) => {
      await rows(`select set_config('app.tenant_id', $1, true)`, [id])
      await rows(
        `insert into tenancy.tenant (id, slug, name, time_zone, currency) values ($1, $2, $2, 'UTC', 'USD')`,
        [id, slug],
      )
    })
  }
  backups = await openBackups({
    admin,
    secret: SECRET,
    place: { root: platform.root, dataDirectory: platform.server.dataDirectory },
    clock: { now: () => new Date(Date.now() + ahead) },
    log,
  })
})
afterAll(async () => {
  await backups.close()
  await platform.server.stop('fast')
  expect(await homes.clear()).toEqual([])
})

const context = (name: string): JobContext => ({
  tenantId: PLATFORM_TENANT_ID,
  jobId: newId(),
  attempt: 1,
  actor: systemActor(PLATFORM_TENANT_ID, name),
  log,
  signal: untouched(),
  steps: () => () => {
    throw new Error('Backups have no steps.')
  },
  finish: async () => {
    throw new Error('Backups end no transaction of a company.')
  },
})

const run = async ({ name }: { readonly name: string }): Promise<void> => {
  const handler = backups.jobs.find(({ definition }) => definition.name === name)
  await handler!.run(context(name), {})
}

const probe = (key: string) => backups.probes.find((one) => one.key === key)!.measure()

const metrics = async (): Promise<string> => {
  const registry = new Registry()
  backupGauges(registry, backups.figures, log)
  return registry.metrics()
}

describe('the nightly job', () => {
  it('makes a base backup and a file of every company, and the database says so', async () => {
    expect(await metrics()).not.toContain('backup_last_success_timestamp_seconds{')
    await run(backUpJob)
    expect(backups.desk.bases()).toHaveLength(1)
    const [night] = backups.desk.exports()
    expect(night!.companies.map(({ slug }) => slug)).toEqual(['ours', 'theirs'])
    const manifest = await readTenantManifest(join(night!.directory, 'ours.tar'))
    expect(manifest.tables.find(({ name }) => name === 'tenancy.tenant')).toMatchObject({ rows: 1 })
    const text = await metrics()
    expect(text).toMatch(/backup_last_success_timestamp_seconds\{kind="base"\} \d{10}/)
    expect(text).toMatch(/backup_last_success_timestamp_seconds\{kind="logical"\} \d{10}/)
    expect(text).toMatch(/backup_size_bytes\{kind="base"\} [1-9]\d+/)
    expect(text).toMatch(/wal_archive_lag_seconds \d/)
  })

  it('wakes somebody when the last good backup is older than a day and two hours', async () => {
    expect(await probe('backup-age')).toMatchObject({ isBreached: false, threshold: 93_600 })
    ahead = 27 * HOUR_MS
    const { isBreached, detail } = await probe('backup-age')
    ahead = 0
    expect(isBreached).toBe(true)
    expect(detail).toBe('The last good backup is 27.0 hours old; 26 are allowed.')
  })

  it('writes down what failed, and the age goes on from the last good one', async () => {
    const stopped = AbortSignal.abort(new Error('stopped'))
    await expect(backups.desk.backUpBase(stopped)).rejects.toThrow('aborted')
    const failed = `select count(*) from chassis.backup where outcome = 'FAILED' and kind = 'base'`
    expect(await askPlatform(failed)).toBe('1')
    expect(backups.desk.bases()).toHaveLength(1)
    expect(await probe('backup-age')).toMatchObject({ isBreached: false })
  })
})

const askPlatform = (sql: string) =>
  ask(
    {
      ...platform.server,
      connection: () => platform.server.connection('stormops', 'postgres'),
    },
    sql,
  )

describe('the weekly job', () => {
  it('restores the newest backup and finds the same rows, kept apart, with every migration and a whole audit', async () => {
    await run(verifyBackupJob)
    expect(backups.desk.bases()[0]!.verified!.tables).toBeGreaterThan(50)
    expect(await metrics()).toMatch(/backup_last_success_timestamp_seconds\{kind="verify"\} \d{10}/)
    expect(await probe('backup-verification-age')).toMatchObject({ isBreached: false })
    ahead = 10 * 24 * HOUR_MS
    expect(await probe('backup-verification-age')).toMatchObject({ isBreached: true })
    ahead = 0
  })
})

describe('a log that is not kept', () => {
  it('is told by the metric and wakes somebody', async () => {
    expect(await probe('wal-archive-lag')).toMatchObject({ isBreached: false })
    const { dataDirectory } = platform.server
    const status = join(dataDirectory, 'pg_wal', 'archive_status')
    const wal = walDirectory(platform.root, platform.identifier)
    renameSync(wal, `${wal}.away`)
    writeFileSync(wal, 'a file in the way')
    await ask(platform.server, `select pg_create_restore_point('something')`)
    await ask(platform.server, 'select pg_switch_wal()')
    // The piece stays; it is said here to have waited for twenty minutes.
    const waiting = (await ready(status))!
    const since = new Date(Date.now() - 1_200_000)
    utimesSync(join(status, waiting), since, since)
    expect(await probe('wal-archive-lag')).toMatchObject({ isBreached: true, threshold: 900 })
    expect(await metrics()).toMatch(/wal_archive_lag_seconds 1[12]\d\d/)
    rmSync(wal)
    renameSync(`${wal}.away`, wal)
  })
})

const ready = async (status: string): Promise<string | undefined> => {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = readdirSync(status).find((name) => name.endsWith('.ready'))
    if (found !== undefined) return found
    await new Promise((done) => setTimeout(done, 20))
  }
  return undefined
}
