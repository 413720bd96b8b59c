import { mkdtempSync, readFileSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ServerLog } from './server-log.ts'

const root = mkdtempSync(join(tmpdir(), 'stormops-log-'))

afterAll(() => rmSync(root, { recursive: true, force: true }))

describe("the database's log", () => {
  it('is bounded while its writer keeps it open, and the newest lines stay', () => {
    const log = new ServerLog(join(root, 'postgres.log'))
    const descriptor = log.open()
    for (let line = 1; line <= 9; line += 1) {
      writeSync(descriptor, `line ${line}\n`)
      log.rotate(1)
    }
    writeSync(descriptor, 'the last line\n')
    expect(readdirSync(root).toSorted()).toEqual([
      'postgres.log',
      'postgres.log.1',
      'postgres.log.2',
      'postgres.log.3',
    ])
    expect(readFileSync(log.file, 'utf8')).toBe('the last line\n')
    expect(readFileSync(`${log.file}.1`, 'utf8')).toBe('line 9\n')
    expect(readFileSync(`${log.file}.3`, 'utf8')).toBe('line 7\n')
  })

  it('quotes what came after a moment, or its end when that is long', () => {
    const log = new ServerLog(join(root, 'quoted.log'))
    const descriptor = log.open()
    writeSync(descriptor, 'before\n')
    const moment = log.size()
    expect(log.tail(moment)).toBe('')
    writeSync(descriptor, 'FATAL: no\nHINT: try again\n')
    expect(log.tail(moment)).toBe('FATAL: no\nHINT: try again')
    for (let line = 1; line <= 30; line += 1) writeSync(descriptor, `line ${line}\n`)
    expect(log.tail(moment).split('\n')).toHaveLength(20)
    expect(log.tail(moment)).toMatch(/line 30$/)
  })
})
