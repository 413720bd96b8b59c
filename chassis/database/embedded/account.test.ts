import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { isReachable } from './account.ts'
import { locateBinaries } from './binaries.ts'
import { Homes, ask, kill } from './embedded-home.fixture.ts'

const homes = new Homes()

afterAll(async () => {
  const leftovers = await homes.clear()
  expect(leftovers).toEqual([])
})

const isRoot = process.getuid?.() === 0

const nobody = { name: 'nobody', uid: 65_534, gid: 65_534, isDropped: true }

const ownerOf = (path: string): number => statSync(path).uid

/** Linux has `nobody` with this uid; the sources have to be readable to it, too. */
const canBeNobody =
  isRoot &&
  readFileSync('/etc/passwd', 'utf8').includes('nobody:x:65534:') &&
  isReachable(import.meta.dirname, nobody)

describe.skipIf(!isRoot)('as root (skipped: only root can step down)', () => {
  it('the database runs under an account without privileges', async () => {
    const database = await homes.start({ home: homes.openHome() })
    expect(ownerOf(database.dataDirectory)).not.toBe(0)
    expect(ownerOf(`/proc/${database.pid}`)).toBe(ownerOf(database.dataDirectory))
    await database.stop()
  })

  it.skipIf(!canBeNobody)(
    'nobody serves where there is no postgres account, and stays the owner later',
    async () => {
      const home = homes.openHome()
      const first = await homes.start({ home, account: 'nobody' })
      expect(ownerOf(first.dataDirectory)).toBe(nobody.uid)
      await first.stop()
      const second = await homes.start({ home })
      expect(ownerOf(`/proc/${second.pid}`)).toBe(nobody.uid)
      await second.stop()
    },
  )

  it('says what to do where no account can be used', async () => {
    const start = homes.start({ home: homes.openHome(), account: 'no-such-account' })
    await expect(start).rejects.toMatchObject({ code: 'ACCOUNT_MISSING' })
  })

  it('takes back data that root copied', async () => {
    const home = homes.openHome()
    const first = await homes.start({ home })
    await ask(first, 'create table kept as select 1')
    await first.stop()
    const copy = homes.openHome()
    cpSync(home, copy, { recursive: true })
    expect(ownerOf(join(copy, 'postgres', 'data', 'base'))).toBe(0)
    const second = await homes.start({ home: copy })
    expect(await ask(second, 'select count(*) from kept')).toBe('1')
    await second.stop()
  })

  describe('below a directory that only root enters', () => {
    const closed = (): { home: string; binaries: string; systemDirectory: string } => {
      const home = homes.home()
      const root = join(home, '..')
      expect(statSync(root).mode & 0o777).toBe(0o700)
      const binaries = join(root, 'node_modules', 'native')
      cpSync(locateBinaries(), binaries, { recursive: true, verbatimSymlinks: true })
      // As an installation without install scripts leaves it.
      for (const name of ['libpq.so.5', 'libicuuc.so.60'])
        rmSync(join(binaries, 'lib', name), { force: true })
      return { home, binaries, systemDirectory: join(root, '..', `system-${crypto.randomUUID()}`) }
    }

    it('the data and the binaries go where the account can reach them, and are found again', async () => {
      const options = closed()
      const first = await homes.start(options)
      await ask(first, 'create table kept as select 1')
      expect(first.dataDirectory.startsWith(options.systemDirectory)).toBe(true)
      expect(first.logFile.startsWith(options.home)).toBe(true)
      await first.stop()

      const owner = await homes.owner(options)
      await kill(owner.process)
      const second = await homes.start(options)
      expect(second.pid).toBe(owner.postmasterPid)
      expect(await ask(second, 'select count(*) from kept')).toBe('1')
      await second.stop()
    })

    it('a home that was made anew does not wake the data of the former, and moving a home keeps it', async () => {
      const options = closed()
      const first = await homes.start(options)
      await ask(first, 'create table kept as select 1')
      await first.stop()
      const moved = `${options.home}-moved`
      renameSync(options.home, moved)

      const fresh = await homes.start(options)
      expect(await ask(fresh, "select to_regclass('kept')")).toBeNull()
      await fresh.stop()
      expect(homes.events).toContainEqual({ kind: 'leftBehind', directory: join(first.dataDirectory, '..') })

      const kept = await homes.start({ ...options, home: moved })
      expect(await ask(kept, 'select count(*) from kept')).toBe('1')
      await kept.stop()

      const copy = `${options.home}-copy`
      cpSync(moved, copy, { recursive: true })
      await expect(homes.start({ ...options, home: copy })).rejects.toMatchObject({
        code: 'DATA_UNREACHABLE',
      })
    })

    it('data that is gone is a fault, not an empty database', async () => {
      const options = closed()
      const first = await homes.start(options)
      await first.stop()
      rmSync(options.systemDirectory, { recursive: true })
      await expect(homes.start(options)).rejects.toMatchObject({ code: 'DATA_MISSING' })
    })

    it('data that was reachable and is no longer is a fault, not an empty database', async () => {
      const home = homes.openHome()
      const first = await homes.start({ home })
      await first.stop()
      chmodSync(join(home, '..'), 0o700)
      await expect(homes.start({ home })).rejects.toMatchObject({ code: 'DATA_UNREACHABLE' })
    })
  })
})

describe.skipIf(!canBeNobody)('as an ordinary user (skipped: only root can become another)', () => {
  it('the database runs under that user, whose crash the next start survives', async () => {
    const home = homes.openHome()
    const parent = join(home, '..')
    chownSync(parent, nobody.uid, nobody.gid)
    chmodSync(parent, 0o700)
    const first = await homes.owner({ home }, { uid: nobody.uid, gid: nobody.gid })
    expect(ownerOf(join(home, 'postgres', 'data'))).toBe(nobody.uid)
    expect(ownerOf(`/proc/${first.postmasterPid}`)).toBe(nobody.uid)
    await kill(first.process)
    const second = await homes.owner({ home }, { uid: nobody.uid, gid: nobody.gid })
    expect(second.adopted).toBe(true)
    expect(second.postmasterPid).toBe(first.postmasterPid)
    const exit = new Promise((done) => second.process.once('exit', done))
    second.process.kill('SIGUSR2')
    await exit
    expect(existsSync(join(home, 'postgres', 'data', 'postmaster.pid'))).toBe(false)
  })

  it('a home of somebody else is refused by name', async () => {
    const home = homes.openHome()
    mkdirSync(join(home, 'postgres', 'data'), { recursive: true })
    chownSync(join(home, 'postgres'), nobody.uid, nobody.gid)
    const owner = homes.owner({ home }, { uid: nobody.uid, gid: nobody.gid })
    await expect(owner).rejects.toThrow('DATA_UNREACHABLE')
  })

  it('a uid without an account is told that PostgreSQL needs one', async () => {
    const home = homes.openHome()
    chownSync(join(home, '..'), 54_321, 54_321)
    await expect(homes.owner({ home }, { uid: 54_321, gid: 54_321 })).rejects.toThrow('ACCOUNT_MISSING')
  })
})
