import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { Homes, ask, kill } from './embedded-home.fixture.ts'
import { isAlive } from './process-identity.ts'
import { EmbeddedPostgresFault, postgresBinary, runningEmbeddedPostgres } from './supervisor.ts'

const homes = new Homes()

afterAll(async () => {
  const leftovers = await homes.clear()
  for (const event of homes.events) {
    if ('seconds' in event) console.info(`${event.kind}: ${event.seconds} s`)
  }
  expect(leftovers).toEqual([])
})

describe('the embedded database', () => {
  it('keeps its data over a clean stop and a second start', async () => {
    const home = homes.openHome()
    const first = await homes.start({ home })
    await ask(first, "create table job as select 'tarp the roof' as task")
    const { pid } = first
    await first.stop()
    expect(isAlive(Number(pid))).toBe(false)

    const second = await homes.start({ home })
    expect(second.pid).not.toBe(pid)
    expect(await ask(second, 'select task from job')).toBe('tarp the roof')
    await second.stop()
  })

  it('speaks UTF-8 with the builtin locale, in UTC, durably, on a Unix socket and nowhere else', async () => {
    const database = await homes.start({ home: homes.openHome(), settings: { fsync: 'on' } })
    const settings: [string, string][] = [
      ['server_encoding', 'UTF8'],
      ['timezone', 'UTC'],
      ['fsync', 'on'],
      ['synchronous_commit', 'on'],
      ['listen_addresses', ''],
      ['max_connections', '200'],
      ['jit', 'off'],
      ['data_checksums', 'on'],
    ]
    for (const [name, value] of settings) expect(await ask(database, `show ${name}`)).toBe(value)
    const locale = "select datlocprovider::text || datlocale from pg_database where datname = 'postgres'"
    expect(await ask(database, locale)).toBe('bC.UTF-8')
    expect(await ask(database, "select upper('ärmel')")).toBe('ÄRMEL')
    await database.stop()
  })

  it('lets us in as any role without a password, by object and by URL, and keeps a role from being superuser', async () => {
    const database = await homes.start({ home: homes.openHome() })
    await ask(database, 'create role app_role login nosuperuser nobypassrls')
    const byUrl = new Client({ connectionString: database.url('postgres', 'app_role') })
    await byUrl.connect()
    const who = await byUrl.query<{ role: string; super: string }>(
      "select current_user as role, current_setting('is_superuser') as super",
    )
    expect(who.rows).toEqual([{ role: 'app_role', super: 'off' }])
    await byUrl.end()
    const byObject = new Client(database.connection('postgres', 'app_role'))
    await byObject.connect()
    await expect(byObject.query('create role intruder')).rejects.toThrow('permission denied')
    await byObject.end()
    await database.stop()
  })

  it('is not ended by Ctrl-C to what started it; only stop() ends it', async () => {
    const home = homes.openHome()
    const owner = await homes.owner({ home }, { detached: true })
    const exit = new Promise((done) => owner.process.once('exit', done))
    // What a terminal does on Ctrl-C: the signal goes to the whole group of the process.
    process.kill(-Number(owner.process.pid), 'SIGINT')
    await exit
    const next = await homes.start({ home })
    expect(next.pid).toBe(owner.postmasterPid)
    await next.stop()
  })

  it('stops and starts again on demand', async () => {
    const database = await homes.start({ home: homes.openHome() })
    await ask(database, 'create table kept as select 1')
    const { pid } = database
    await database.restart()
    expect(database.pid).not.toBe(pid)
    expect(await ask(database, 'select count(*) from kept')).toBe('1')
    await Promise.all([database.stop(), database.stop('immediate')])
    expect(database.pid).toBeNull()
    await expect(database.ready()).rejects.toMatchObject({ code: 'STOPPED' })
  })

  it('refuses a second owner and names the first, in the same process and in another', async () => {
    const home = homes.openHome()
    const owner = await homes.owner({ home })
    const refusal = { code: 'HOME_HELD', pid: owner.process.pid }
    await expect(homes.start({ home })).rejects.toMatchObject(refusal)
    await kill(owner.process)
    const mine = await homes.start({ home })
    await expect(homes.start({ home })).rejects.toMatchObject({ code: 'HOME_HELD', pid: process.pid })
    await mine.stop()
    const again = await homes.start({ home })
    await again.stop()
  })

  it('says what PostgreSQL said when it cannot start, and frees the home', async () => {
    const home = homes.openHome()
    const start = homes.start({ home, settings: { shared_buffers: 'plenty' } })
    await expect(start).rejects.toBeInstanceOf(EmbeddedPostgresFault)
    await expect(start).rejects.toMatchObject({
      code: 'START_FAILED',
      log: expect.stringContaining('invalid value for parameter "shared_buffers"'),
    })
    const database = await homes.start({ home })
    await database.stop()
  })

  it('finds a socket directory for a home whose path is too long for a socket', async () => {
    const home = join(homes.openHome(), 'a-directory-with-a-long-name, and a comma/'.repeat(4))
    const database = await homes.start({ home })
    expect(Buffer.byteLength(join(database.socketDirectory, `.s.PGSQL.${database.port}`))).toBeLessThan(104)
    expect(await ask(database, 'show data_directory')).toContain('a-directory-with-a-long-name')
    await database.stop()
    expect(existsSync(database.socketDirectory)).toBe(false)
  })

  it('is found by a command that does not own it, as long as it runs', async () => {
    const home = homes.openHome()
    expect(runningEmbeddedPostgres(home)).toBeNull()
    const database = await homes.start({ home })
    const found = runningEmbeddedPostgres(home)
    expect(found?.url('postgres', 'postgres')).toBe(database.url('postgres', 'postgres'))
    await database.stop()
    expect(runningEmbeddedPostgres(home)).toBeNull()
  })

  it('says why a home cannot be used', async () => {
    const home = homes.openHome()
    writeFileSync(home, 'a file in the way')
    await expect(homes.start({ home })).rejects.toMatchObject({ code: 'HOME_UNUSABLE' })
    const binaries = join(home, '..', 'nothing')
    await expect(homes.start({ home: `${home}-2`, binaries })).rejects.toMatchObject({
      code: 'BINARIES_MISSING',
    })
  })

  it('ships the three programs', () => {
    for (const program of ['pg_ctl', 'initdb', 'postgres'] as const) {
      expect(existsSync(postgresBinary(program))).toBe(true)
    }
  })
})
