import { describe, expect, it } from 'vitest'
import { loopPace } from './pace.ts'

const MOST = 256
const FEWEST = 16

/** A loop whose next tenth of a second is as it is said, with so many under way. */
const loop = () => {
  let milliseconds = 0
  let turns = { count: 0, busyMilliseconds: 0 }
  const pace = loopPace(
    MOST,
    FEWEST,
    () => turns,
    () => milliseconds,
  )
  return (turnMilliseconds: number, underWay: number): number => {
    pace.places(underWay)
    milliseconds += 100
    turns = { count: turns.count + 10, busyMilliseconds: turns.busyMilliseconds + 10 * turnMilliseconds }
    return pace.places(0)
  }
}

const after = (times: number, once: () => number): number => {
  let places = 0
  for (let time = 0; time < times; time += 1) places = once()
  return places
}

describe('the pace', () => {
  it('becomes as much as is wanted within a second where the turns stay short', () => {
    const pass = loop()
    expect(after(10, () => pass(1, MOST))).toBe(MOST)
  })

  it('stays as it is while nobody wants more', () => {
    const pass = loop()
    expect(after(10, () => pass(1, 3))).toBe(32)
  })

  it('falls as far as the turns are too long, by half at once, and never below what keeps a process busy', () => {
    const pass = loop()
    after(10, () => pass(1, MOST))
    expect(pass(12.5, MOST)).toBe(204)
    expect(pass(80, MOST)).toBe(102)
    expect(after(10, () => pass(80, MOST))).toBe(FEWEST)
  })

  it('reads the turns of its own loop', async () => {
    const pace = loopPace(MOST, FEWEST)
    const end = performance.now() + 150
    while (performance.now() < end) await new Promise((resolve) => setImmediate(resolve))
    pace.places(MOST)
    while (performance.now() < end + 150) await new Promise((resolve) => setImmediate(resolve))
    expect(pace.places(0)).toBeGreaterThan(32)
  })
})
