import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { LONGEST_SOCKET_PATH, releaseSocketDirectory, socketDirectory } from './socket-directory.ts'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'stormops-socket-')))
const { uid, gid, username } = userInfo()
const account = { name: username, uid, gid, isDropped: false }

const longPlace = (): string => {
  const place = join(mkdtempSync(join(root, 'p-')), 'long'.repeat(25))
  mkdirSync(place)
  return place
}

afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('the directory of the socket', () => {
  it('is in the place where that is short enough, closed to everybody else', () => {
    const place = mkdtempSync(join(root, 'p-'))
    const directory = socketDirectory(place, account)
    expect(directory).toBe(join(place, 'socket'))
    expect(statSync(directory).mode & 0o777).toBe(0o700)
    releaseSocketDirectory(directory, place)
    expect(existsSync(directory)).toBe(true)
  })

  it('is the same short one on every start of a place with a long path', () => {
    const place = longPlace()
    const directory = socketDirectory(place, account)
    expect(directory.length).toBeLessThan(LONGEST_SOCKET_PATH)
    expect(socketDirectory(place, account)).toBe(directory)
    releaseSocketDirectory(directory, place)
    expect(existsSync(directory)).toBe(false)
  })

  it('is never a directory that others can enter, nor a link that somebody laid', () => {
    const place = longPlace()
    const first = socketDirectory(place, account)
    chmodSync(first, 0o755)
    const second = socketDirectory(place, account)
    expect(second).not.toBe(first)
    rmSync(second, { recursive: true })
    symlinkSync(root, second)
    const third = socketDirectory(place, account)
    expect([first, second]).not.toContain(third)
    for (const directory of [first, second, third]) rmSync(directory, { recursive: true })
  })
})
