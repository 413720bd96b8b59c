import { readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  aDirectory,
  asIfElsewhere,
  asIfKilled,
  asIfNumberWasGivenAgain,
  aSpool,
  filesIn,
  operations,
} from './a-spool.ts'
import { LEASE_PATIENCE_MS } from './spool-owner.ts'

const SMALL = { segmentBytes: 1_000 }

describe('a spool', () => {
  it('gives what it was given, in order, and leaves nothing behind', async () => {
    const directory = aDirectory()
    const spool = aSpool(directory)
    const given = operations(2_500)
    for (let from = 0; from < given.length; from += 7) spool.append(given.slice(from, from + 7))
    expect(spool.state()).toMatchObject({ waiting: 2_500, oldestAt: given[0]?.at })
    expect(await spool.drain()).toEqual(given)
    expect(spool.state()).toMatchObject({ waiting: 0, oldestAt: null })
    spool.close()
    expect(filesIn(directory, '')).toEqual([])
  })

  it('has lines on disk when append returns', () => {
    const directory = aDirectory()
    const spool = aSpool(directory)
    const [one, two] = operations(2)
    if (one === undefined || two === undefined) throw new Error('Two were made.')
    spool.append([one, two])
    const [file = ''] = filesIn(directory, '.spool')
    const text = readFileSync(join(directory, file), 'latin1')
    expect(
      text
        .split('\n')
        .slice(0, 2)
        .map((line) => line.split('\t')[2]),
    ).toEqual([one.eventId, two.eventId])
    expect(statSync(join(directory, file)).mode & 0o777).toBe(0o600)
  })

  it('begins another file when one is large, and removes each once everything in it is written', async () => {
    const directory = aDirectory()
    const spool = aSpool(directory, SMALL)
    const given = operations(40)
    for (const operation of given) spool.append([operation])
    const before = filesIn(directory, '.spool').length
    expect(before).toBeGreaterThan(3)
    const half = await spool.next(20)
    spool.acknowledge(half)
    const after = filesIn(directory, '.spool').length
    expect(after).toBeLessThan(before)
    expect(after).toBeGreaterThan(1)
    expect(await spool.drain(3)).toEqual(given.slice(20))
    expect(filesIn(directory, '.spool')).toHaveLength(1)
  })

  it('holds so many in memory and reads the others back, while more come', async () => {
    const directory = aDirectory()
    const spool = aSpool(directory, { ...SMALL, held: 10 })
    const given = operations(600)
    for (const operation of given.slice(0, 300)) spool.append([operation])
    const written = []
    for (const more of given.slice(300)) {
      const batch = await spool.next(4)
      written.push(...batch.map(({ operation }) => operation))
      spool.acknowledge(batch)
      spool.append([more])
      expect(spool.state().waiting + written.length).toBeLessThanOrEqual(600)
    }
    expect([...written, ...(await spool.drain())]).toEqual(given)
    expect(spool.state()).toMatchObject({ waiting: 0 })
  })
})

