/** What goes wrong while backups are made: it is told, it heals, and nothing claims to be a backup that is none. */
import { until } from '@stormops/chassis/testing/until'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { baseBackups, unfinishedBases } from '@stormops/chassis/backup/base-manifest'
import { archiveLagSeconds, archivedSegments, packWal } from '@stormops/chassis/backup/wal-archive'
import { walDirectory } from '@stormops/chassis/database/embedded/archive'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Homes, connect } from '../../chassis/database/embedded/embedded-home.fixture.ts'
import { adminOf, ask, handOver, openBackedUp } from './backed-up-server.ts'
import type { BackedUp } from './backed-up-server.ts'

const homes = new Homes()
let platform: BackedUp
let wal: string

beforeAll(async () => {
  platform = await openBackedUp(homes, { archive_timeout: '1s' })
  wal = walDirectory(platform.root, platform.identifier)
})
afterAll(async () => {
  await platform.server.stop('fast')
  expect(await homes.clear()).toEqual([])
})

const script = `
  import { takeBaseBackup } from '@stormops/chassis/backup/base-backup'
  const request = JSON.parse(process.argv[1])
  await takeBaseBackup({ ...request, now: () => new Date(), signal: new AbortController().signal })`

describe('a backup', () => {
  it('that is killed in the middle is none, and the next one takes its rubbish away', async () => {
    await ask(
      platform.server,
      'create table bulk as select n, repeat(md5(n::text), 40) as text from generate_series(1, 100000) n',
    )
    const { root, identifier, server } = platform
    const request = JSON.stringify({ admin: adminOf(server), dataDirectory: server.dataDirectory, root })
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, request], {
      cwd: join(import.meta.dirname, '..', '..'),
      stdio: 'inherit',
    })
    const exit = once(child, 'exit')
    await until(() => unfinishedBases(root, identifier).length === 1)
    child.kill('SIGKILL')
    expect(await exit).toEqual([null, 'SIGKILL'])
    expect(baseBackups(root, identifier)).toEqual([])
    expect(unfinishedBases(root, identifier)).toHaveLength(1)
    // The server forgets the backup of a session that is gone.
    for (let tries = 0; tries < 100 && (await ask(server, SESSIONS)) !== '0'; tries += 1) await sleep(100)
    const manifest = await platform.backUp()
    expect(unfinishedBases(root, identifier)).toEqual([])
    expect(baseBackups(root, identifier).map(({ manifest: { id } }) => id)).toEqual([manifest.id])
  })

  it('is taken by one at a time', async () => {
    const client = await connect(platform.server)
    await client.query('select pg_advisory_lock(8114377)')
    await expect(platform.backUp()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await client.end()
  })
})

const SESSIONS = `select count(*) from pg_stat_activity where application_name = 'stormops base backup'`

describe('the archive of the log', () => {
  it('never writes over a piece that is there, and takes the same one twice', async () => {
    await ask(platform.server, 'create table more as select 1')
    await handOver(platform.server)
    const [segment = ''] = [...archivedSegments(wal).keys()].toSorted()
    const again = async (): Promise<number | null> => {
      const command = spawn('sh', [
        join(platform.server.dataDirectory, '..', 'archive-wal.sh'),
        source,
        segment,
      ])
      return ((await once(command, 'exit')) as [number | null])[0]
    }
    const source = join(platform.home, 'a-piece')
    const bytes = readFileSync(join(wal, segment))
    writeFileSync(source, bytes)
    expect(await again()).toBe(0)
    bytes[100]! ^= 0xff
    writeFileSync(source, bytes)
    expect(await again()).toBe(1)
    await packWal(wal, Date.now() + 60_000)
    expect(existsSync(join(wal, segment))).toBe(false)
    expect(await again()).toBe(1)
    bytes[100]! ^= 0xff
    writeFileSync(source, bytes)
    expect(await again()).toBe(0)
    expect(existsSync(join(wal, segment))).toBe(false)
    expect(readdirSync(wal).filter((name) => name.startsWith('.part'))).toEqual([])
  })

  it('that cannot be written keeps nobody from writing, says how long it lags, and catches up by itself', async () => {
    const { server } = platform
    await handOver(server)
    renameSync(wal, `${wal}.away`)
    writeFileSync(wal, 'a file in the way')
    await ask(server, 'create table meanwhile as select 1 as n')
    await ask(server, 'select pg_switch_wal()')
    await until(() => archiveLagSeconds(server.dataDirectory, Date.now()) > 1)
    expect(await ask(server, 'select n from meanwhile')).toBe('1')
    const later = Date.now() + 3_600_000
    expect(archiveLagSeconds(server.dataDirectory, later)).toBeGreaterThan(3_500)
    rmSync(wal)
    renameSync(`${wal}.away`, wal)
    await ask(server, 'insert into meanwhile values (2)')
    await ask(server, 'select pg_switch_wal()')
    // PostgreSQL tries again after a minute at the latest.
    await until(() => archiveLagSeconds(server.dataDirectory, Date.now()) === 0, 80_000)
    await handOver(server)
  })
})

describe('a home from before', () => {
  it('keeps its log from its next start', async () => {
    const home = homes.openHome()
    const before = await homes.start({ home })
    expect(await ask(before, 'show archive_mode')).toBe('off')
    await ask(before, `create table kept as select 'before' as what`)
    await before.stop()
    const root = join(home, '..', 'backups')
    const after = await homes.start({ home, archive: { root, mayMove: false } })
    expect(await ask(after, 'show archive_mode')).toBe('on')
    await handOver(after)
    expect(await ask(after, 'select what from kept')).toBe('before')
    await after.stop()
  })

  it('that its account cannot reach has its log beside its data, unless the place was chosen', async () => {
    const isRoot = process.getuid?.() === 0
    const home = homes.home()
    const root = join(home, 'backups')
    const start = homes.start({ home, archive: { root, mayMove: !isRoot } })
    if (isRoot) await expect(start).rejects.toMatchObject({ code: 'BACKUP_UNREACHABLE' })
    const server = isRoot ? await homes.start({ home, archive: { root, mayMove: true } }) : await start
    await handOver(server)
    const [cluster = ''] = readdirSync(root)
    expect(archivedSegments(join(root, cluster, 'wal')).size).toBeGreaterThan(0)
    await server.stop()
    rmSync(join(server.dataDirectory, '..'), { recursive: true, force: true })
  })
})
