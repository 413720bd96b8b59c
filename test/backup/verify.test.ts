/** A backup is proved by having it back; whatever is wrong with it is found then, and told. */
import { existsSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { baseBackups } from '@stormops/chassis/backup/base-manifest'
import { differences, verifyBackup } from '@stormops/chassis/backup/verify'
import { archivedSegments } from '@stormops/chassis/backup/wal-archive'
import { walDirectory } from '@stormops/chassis/database/embedded/archive'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Homes, connect } from '../../chassis/database/embedded/embedded-home.fixture.ts'
import { adminOf, ask, handOver, openBackedUp, untouched } from './backed-up-server.ts'
import type { BackedUp } from './backed-up-server.ts'

const homes = new Homes()
let platform: BackedUp

beforeAll(async () => {
  platform = await openBackedUp(homes)
  await ask(
    platform.server,
    'create table kept as select n, md5(n::text) as text from generate_series(1, 5000) n',
  )
  await platform.backUp()
  await ask(platform.server, 'update kept set text = text || text where n % 7 = 0')
})
afterAll(async () => {
  await platform.server.stop('fast')
  expect(await homes.clear()).toEqual([])
})

const verify = (checks: readonly (() => Promise<readonly string[]>)[] = []) =>
  verifyBackup({
    admin: adminOf(platform.server),
    dataDirectory: platform.server.dataDirectory,
    root: platform.root,
    backupId: null,
    checks,
    now: () => new Date(),
    signal: untouched(),
  })

const scratch = () => readdirSync(join(platform.root, 'scratch'))

describe('a verification', () => {
  it('restores while others write, finds every row of one moment, and marks the backup', async () => {
    const writer = await connect(platform.server)
    const stopped = new AbortController()
    const writing = (async () => {
      for (let n = 10_000; !stopped.signal.aborted; n += 1)
        await writer.query(`insert into kept values (${n}, 'meanwhile')`)
    })()
    const { findings, tables, rows } = await verify().finally(() => {
      stopped.abort()
    })
    await writing
    await writer.end()
    expect(findings).toEqual([])
    expect(tables).toBe(2)
    expect(rows).toBeGreaterThan(5_000)
    const [backup] = baseBackups(platform.root, platform.identifier)
    expect(backup!.verified).toMatchObject({ tables, rows })
    expect(scratch()).toEqual([])
  })

  it('tells what the checks find in the restored database', async () => {
    const { findings } = await verify([async () => ['The audit of ours is broken at line 3.']])
    expect(findings).toEqual(['The audit of ours is broken at line 3.'])
  })

  it('names a table whose rows differ, and one that is missing', () => {
    const live = [
      { name: 'a', rows: 1, digest: '1' },
      { name: 'b', rows: 2, digest: '2' },
      { name: 'c', rows: 3, digest: '3' },
    ]
    const restored = [
      { name: 'a', rows: 1, digest: '9' },
      { name: 'c', rows: 4, digest: '4' },
      { name: 'd', rows: 0, digest: '0' },
    ]
    expect(differences(live, restored)).toEqual([
      'a has other contents in the backup.',
      'b is not in the backup.',
      'c has 3 rows, and the backup 4.',
      'd is in the backup only.',
    ])
    expect(differences(live, live)).toEqual([])
  })

  it('is stopped by a file that is not as it was, and leaves no scratch server', async () => {
    const [backup] = baseBackups(platform.root, platform.identifier)
    const manifest = join(backup!.directory, 'manifest.json')
    const text = readFileSync(manifest, 'utf8')
    const victim = backup!.manifest.files.find(({ path }) => path === 'PG_VERSION')!
    writeFileSync(manifest, text.replace(victim.sha256, '0'.repeat(64)))
    await expect(verify()).rejects.toThrow('PG_VERSION of the backup is damaged')
    writeFileSync(manifest, text)
    expect(scratch()).toEqual([])
  })

  it('is stopped by a piece of the log that is gone', async () => {
    await handOver(platform.server)
    const wal = walDirectory(platform.root, platform.identifier)
    const [backup] = baseBackups(platform.root, platform.identifier)
    const name = archivedSegments(wal).get(backup!.manifest.startWal)!
    renameSync(join(wal, name), join(platform.root, name))
    await expect(verify()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    renameSync(join(platform.root, name), join(wal, name))
    expect(existsSync(join(wal, name))).toBe(true)
  })
})