describe('after a process was killed', () => {
  it.each([
    ['its number is free', asIfKilled],
    ['its number was given again', asIfNumberWasGivenAgain],
  ])('the next one writes what was not acknowledged, and that alone: %s', async (_when, die) => {
    const directory = aDirectory()
    const killed = aSpool(directory, SMALL)
    const given = operations(50)
    for (const operation of given) killed.append([operation])
    for (let batch = 0; batch < 4; batch += 1) killed.acknowledge(await killed.next(5))
    die(directory)
    const next = aSpool(directory)
    const [own] = operations(1)
    expect(await next.adopt()).toBe(true)
    expect(next.state().waiting).toBe(30)
    if (own !== undefined) next.append([own])
    expect(await next.drain(7)).toEqual([...given.slice(20), own])
    next.close()
    expect(filesIn(directory, '')).toEqual([])
  })

  it('a living sibling takes it up, after what it has itself', async () => {
    const directory = aDirectory()
    const killed = aSpool(directory)
    const left = operations(3)
    killed.append(left)
    asIfKilled(directory)
    const sibling = aSpool(directory)
    const own = operations(4)
    sibling.append(own.slice(0, 2))
    expect(await sibling.adopt()).toBe(true)
    sibling.append(own.slice(2))
    expect(await sibling.drain()).toEqual([...own.slice(0, 2), ...left, ...own.slice(2)])
    expect(await sibling.adopt()).toBe(false)
  })

  it('nobody takes what a living one has, and only one what a dead one left', async () => {
    const directory = aDirectory()
    const killed = aSpool(directory)
    killed.append(operations(5))
    asIfKilled(directory)
    const [one, other] = [aSpool(directory), aSpool(directory)]
    one.append(operations(1))
    other.append(operations(1))
    await Promise.all([one.adopt(), other.adopt()])
    const [ofOne, ofOther] = [await one.drain(), await other.drain()]
    expect(ofOne.length + ofOther.length).toBe(7)
    expect(new Set([...ofOne, ...ofOther].map(({ eventId }) => eventId)).size).toBe(7)
  })

  it('a last line that broke off is left out, since its answer never left', async () => {
    const directory = aDirectory()
    const killed = aSpool(directory)
    const given = operations(3)
    killed.append(given)
    const [file = ''] = filesIn(directory, '.spool')
    const path = join(directory, file)
    truncateSync(path, statSync(path).size - 5)
    asIfKilled(directory)
    const next = aSpool(directory)
    await next.adopt()
    const batch = await next.next(1)
    next.acknowledge(batch)
    // The mark is not glued to what broke off.
    asIfKilled(directory)
    const last = aSpool(directory)
    await last.adopt()
    expect([...batch.map(({ operation }) => operation), ...(await last.drain())]).toEqual(given.slice(0, 2))
    expect(last.failures).toEqual({})
    expect(filesIn(directory, '.damaged')).toEqual([])
  })

  it('a damaged line in the middle is told with its place and kept aside', async () => {
    const directory = aDirectory()
    const killed = aSpool(directory)
    const given = operations(5)
    killed.append(given)
    const [file = ''] = filesIn(directory, '.spool')
    const path = join(directory, file)
    const lines = readFileSync(path, 'latin1').split('\n')
    const broken = (lines[2] ?? '').replace('query', 'quest')
    writeFileSync(path, lines.with(2, broken).join('\n'))
    asIfKilled(directory)
    const next = aSpool(directory)
    await next.adopt()
    expect(await next.drain()).toEqual(given.toSpliced(2, 1))
    expect(next.failures).toEqual({ damaged: 1 })
    const [aside = ''] = filesIn(directory, '.damaged')
    expect(readFileSync(join(directory, aside), 'latin1')).toBe(`${broken}\n`)
    expect(next.log.lines()).toContainEqual(
      expect.objectContaining({ level: 'error', byte: lines.slice(0, 2).join('\n').length + 1 }),
    )
    next.close()
    expect(filesIn(directory, '')).toEqual([aside])
  })

  it('a file of nothing but damage goes aside, too', async () => {
    const directory = aDirectory()
    const killed = aSpool(directory)
    killed.append(operations(1))
    const [file = ''] = filesIn(directory, '.spool')
    const noise = Buffer.alloc(700_000, 7)
    writeFileSync(join(directory, file), Buffer.concat([noise, Buffer.from('\n')]))
    asIfKilled(directory)
    const next = aSpool(directory)
    await next.adopt()
    expect(await next.drain()).toEqual([])
    const [aside = ''] = filesIn(directory, '.damaged')
    expect(statSync(join(directory, aside)).size).toBe(noise.length + 1)
    next.close()
  })
})

describe('a process that cannot be seen', () => {
  it('is gone when nobody touched its lease for long enough', async () => {
    const directory = aDirectory()
    const elsewhere = aSpool(directory)
    const left = operations(2)
    elsewhere.append(left)
    asIfElsewhere(directory)
    const here = aSpool(directory)
    expect(await here.adopt()).toBe(false)
    here.clock.milliseconds = LEASE_PATIENCE_MS - 1
    expect(await here.adopt()).toBe(false)
    here.clock.milliseconds = LEASE_PATIENCE_MS
    expect(await here.adopt()).toBe(true)
    expect(await here.drain()).toEqual(left)
  })

  it('lives when its lease is touched', async () => {
    const directory = aDirectory()
    aSpool(directory).append(operations(2))
    asIfElsewhere(directory)
    const here = aSpool(directory)
    expect(await here.adopt()).toBe(false)
    const lease = filesIn(directory, '.alive').find((file) => file.includes('ffffffffffff')) ?? ''
    here.clock.milliseconds = LEASE_PATIENCE_MS
    rmSync(join(directory, lease))
    writeFileSync(join(directory, lease), '')
    expect(await here.adopt()).toBe(false)
  })

  it('begins anew when it was taken for gone', async () => {
    const directory = aDirectory()
    const taken = aSpool(directory)
    taken.append(operations(1))
    const [file = ''] = filesIn(directory, '.spool')
    renameSync(join(directory, file), join(directory, 'somebody.else.spool'))
    for (const lease of filesIn(directory, '.alive')) rmSync(join(directory, lease))
    taken.touch()
    const more = operations(1)
    taken.append(more)
    expect(filesIn(directory, '.alive')).toHaveLength(1)
    const own = filesIn(directory, '.spool').find((name) => name !== 'somebody.else.spool') ?? ''
    expect(readFileSync(join(directory, own), 'latin1')).toContain(more[0]?.eventId)
    expect((await taken.drain()).length).toBe(2)
  })

  it('has what it added behind our back written as well', async () => {
    const directory = aDirectory()
    const elsewhere = aSpool(directory)
    elsewhere.append(operations(1))
    asIfKilled(directory)
    const here = aSpool(directory)
    await here.adopt()
    elsewhere.append(operations(1))
    expect(await here.drain()).toHaveLength(2)
  })
})
