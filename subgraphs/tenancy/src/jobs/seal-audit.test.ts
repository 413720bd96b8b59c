import { createLog } from '@stormops/chassis/telemetry/log'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startSealing } from './seal-audit.ts'

const SECOND = 1_000

let told: string[]
beforeEach(() => {
  told = []
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const log = () => createLog('error', { write: (line: string) => void told.push(line) })

/** Companies by how many transactions' worth of lines each has waiting. */
const aQueue = (waiting: Record<string, number>, broken: readonly string[] = []) => ({
  waiting,
  tenants: async () => Object.keys(waiting).filter((tenant) => (waiting[tenant] ?? 0) > 0),
  seal: async (tenant: string) => {
    if (broken.includes(tenant)) throw new Error(`${tenant} cannot be sealed`)
    if (waiting[tenant] === 0) return 0
    waiting[tenant] = (waiting[tenant] ?? 0) - 1
    return 1
  },
})

describe('the sequencer', () => {
  it('seals what waits at once, and what comes within a second', async () => {
    const queue = aQueue({ a: 3 })
    const sequencer = startSealing({ ...queue, log: log() })
    await vi.advanceTimersByTimeAsync(0)
    expect(queue.waiting).toEqual({ a: 0 })
    queue.waiting['b'] = 2
    await vi.advanceTimersByTimeAsync(SECOND)
    expect(queue.waiting).toEqual({ a: 0, b: 0 })
    await sequencer.stop()
  })

  it('does not let one company’s failure or many lines keep the others waiting', async () => {
    const queue = aQueue({ broken: 1, busy: 1_000, calm: 1 }, ['broken'])
    const sequencer = startSealing({ ...queue, log: log() })
    await vi.advanceTimersByTimeAsync(0)
    expect(queue.waiting['calm']).toBe(0)
    expect(queue.waiting['busy']).toBeGreaterThan(0)
    await sequencer.stop()
  })

  it('tells a failure once, and again when it comes back after a round that went well', async () => {
    let reachable = false
    const sequencer = startSealing({
      tenants: async () => {
        if (reachable) return []
        throw new Error('the database is away')
      },
      seal: async () => 0,
      log: log(),
    })
    await vi.advanceTimersByTimeAsync(5 * SECOND)
    expect(told).toHaveLength(1)
    expect(told[0]).toContain('the database is away')
    reachable = true
    await vi.advanceTimersByTimeAsync(SECOND)
    reachable = false
    await vi.advanceTimersByTimeAsync(3 * SECOND)
    expect(told).toHaveLength(2)
    await sequencer.stop()
  })

  it('has one round under way at a time, and ends it before it is stopped', async () => {
    const round = Promise.withResolvers<readonly string[]>()
    let rounds = 0
    const sequencer = startSealing({
      tenants: () => {
        rounds += 1
        return round.promise
      },
      seal: async () => 0,
      log: log(),
    })
    await vi.advanceTimersByTimeAsync(10 * SECOND)
    expect(rounds).toBe(1)
    const order: string[] = []
    const stopping = sequencer.stop().then(() => order.push('stopped'))
    await vi.advanceTimersByTimeAsync(SECOND)
    order.push('round ends')
    round.resolve(['a'])
    await stopping
    expect(order).toEqual(['round ends', 'stopped'])
    await vi.advanceTimersByTimeAsync(10 * SECOND)
    expect(rounds).toBe(1)
  })
})
