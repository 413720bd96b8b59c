import { describe, expect, it } from 'vitest'
import { LARGEST_BATCH, retryDelay, startFlush } from './flush.ts'
import type { FlushOptions } from './flush.ts'

/** A queue of numbers and a ledger that a test may stop, refuse and look into. */
const carrying = (more: Partial<FlushOptions<number>> = {}) => {
  const queue: number[] = []
  const batches: (readonly number[])[] = []
  const rests: number[] = []
  const failures: number[] = []
  let underWay = 0
  let mostUnderWay = 0
  let failing = 0
  let gate: Promise<void> = Promise.resolve()
  const flush = startFlush<number>({
    next: async (most) => queue.slice(0, most),
    write: async (batch) => {
      underWay += 1
      mostUnderWay = Math.max(mostUnderWay, underWay)
      batches.push(batch)
      await gate
      underWay -= 1
      if (failing > 0) {
        failing -= 1
        throw new Error('The ledger is away.')
      }
    },
    acknowledge: (batch) => void queue.splice(0, batch.length),
    onFailure: (_cause, attempt) => void failures.push(attempt),
    sleep: async (milliseconds) => void rests.push(milliseconds),
    random: () => 0,
    ...more,
  })
  return {
    flush,
    queue,
    batches,
    rests,
    failures,
    mostUnderWay: () => mostUnderWay,
    failNext: (times: number) => (failing = times),
    hold: () => {
      const held = Promise.withResolvers<void>()
      gate = held.promise
      return held.resolve
    },
    add: (from: number, count: number) => {
      for (let value = from; value < from + count; value += 1) queue.push(value)
      flush.wake()
    },
  }
}

const upTo = (count: number) => Array.from({ length: count }, (_, value) => value)

describe('a flush', () => {
  it('writes one batch at a time, of a thousand at most, in order, and all that waits', async () => {
    const { flush, batches, add, mostUnderWay, hold } = carrying()
    const letGo = hold()
    add(0, 1)
    await Promise.resolve()
    for (let from = 1; from < 2_601; from += 100) add(from, 100)
    letGo()
    await flush.idle()
    expect(batches.flat()).toEqual(upTo(2_601))
    expect(batches.map(({ length }) => length)).toEqual([1, LARGEST_BATCH, LARGEST_BATCH, 600])
    expect(mostUnderWay()).toBe(1)
  })

  it('tries a batch again until it is taken, later each time, and keeps the order', async () => {
    const { flush, batches, rests, failures, add, failNext } = carrying()
    failNext(4)
    add(0, 3)
    await Promise.resolve()
    add(3, 2)
    await flush.idle()
    expect(batches.slice(0, 4).every((batch) => batch[0] === 0)).toBe(true)
    expect(new Set(batches.flat())).toEqual(new Set(upTo(5)))
    expect(batches.at(-1)?.at(-1)).toBe(4)
    expect(failures).toEqual([1, 2, 3, 4])
    expect(rests).toEqual([50, 100, 200, 400])
    failNext(1)
    add(5, 1)
    await flush.idle()
    expect(rests.slice(4)).toEqual([50])
  })

  it('waits half a minute at most, and a random half less', () => {
    expect(retryDelay(1, () => 1)).toBe(100)
    expect(retryDelay(30, () => 1)).toBe(30_000)
    expect(retryDelay(1_000, () => 0)).toBe(15_000)
  })

  it('asks again when what waits cannot be read', async () => {
    let broken = 1
    const { flush, batches, failures, add, queue } = carrying({
      next: async (most) => {
        if (broken-- > 0) throw new Error('The disk is away.')
        return queue.slice(0, most)
      },
    })
    add(0, 2)
    await flush.idle()
    expect(batches).toEqual([[0, 1]])
    expect(failures).toEqual([1])
  })

  it('loses no wake that comes while it finds nothing', async () => {
    const { flush, batches, add } = carrying()
    for (let value = 0; value < 200; value += 1) {
      add(value, 1)
      for (let turns = 0; turns < value % 9; turns += 1) await Promise.resolve()
    }
    await flush.idle()
    expect(batches.flat()).toEqual(upTo(200))
  })

  it('acknowledges nothing after its end, and begins nothing', async () => {
    const { flush, queue, batches, add, hold } = carrying()
    const letGo = hold()
    add(0, 2)
    await new Promise(setImmediate)
    flush.stop()
    letGo()
    await flush.idle()
    add(2, 1)
    await flush.idle()
    expect(batches).toEqual([[0, 1]])
    expect(queue).toEqual([0, 1, 2])
  })

  it('is in a hurry at the end', async () => {
    const slept: AbortSignal[] = []
    const { flush, batches, add, failNext } = carrying({
      sleep: async (_milliseconds, signal) => {
        slept.push(signal)
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
      },
    })
    failNext(1)
    add(0, 1)
    while (slept.length === 0) await new Promise(setImmediate)
    flush.hurry()
    await flush.idle()
    expect(batches).toEqual([[0], [0]])
  })
})
