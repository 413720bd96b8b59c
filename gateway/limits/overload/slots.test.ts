import { describe, expect, it } from 'vitest'
import { operationSlots } from './slots.ts'
import type { OverloadSettings } from './slots.ts'

const PATIENT = 60_000

/** Work of owners by name, each ended by hand; `order` says who began, in turn. */
const house = (settings: Partial<OverloadSettings>) => {
  const slots = operationSlots({
    executing: 4,
    fewest: 4,
    waiting: 4,
    patienceMilliseconds: PATIENT,
    ...settings,
  })
  const order: string[] = []
  const ends: (() => void)[] = []
  const enter = (owner: string, patience = PATIENT) =>
    slots.run(owner, patience, () => {
      order.push(owner)
      return new Promise<void>((resolve) => ends.push(resolve))
    })
  const begun = () => new Promise((resolve) => setImmediate(resolve))
  const end = async () => {
    await begun()
    ends.shift()?.()
    await begun()
  }
  return { slots, order, enter, end, begun }
}

const REFUSED = expect.objectContaining({ code: 'UNAVAILABLE', facts: { retryAfterSeconds: 1 } })

describe('slots', () => {
  it('are all for one as long as nobody else waits', async () => {
    const { slots, order, enter, end, begun } = house({})
    const work = ['a', 'a', 'a', 'a', 'a'].map((owner) => enter(owner))
    await begun()
    expect([order, slots.counts()]).toEqual([['a', 'a', 'a', 'a'], { executing: 4, waiting: 1 }])
    await end()
    expect([order.length, slots.counts()]).toEqual([5, { executing: 4, waiting: 0 }])
    for (let i = 0; i < 4; i++) await end()
    await Promise.all(work)
    expect(slots.counts()).toEqual({ executing: 0, waiting: 0 })
  })

  it('go to whoever has the least under way, whoever came first', async () => {
    const { order, enter, end } = house({})
    for (const owner of ['a', 'a', 'a', 'b']) void enter(owner)
    for (const owner of ['a', 'b', 'c']) void enter(owner)
    await end()
    await end()
    expect(order).toEqual(['a', 'a', 'a', 'b', 'c', 'a'])
    await end()
    expect(order.at(-1)).toBe('b')
  })

  it('are there for whoever has nothing under way, even where the pace leaves none', async () => {
    let milliseconds = 0
    const settings = { executing: 4, fewest: 4, waiting: 4, patienceMilliseconds: PATIENT }
    const pace = { places: () => 2 }
    const slots = operationSlots(settings, undefined, pace, () => milliseconds)
    const hanging = Promise.withResolvers<void>()
    const work = ['a', 'a', 'a', 'b', 'b'].map((owner) => slots.run(owner, PATIENT, () => hanging.promise))
    expect(slots.counts()).toEqual({ executing: 3, waiting: 2 })
    milliseconds = 1_001
    expect([slots.isFullFor('a'), slots.isFullFor('b'), slots.isFullFor('c')]).toEqual([true, true, false])
    hanging.resolve()
    await Promise.all(work)
    expect(slots.counts()).toEqual({ executing: 0, waiting: 0 })
  })

  it('are refused at once where the line is full, and whoever has the most in it gives way', async () => {
    const { slots, enter, order, end, begun } = house({})
    for (const owner of ['a', 'a', 'a', 'a', 'a', 'a']) void enter(owner)
    const lastButOne = enter('a')
    const last = enter('a')
    expect([slots.isFullFor('a'), slots.isFullFor('b')]).toEqual([true, false])
    await expect(enter('a')).rejects.toEqual(REFUSED)
    void enter('b')
    await expect(last).rejects.toEqual(REFUSED)
    void enter('c')
    await expect(lastButOne).rejects.toEqual(REFUSED)
    await begun()
    // Now two of the first, and one of each other.
    expect([slots.isFullFor('b'), slots.isFullFor('c'), slots.isFullFor('d')]).toEqual([true, true, false])
    expect(slots.counts()).toEqual({ executing: 4, waiting: 4 })
    for (let turn = 0; turn < 8; turn += 1) await end()
    expect(order).toEqual(['a', 'a', 'a', 'a', 'b', 'c', 'a', 'a'])
  })

  it('are waited for by many who come at once, and by few where the line has stood for a second', async () => {
    let milliseconds = 0
    const settings = { executing: 2, fewest: 2, waiting: 10, patienceMilliseconds: PATIENT }
    const pace = { places: () => 2 }
    const slots = operationSlots(settings, undefined, pace, () => milliseconds)
    const hanging = Promise.withResolvers<void>()
    const work = Array.from({ length: 10 }, () => slots.run('a', PATIENT, () => hanging.promise))
    expect([slots.counts(), slots.isFullFor('a')]).toEqual([{ executing: 2, waiting: 8 }, false])
    milliseconds = 1_001
    expect(slots.isFullFor('a')).toBe(true)
    hanging.resolve()
    await Promise.all(work)
    const again = slots.run('a', PATIENT, async () => 'done')
    expect(slots.isFullFor('a')).toBe(false)
    expect(await again).toBe('done')
  })

  it('are not waited for longer than the client does', async () => {
    const { slots, enter, end, order } = house({ executing: 1 })
    const first = enter('a')
    await expect(enter('b', 5)).rejects.toEqual(REFUSED)
    expect(slots.counts()).toEqual({ executing: 1, waiting: 0 })
    await end()
    await first
    expect(order).toEqual(['a'])
  })

  it('are given back by work that fails', async () => {
    const { slots } = house({})
    const failing = slots.run('a', PATIENT, async () => {
      throw new Error('boom')
    })
    await expect(failing).rejects.toThrow('boom')
    expect(slots.counts()).toEqual({ executing: 0, waiting: 0 })
  })
})
