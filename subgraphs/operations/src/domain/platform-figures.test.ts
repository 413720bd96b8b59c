import { describe, expect, it } from 'vitest'
import {
  failureRate,
  readBacklog,
  readFailureRate,
  readFlow,
  readIdleness,
  readOldDeadLetters,
  readSilence,
  readWantOfWorkers,
  scalingAdvice,
  workforceOf,
} from './platform-figures.ts'
import type { AttemptTally, QueueDepth, Worker } from './platform-figures.ts'

const tally = (change: Partial<AttemptTally>): AttemptTally => ({
  succeeded: 0,
  failed: 0,
  gaveUp: 0,
  lost: 0,
  cancelled: 0,
  ...change,
})

const queue = (ready: number, change: Partial<QueueDepth> = {}): QueueDepth => ({
  name: 'storms.open-pilot',
  ready,
  delayed: 0,
  active: 0,
  oldestSeconds: ready === 0 ? null : 12,
  ...change,
})

const worker = (busy: number, change: Partial<Worker> = {}): Worker => ({
  id: 'w',
  host: 'h',
  processNumber: 1,
  startedAt: new Date(0),
  seenAt: new Date(0),
  isLive: true,
  busy,
  capacity: 10,
  jobsDone: 0,
  jobsFailed: 0,
  lastJobAt: null,
  ...change,
})

describe('the failure rate', () => {
  it('counts attempts that failed, were the last, or lost their worker, and not those that were called off', () => {
    const one = tally({ succeeded: 16, failed: 2, gaveUp: 1, lost: 1, cancelled: 50 })
    expect(failureRate(one)).toBeCloseTo(0.2)
    expect(readFailureRate(one)).toMatchObject({
      isBreached: true,
      detail: '20 % of 20 attempts within the hour failed.',
    })
    expect(failureRate(tally({}))).toBe(null)
  })

  it('is out of bounds above a tenth, and says nothing of fewer than twenty attempts', () => {
    expect(readFailureRate(tally({ succeeded: 18, failed: 2 }))).toMatchObject({
      value: 0.1,
      isBreached: false,
    })
    expect(readFailureRate(tally({ succeeded: 17, failed: 3 })).isBreached).toBe(true)
    expect(readFailureRate(tally({ failed: 19 }))).toMatchObject({ value: null, isBreached: false })
  })
})

describe('the queue', () => {
  it('is too deep above a hundred, and wants workers above fifty', () => {
    expect(readBacklog([queue(60), queue(40)]).isBreached).toBe(false)
    const deep = [queue(61), queue(40, { name: 'billing.collect-payment', oldestSeconds: 99.4 })]
    expect(readBacklog(deep)).toMatchObject({
      value: 101,
      isBreached: true,
      detail: '101 jobs wait for a worker, the first for 99 s. Most of them are storms.open-pilot (61).',
    })
    expect(readWantOfWorkers([queue(50)]).isBreached).toBe(false)
    expect(readWantOfWorkers([queue(51)]).isBreached).toBe(true)
    expect(readBacklog([])).toMatchObject({ value: 0, isBreached: false })
  })
})

describe('silence', () => {
  it('is a minute without a worker that was there, and nothing where none ever was', () => {
    expect(readSilence(60).isBreached).toBe(false)
    expect(readSilence(61)).toMatchObject({ isBreached: true, detail: 'A worker was last seen 61 s ago.' })
    expect(readSilence(null)).toMatchObject({ value: null, isBreached: false })
  })

  it('of jobs is an hour in which somebody worked and nothing ended', () => {
    expect(readFlow({ lastEndedSeconds: 3_601, longestWorkerSeconds: 7_200 })).toMatchObject({
      isBreached: true,
      detail: 'The last job but this watch ended 60 minutes ago.',
    })
    expect(readFlow({ lastEndedSeconds: 3_601, longestWorkerSeconds: 60 }).isBreached).toBe(false)
    expect(readFlow({ lastEndedSeconds: 30, longestWorkerSeconds: 7_200 }).isBreached).toBe(false)
    expect(readFlow({ lastEndedSeconds: null, longestWorkerSeconds: 7_200 }).isBreached).toBe(true)
    expect(readFlow({ lastEndedSeconds: null, longestWorkerSeconds: null }).value).toBe(null)
  })
})

describe('a dead letter', () => {
  it('may lie for a day', () => {
    expect(readOldDeadLetters({ count: 3, olderThanADay: 0 }).isBreached).toBe(false)
    expect(readOldDeadLetters({ count: 3, olderThanADay: 1 })).toMatchObject({
      isBreached: true,
      detail: '3 dead letters, 1 of them older than a day.',
    })
  })
})

describe('the advice', () => {
  const advice = (workers: readonly Worker[], queues: readonly QueueDepth[] = []) =>
    scalingAdvice(workforceOf(workers), queues).advice

  it('is to run more workers while more than fifty jobs wait, however busy they are', () => {
    expect(advice([worker(0), worker(0)], [queue(51)])).toBe('SCALE_UP')
  })

  it('is to run fewer while less than three tenths of the places are taken', () => {
    expect(advice([worker(3), worker(2)])).toBe('SCALE_DOWN')
    expect(advice([worker(3), worker(3)])).toBe('STEADY')
  })

  it('never is to run none, and does not count the dead', () => {
    expect(advice([worker(0)])).toBe('STEADY')
    expect(advice([])).toBe('STEADY')
    expect(advice([worker(0), worker(0, { isLive: false })])).toBe('STEADY')
    expect(readIdleness(workforceOf([worker(1), worker(0)]), []).detail).toBe(
      '2 workers, with 1 of 20 places taken.',
    )
  })
})
