import { describe, expect, it } from 'vitest'
import { judge, NO_READINGS } from './probe-reading.ts'
import type { InARow, Severity, Verdict } from './probe-reading.ts'

/** What becomes of an alert over readings: `x` is out of bounds, `.` within. */
const verdicts = (readings: string, severity: Severity = 'WARNING'): readonly Verdict[] => {
  let inARow: InARow = NO_READINGS
  let isOpen = false
  return [...readings].map((reading) => {
    const judged = judge({ isBreached: reading === 'x', severity }, inARow, isOpen)
    inARow = judged.inARow
    if (judged.verdict === 'open') isOpen = true
    if (judged.verdict === 'close') isOpen = false
    return judged.verdict
  })
}

describe('an alert', () => {
  it('opens at the second reading in a row that is out of bounds, and not again', () => {
    expect(verdicts('xxx')).toEqual(['stay-closed', 'open', 'stay-open'])
  })

  it('does not open by turns', () => {
    expect(new Set(verdicts('x.x.x.x.'))).toEqual(new Set(['stay-closed']))
  })

  it('opens at once where it is critical', () => {
    expect(verdicts('x', 'CRITICAL')).toEqual(['open'])
    expect(verdicts('x', 'INFO')).toEqual(['stay-closed'])
  })

  it('closes at the second reading in a row within bounds', () => {
    expect(verdicts('xx.x..')).toEqual([
      'stay-closed',
      'open',
      'stay-open',
      'stay-open',
      'stay-open',
      'close',
    ])
  })

  it('that closed takes two more to open', () => {
    expect(verdicts('xx..xx').slice(3)).toEqual(['close', 'stay-closed', 'open'])
  })
})
