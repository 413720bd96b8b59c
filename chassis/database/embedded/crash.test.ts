import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Homes, ask, connect, kill } from './embedded-home.fixture.ts'
import { backendsOf, isAlive } from './process-identity.ts'
import type { PostgresExit } from './supervisor.ts'

const homes = new Homes()

/** A loaded machine may take seconds for what takes milliseconds. */

const files = (directory: string): readonly string[] => (existsSync(directory) ? readdirSync(directory) : [])

/** The identity that PostgreSQL has: the owner of its data, where root stepped down to it. */
const ownerOf = (directory: string): { uid?: number; gid?: number } => {
  const { uid, gid } = statSync(directory)
  return process.getuid?.() === 0 ? { uid, gid } : {}
}

afterAll(async () => {
  const leftovers = await homes.clear()
  expect(leftovers).toEqual([])
})

describe('after kill -9', () => {
  it('of our process, the next start adopts the running database with its data', async () => {
    const home = homes.openHome()
    const before = await homes.start({ home })
    await ask(before, "create table claim as select 'hail' as peril")
    await before.stop()
    const owner = await homes.owner({ home })
    await kill(owner.process)
    expect(isAlive(owner.postmasterPid)).toBe(true)

    const exits: PostgresExit[] = []
    const after = await homes.start({ home })
    after.onExit((exit) => exits.push(exit))
    expect(after.pid).toBe(owner.postmasterPid)
    expect(await ask(after, 'select peril from claim')).toBe('hail')

    process.kill(owner.postmasterPid, 'SIGKILL')
    await expect
      .poll(() => exits)
      .toEqual([expect.objectContaining({ pid: owner.postmasterPid, willRestart: true })])
    await after.ready()
    expect(await ask(after, 'select peril from claim')).toBe('hail')
    await after.stop()
  })

  it('of our process, other settings replace the running database', async () => {
    const home = homes.openHome()
    const owner = await homes.owner({ home })
    await kill(owner.process)
    const database = await homes.start({ home, settings: { work_mem: '7MB' } })
    expect(database.pid).not.toBe(owner.postmasterPid)
    expect(isAlive(owner.postmasterPid)).toBe(false)
    expect(await ask(database, 'show work_mem')).toBe('7MB')
    await database.stop()
  })

  it('of our process while the database shuts down, the next start waits it out', async () => {
    const home = homes.openHome()
    const owner = await homes.owner({ home })
    await kill(owner.process)
    process.kill(owner.postmasterPid, 'SIGTERM')
    const database = await homes.start({ home })
    expect(await ask(database, 'select 1')).toBe('1')
    await database.stop()
  })

  it('of the database, it says so, starts again by itself, and no committed row is lost', async () => {
    const database = await homes.start({ home: homes.openHome() })
    await ask(database, 'create table estimate (id int)')
    await ask(database, 'insert into estimate values (1), (2)')
    const exits: PostgresExit[] = []
    database.onExit((exit) => exits.push(exit))
    const { pid } = database
    process.kill(Number(pid), 'SIGKILL')
    await expect.poll(() => exits).toEqual([{ pid, code: null, signal: 'SIGKILL', willRestart: true }])
    await database.ready()
    expect(database.pid).not.toBe(pid)
    expect(await ask(database, 'select count(*) from estimate')).toBe('2')
    await database.stop()
  })

  it('of the database, a backend lost in a computation does not keep it from starting again', async () => {
    const database = await homes.start({ home: homes.openHome() })
    const client = await connect(database)
    const lost = client.query('do $$ begin loop perform 1; end loop; end $$').catch((error: unknown) => error)
    await expect
      .poll(() => ask(database, "select count(*) from pg_stat_activity where query like 'do %'"))
      .toBe('1')
    process.kill(Number(database.pid), 'SIGKILL')
    await expect.poll(() => database.pid).toBeNull()
    await database.ready()
    expect(await lost).toBeInstanceOf(Error)
    expect(await ask(database, 'select 1')).toBe('1')
    await client.end()
    await database.stop()
    expect(backendsOf(database.dataDirectory)).toEqual([])
  })

  it('of the database, without automatic restart it stays down until restart() is called', async () => {
    const database = await homes.start({ home: homes.openHome(), autoRestart: false })
    process.kill(Number(database.pid), 'SIGKILL')
    await expect.poll(() => database.pid).toBeNull()
    await expect(database.ready()).rejects.toMatchObject({ code: 'STOPPED' })
    await database.restart()
    expect(await ask(database, 'select 1')).toBe('1')
    await database.stop()
  })

  it('of the database, stop() during the automatic restart leaves nothing running', async () => {
    const database = await homes.start({ home: homes.openHome() })
    process.kill(Number(database.pid), 'SIGKILL')
    await expect.poll(() => database.pid).toBeNull()
    await database.stop()
    expect(backendsOf(database.dataDirectory)).toEqual([])
  })

  it('of both, the next start recovers by itself', async () => {
    const home = homes.openHome()
    const before = await homes.start({ home })
    await ask(before, 'create table invoice as select 42 as id')
    await before.stop()
    const owner = await homes.owner({ home })
    process.kill(owner.postmasterPid, 'SIGKILL')
    await kill(owner.process)
    const after = await homes.start({ home })
    expect(after.pid).not.toBe(owner.postmasterPid)
    expect(await ask(after, 'select id from invoice')).toBe('42')
    await after.stop()
  })

  it('a pid file and a lock that name a process of somebody else do not keep it from starting', async () => {
    const home = homes.openHome()
    const before = await homes.start({ home })
    const { dataDirectory, socketDirectory, port } = before
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore', ...ownerOf(dataDirectory) })
    const pidFile = readFileSync(join(dataDirectory, 'postmaster.pid'), 'utf8')
    await before.stop('immediate')
    try {
      const stale = pidFile.replace(/^\d+/, String(stranger.pid))
      writeFileSync(join(dataDirectory, 'postmaster.pid'), stale)
      writeFileSync(join(socketDirectory, `.s.PGSQL.${port}.lock`), stale)
      const lock = { kind: 'held', pid: stranger.pid, startToken: 'an earlier process', since: '' }
      writeFileSync(join(home, 'postgres', 'owner.7.lock'), JSON.stringify(lock))
      const after = await homes.start({ home })
      expect(await ask(after, 'select 1')).toBe('1')
      expect(isAlive(Number(stranger.pid))).toBe(true)
      await after.stop()
    } finally {
      stranger.kill('SIGKILL')
    }
  })

  it('half a cluster is never taken for a whole one', async () => {
    const home = homes.openHome()
    const postgres = join(home, 'postgres')
    const owner = homes.owner({ home })
    const half = (): string | undefined => files(postgres).find((name) => name.startsWith('data.half-'))
    await expect
      .poll(() => files(join(postgres, half() ?? 'none')).includes('base'), { interval: 5 })
      .toBe(true)
    expect(files(postgres)).not.toContain('data')
    const { pid } = JSON.parse(readFileSync(join(postgres, 'owner.1.lock'), 'utf8'))
    process.kill(pid, 'SIGKILL')
    await expect(owner).rejects.toThrow(Error)
    await expect.poll(() => isAlive(pid)).toBe(false)

    const database = await homes.start({ home })
    expect(await ask(database, 'select 1')).toBe('1')
    expect(half()).toBeUndefined()
    await database.stop()
  })
})

describe('a data directory that is not ours to open', () => {
  it('of another major version is refused by number', async () => {
    const home = homes.openHome()
    const database = await homes.start({ home })
    await database.stop()
    writeFileSync(join(database.dataDirectory, 'PG_VERSION'), '17\n')
    await expect(homes.start({ home })).rejects.toMatchObject({
      code: 'DATA_VERSION',
      message: expect.stringContaining('PostgreSQL 17'),
    })
  })

  it('without a version is refused, and an empty one is used', async () => {
    const home = homes.openHome()
    const data = join(home, 'postgres', 'data')
    mkdirSync(data, { recursive: true })
    writeFileSync(join(data, 'a-photo.jpg'), '')
    await expect(homes.start({ home })).rejects.toMatchObject({ code: 'DATA_INCOMPLETE' })
    rmSync(join(data, 'a-photo.jpg'))
    const database = await homes.start({ home })
    await database.stop()
  })
})
