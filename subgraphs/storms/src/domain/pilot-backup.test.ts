import { describe, expect, it } from 'vitest'
import { backupNote, backupStanding } from './pilot-backup.ts'

const NOW = new Date('2026-11-21T12:00:00Z')
const ago = (hours: number): Date => new Date(NOW.getTime() - hours * 3_600_000)

describe('the backup that a pilot begins with', () => {
  it('is unknown where none was ever written down', () => {
    expect(backupNote(backupStanding(null, NOW))).toBe('UNKNOWN: no backup has been written down yet.')
  })

  it('passes until it is older than a night and two hours', () => {
    expect(backupStanding(ago(26), NOW)).toEqual({ status: 'PASS', ageHours: 26 })
    expect(backupNote(backupStanding(ago(2.54), NOW))).toBe('PASS: the last good backup was 2.5 hours old.')
  })

  it('warns after that, and stops nobody', () => {
    expect(backupNote(backupStanding(ago(26.1), NOW))).toBe(
      'WARN: the last good backup was 26.1 hours old; it should be less than 26.',
    )
  })

  it('is not older than now where two clocks disagree', () => {
    expect(backupStanding(ago(-1), NOW)).toEqual({ status: 'PASS', ageHours: 0 })
  })
})
