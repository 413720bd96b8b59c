import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, describe, expect, it } from 'vitest'
import { acquireLock } from './lock.ts'

const root = mkdtempSync(join(tmpdir(), 'stormops-lock-'))
const directory = (): string => mkdtempSync(join(root, 'd-'))

afterAll(() => rmSync(root, { recursive: true, force: true }))

const lock = JSON.stringify(join(import.meta.dirname, 'lock.ts'))

/** A process that tries to take the lock once, tells how it went, and holds on until its input ends. */
const taker = (home: string) =>
  spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { acquireLock } = await import(${lock})
      let said
      try { acquireLock(${JSON.stringify(home)}); said = 'taken' } catch (error) { said = error.code }
      console.log(said)
      process.stdin.resume()`,
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )

describe('the lock of a home', () => {
  it('is taken once, and again after its release', () => {
    const home = directory()
    const first = acquireLock(home)
    expect(() => acquireLock(home)).toThrow(`in use by process ${process.pid}`)
    first.release()
    acquireLock(home).release()
    expect(readdirSync(home)).toEqual(['owner.2.lock'])
  })

  it('goes to exactly one of several processes that find it stale at the same time', async () => {
    const home = directory()
    writeFileSync(
      join(home, 'owner.3.lock'),
      JSON.stringify({ kind: 'held', pid: 2 ** 22 + 1, startToken: 'x', since: '' }),
    )
    const takers = Array.from({ length: 4 }, () => taker(home))
    const said = await Promise.all(
      takers.map(async (child) => {
        for await (const line of createInterface(child.stdout)) return line
        return 'nothing'
      }),
    )
    await Promise.all(
      takers.map(async (child) => {
        const exit = once(child, 'exit')
        child.stdin.end()
        await exit
      }),
    )
    expect(said.toSorted()).toEqual(['HOME_HELD', 'HOME_HELD', 'HOME_HELD', 'taken'])
  })

  it('takes half-written or foreign content for stale', () => {
    const home = directory()
    writeFileSync(join(home, 'owner.1.lock'), '{"kind":"he')
    expect(() => acquireLock(home).release()).not.toThrow()
  })
})
