import { describe, expect, it } from 'vitest'
import { durationSeconds, queuedForSeconds, subjectsOf, whyNoCancel, whyNoRerun } from './job-run.ts'
import type { JobRun } from './job-run.ts'

const NOW = new Date('2026-03-01T12:00:00Z')
const at = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1_000)

const aJob = (change: Partial<JobRun> = {}): JobRun => ({
  id: '018f0000-0000-7000-8000-000000000001',
  tenantId: '018f0000-0000-7000-8000-000000000002',
  name: 'storms.open-pilot',
  state: 'SUCCEEDED',
  payload: {},
  priority: 0,
  attempts: 1,
  error: null,
  createdAt: at(-100),
  startedAt: at(-90),
  endedAt: at(-60),
  rerunOf: null,
  redrivenAt: null,
  cancelAskedAt: null,
  ...change,
})

describe('a job', () => {
  it('waited until it began, or until now', () => {
    expect(queuedForSeconds(aJob(), NOW)).toBe(10)
    expect(queuedForSeconds(aJob({ state: 'QUEUED', startedAt: null, endedAt: null }), NOW)).toBe(100)
    expect(queuedForSeconds(aJob({ state: 'CANCELLED', startedAt: null }), NOW)).toBe(null)
  })

  it('took until it ended, or until now', () => {
    expect(durationSeconds(aJob(), NOW)).toBe(30)
    expect(durationSeconds(aJob({ state: 'RUNNING', endedAt: null }), NOW)).toBe(90)
    expect(durationSeconds(aJob({ startedAt: null }), NOW)).toBe(null)
  })

  it('is done again once it has ended, and once at a time', () => {
    expect(whyNoRerun(aJob(), [])).toBe(null)
    expect(whyNoRerun(aJob(), [aJob({ state: 'FAILED' })])).toBe(null)
    expect(whyNoRerun(aJob(), [aJob({ state: 'QUEUED' })])).toBe('It is being done again already.')
    expect(whyNoRerun(aJob({ state: 'RETRYING' }), [])).toBe('It has not ended yet (retrying).')
  })

  it('is called off until it has ended, and once', () => {
    expect(whyNoCancel(aJob({ state: 'RUNNING' }))).toBe(null)
    expect(whyNoCancel(aJob({ state: 'RUNNING', cancelAskedAt: NOW }))).toContain('already')
    expect(whyNoCancel(aJob({ state: 'FAILED' }))).toBe('It has ended (failed).')
  })

  it('works on what its payload names by an id', () => {
    const id = '018f0000-0000-7000-8000-000000000009'
    expect(subjectsOf({ pilotId: id, attempt: 1 })).toEqual([`pilot:${id}`])
    expect(subjectsOf({ eventId: 'evt_1', Id: id, uploads: [id] })).toEqual([])
    expect(subjectsOf(null)).toEqual([])
  })
})
