import { describe, expect, it } from 'vitest'
import {
  queuesOfAll,
  readCellsAway,
  readFlowOfAll,
  readSilenceOfAll,
  workersOfAll,
} from './figures-of-cells.ts'
import type { Worker } from './platform-figures.ts'

const SECONDS = 1_000
const AT = new Date('2026-03-01T12:00:00Z')
const later = (seconds: number): Date => new Date(AT.getTime() + seconds * SECONDS)

const aWorker = (unlike: Partial<Worker> = {}): Worker => ({
  id: 'one',
  host: 'here',
  processNumber: 1,
  startedAt: AT,
  seenAt: AT,
  isLive: true,
  busy: 1,
  capacity: 40,
  jobsDone: 5,
  jobsFailed: 1,
  lastJobAt: null,
  ...unlike,
})

describe('a process', () => {
  it('is one worker with the room of every cell, and lives while any of its lines does', () => {
    const stale = aWorker({ isLive: false, startedAt: later(3), lastJobAt: AT })
    const fresh = aWorker({ seenAt: later(60), lastJobAt: later(30) })
    const both = { busy: 2, capacity: 80, jobsDone: 10, jobsFailed: 2, isLive: true }
    expect(workersOfAll([[stale], [fresh]])).toEqual([
      aWorker({ ...both, seenAt: later(60), lastJobAt: later(30) }),
    ])
    expect(workersOfAll([[aWorker()], [aWorker({ id: 'other', startedAt: later(-1) })]])).toMatchObject([
      { id: 'other' },
      { id: 'one' },
    ])
  })
})

describe('a queue', () => {
  it('is as long as in all cells together, and as old as the oldest', () => {
    const queue = (name: string, ready: number, oldestSeconds: number | null) => ({
      name,
      ready,
      delayed: 1,
      active: 1,
      oldestSeconds,
    })
    expect(
      queuesOfAll([
        [queue('a', 2, 10), queue('b', 0, null)],
        [queue('b', 5, 3), queue('a', 1, 20)],
      ]),
    ).toEqual([
      { name: 'b', ready: 5, delayed: 2, active: 2, oldestSeconds: 3 },
      { name: 'a', ready: 3, delayed: 2, active: 2, oldestSeconds: 20 },
    ])
  })
})

describe('what stands still', () => {
  const flow = (lastEndedSeconds: number | null, longestWorkerSeconds: number | null) => ({
    lastEndedSeconds,
    longestWorkerSeconds,
  })

  it('may stand still in one cell alone, also where nobody ever worked', () => {
    const reading = readFlowOfAll([
      { cell: 'home', value: flow(5, 7_200) },
      { cell: 'gulf', value: flow(null, null) },
    ])
    expect(reading).toMatchObject({ isBreached: true, value: 7_200 })
    expect(reading.detail).toContain('gulf')
    expect(readFlowOfAll([{ cell: 'home', value: flow(5, 7_200) }]).detail).not.toContain('home')
  })

  it('is not a cell in which nobody has signed in', () => {
    const silence = readSilenceOfAll([
      { cell: 'home', value: 5 },
      { cell: 'gulf', value: null },
    ])
    expect(silence).toMatchObject({ isBreached: false, value: 5 })
    expect(readSilenceOfAll([{ cell: 'home', value: null }])).toMatchObject({ value: null })
  })
})

describe('a cell that is away', () => {
  it('is one too many', () => {
    expect(readCellsAway(['home', 'gulf'], [])).toMatchObject({ isBreached: false, value: 0 })
    expect(readCellsAway(['home', 'gulf'], ['gulf'])).toMatchObject({
      isBreached: true,
      detail: '1 of 2 cells cannot be reached: gulf.',
    })
  })
})
