import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aDirectory, asIfKilled, aSpool, operations } from './a-spool.ts'

describe('a disk that takes nothing', () => {
  const blocked = () => {
    const parent = aDirectory()
    const block = join(parent, 'metering')
    writeFileSync(block, 'no directory')
    return { directory: block, unblock: () => rmSync(block) }
  }

  it('leaves operations in memory, says so once, and gets them when it is back', async () => {
    const { directory, unblock } = blocked()
    const spool = aSpool(directory, { diskRest: 1_000 })
    const given = operations(6)
    spool.append(given.slice(0, 2))
    spool.append(given.slice(2, 3))
    spool.clock.milliseconds = 1_000
    spool.append(given.slice(3, 4))
    expect(spool.failures).toEqual({ spool: 2 })
    expect(spool.log.lines().filter(({ level }) => level === 'error')).toHaveLength(1)
    expect(spool.state().waiting).toBe(4)
    unblock()
    spool.clock.milliseconds = 2_000
    const inFlight = await spool.next(1)
    spool.append(given.slice(4))
    expect(spool.log.lines().at(-1)).toMatchObject({ level: 'info', msg: 'The spool is written again.' })
    spool.acknowledge(inFlight)
    asIfKilled(directory)
    const next = aSpool(directory)
    await next.adopt()
    expect(await next.drain()).toEqual(given.slice(1))
  })

  it('has them written to the ledger all the same', async () => {
    const { directory } = blocked()
    const spool = aSpool(directory)
    const given = operations(5)
    spool.append(given)
    expect(await spool.drain(2)).toEqual(given)
  })

  it('loses what memory has no room for, and says so', async () => {
    const { directory } = blocked()
    const spool = aSpool(directory, { held: 3 })
    const given = operations(5)
    for (const operation of given) spool.append([operation])
    expect(spool.failures).toEqual({ spool: 1, lost: 2 })
    expect(spool.log.lines().filter(({ level }) => level === 'error')).toHaveLength(2)
    expect(await spool.drain()).toEqual(given.slice(0, 3))
  })

  it('gets at the end what it did not take before', async () => {
    const { directory, unblock } = blocked()
    const spool = aSpool(directory)
    const given = operations(2)
    spool.append(given)
    unblock()
    spool.close()
    const next = aSpool(directory)
    await next.adopt()
    expect(await next.drain()).toEqual(given)
  })
})
