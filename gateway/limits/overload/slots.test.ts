import { describe, expect, it } from 'vitest'
import { operationSlots } from './slots.ts'
import type { OverloadSettings } from './slots.ts'

const PATIENT = 60_000

/** Work of owners by name, each ended by hand; `order` says who began, in turn. */
const house = (settings: Partial<OverloadSettings>) => {
  const slots = operationSlots({ executing: 4, waiting: 4, patienceMilliseconds: PATIENT, ...settings })
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

  it('go to those who have less than half before those who have more', async () => {
    const { order, enter, end } = house({})
    for (const owner of ['a', 'a', 'a', 'a']) void enter(owner)
    for (const owner of ['a', 'b', 'c']) void enter(owner)
    await end()
    await end()
    expect(order).toEqual(['a', 'a', 'a', 'a', 'b', 'c'])
    await end()
    expect(order.at(-1)).toBe('a')
  })

  it('are refused at once where the line is full, and half of it is for one', async () => {
    const { slots, enter } = house({})
    for (const owner of ['a', 'a', 'a', 'a', 'a', 'a']) void enter(owner)
    await expect(enter('a')).rejects.toEqual(REFUSED)
    expect(slots.isFull()).toBe(false)
    for (const owner of ['b', 'c']) void enter(owner)
    expect(slots.isFull()).toBe(true)
    await expect(enter('d')).rejects.toEqual(REFUSED)
    expect(slots.counts()).toEqual({ executing: 4, waiting: 4 })
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
