import { describe, expect, it } from 'vitest'
import { eventIds } from './event-ids.ts'

const VERSION_7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('ids of events', () => {
  it('are UUIDs in version 7 that rise, also within a millisecond, past its end, and when the clock goes back', () => {
    const instants = [1_700_000_000_000, 1_700_000_000_001, 1_600_000_000_000]
    let calls = 0
    const next = eventIds(() => instants[Math.floor(calls++ / 5_000)] ?? 0)
    const ids = Array.from({ length: 15_000 }, next)
    expect(ids.every((id) => VERSION_7.test(id))).toBe(true)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.toSorted()).toEqual(ids)
    expect(parseInt((ids[0] ?? '').replace('-', '').slice(0, 12), 16)).toBe(instants[0])
  })

  it('of two processes differ in the same millisecond', () => {
    const now = () => 1_700_000_000_000
    expect(eventIds(now)()).not.toBe(eventIds(now)())
  })
})
