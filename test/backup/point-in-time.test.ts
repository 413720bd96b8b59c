/** Any moment since a base backup can be had back, and nothing that came after it. */
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { baseBackups } from '@stormops/chassis/backup/base-manifest'
import { swapIn } from '@stormops/chassis/backup/swap-in'
import { archivedSegments, packWal } from '@stormops/chassis/backup/wal-archive'
import { walDirectory } from '@stormops/chassis/database/embedded/archive'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Homes } from '../../chassis/database/embedded/embedded-home.fixture.ts'
import { aMoment, ask, handOver, openBackedUp } from './backed-up-server.ts'
import type { BackedUp } from './backed-up-server.ts'

const homes = new Homes()
let platform: BackedUp
let between: Date
let wal: string

const ROWS = `select string_agg(what, ',' order by what) from kept`

beforeAll(async () => {
  platform = await openBackedUp(homes)
  const { server, root, identifier } = platform
  wal = walDirectory(root, identifier)
  await ask(server, 'create table kept (what text)')
  await ask(server, `insert into kept values ('1-before')`)
  await platform.backUp()
  await ask(server, `insert into kept values ('2-after')`)
  between = await aMoment(server)
  await ask(server, `insert into kept values ('3-late')`)
  await handOver(server)
})
afterAll(async () => {
  await platform.server.stop('fast')
  expect(await homes.clear()).toEqual([])
})

describe('a base backup', () => {
  it('says what it holds, and leaves out what a server makes for itself', () => {
    const [backup] = baseBackups(platform.root, platform.identifier)
    const { manifest, directory } = backup!
    const paths = manifest.files.map(({ path }) => path)
    expect(paths).toContain('global/pg_control')
    expect(paths.at(-1)).toBe('backup_label')
    expect(paths.at(-2)).toBe('global/pg_control')
    expect(paths.filter((path) => path.startsWith('pg_wal/'))).toEqual([])
    expect(paths).not.toContain('postmaster.pid')
    expect(manifest.files.length).toBeGreaterThan(500)
    expect(statSync(join(directory, manifest.archive.name)).size).toBe(manifest.archive.bytes)
    expect(manifest.archive.bytes).toBeLessThan(manifest.dataBytes / 3)
    expect(archivedSegments(wal).has(manifest.stopWal)).toBe(true)
  })
})

describe('a restore', () => {
  it('has exactly the rows up to the moment that was named', async () => {
    const restored = await platform.restore({ kind: 'at', at: between })
    expect(await ask(restored, ROWS)).toBe('1-before,2-after')
    expect(await ask(restored, 'select pg_is_in_recovery()')).toBe('false')
    await ask(restored, `insert into kept values ('4-anew')`)
    await restored.stop()
  })

  it('has everything that was kept when the latest is asked for, from packed pieces too', async () => {
    expect(await packWal(wal, Date.now() + 60_000)).toBeGreaterThan(0)
    expect(readdirSync(wal).filter((name) => /^[0-9A-F]{24}$/.test(name))).toEqual([])
    const restored = await platform.restore({ kind: 'latest' })
    expect(await ask(restored, ROWS)).toBe('1-before,2-after,3-late')
    await restored.stop()
  })

  it('says so where the log that was kept ends too early, and leaves nothing behind', async () => {
    const later = new Date(Date.now() + 3_600_000)
    await expect(platform.restore({ kind: 'at', at: later })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(platform.restore({ kind: 'at', at: new Date(0) })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('is stopped by a damaged file, which it names', async () => {
    const [backup] = baseBackups(platform.root, platform.identifier)
    const file = join(backup!.directory, backup!.manifest.archive.name)
    const bytes = readFileSync(file)
    const damaged = Buffer.from(bytes)
    damaged[Math.floor(bytes.length / 2)]! ^= 0xff
    writeFileSync(file, damaged)
    await expect(platform.restore({ kind: 'latest' })).rejects.toMatchObject({
      code: 'INTERNAL',
      message: expect.stringContaining('damaged'),
    })
    writeFileSync(file, bytes)
  })

  it('loses nothing of a server that died, while its own log is still there', async () => {
    const own = await openBackedUp(homes, { fsync: 'on', archive_timeout: '1h' })
    await ask(own.server, 'create table kept (what text)')
    await own.backUp()
    await ask(own.server, `insert into kept values ('acknowledged')`)
    await own.server.stop('immediate')
    const restored = await own.restore({ kind: 'latest' }, own.server.dataDirectory)
    expect(await ask(restored, ROWS)).toBe('acknowledged')
    await restored.stop()
    const without = await own.restore({ kind: 'latest' })
    expect(await ask(without, 'select count(*) from kept')).toBe('0')
    await without.stop()
  })

  it('takes the place of a stopped database, which is kept aside and goes on in the archive', async () => {
    const own = await openBackedUp(homes)
    await ask(own.server, `create table kept as select '1-before' as what`)
    await own.backUp()
    const at = await aMoment(own.server)
    await ask(own.server, 'drop table kept')
    const left = await own.backUp()
    await ask(own.server, 'create table afterwards ()')
    await handOver(own.server)
    const restored = await own.restore({ kind: 'at', at })
    const swap = {
      home: own.home,
      restored: join(restored.dataDirectory, '..', '..'),
      root: own.root,
      now: new Date(),
    }
    await expect(swapIn(swap)).rejects.toMatchObject({ code: 'HOME_HELD' })
    await own.server.stop()
    await restored.stop()
    const aside = await swapIn(swap)
    expect(existsSync(aside!)).toBe(true)
    expect(existsSync(swap.restored)).toBe(false)
    const again = await homes.start({ home: own.home, archive: { root: own.root, mayMove: false } })
    expect(await ask(again, ROWS)).toBe('1-before')
    await handOver(again)
    const kept = readdirSync(walDirectory(own.root, own.identifier))
    expect(kept).toContain('00000002.history')
    expect(kept.some((name) => name.startsWith('00000002000000'))).toBe(true)
    await again.stop()

    // What was backed up after the moment that it went back to is no part of its past.
    const later = await own.restore({ kind: 'latest' })
    expect(await ask(later, ROWS)).toBe('1-before')
    await later.stop()
    const there = await own.restore({ kind: 'at', at: new Date(left.endedAt) })
    expect(await ask(there, `select to_regclass('kept') is null`)).toBe('true')
    await there.stop()
  })
})
