import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  localDaysBetween,
  monthOfBoundary,
  nextPeriod,
  NotAMonth,
  periodAt,
  periodOfMonth,
  previousPeriod,
} from './periods.ts'
import type { Period } from './periods.ts'

const CHICAGO = 'America/Chicago'
const HOUR_MS = 3_600_000
const at = (text: string): Date => new Date(text)
const hoursIn = ({ startsAt, endsAt }: Period): number => (endsAt.getTime() - startsAt.getTime()) / HOUR_MS

/** Zones that put clocks forward or back at midnight, lie at the ends of the day, or count half hours. */
const ZONES = [
  'UTC',
  CHICAGO,
  'America/Asuncion',
  'America/Havana',
  'America/St_Johns',
  'Africa/Cairo',
  'Asia/Amman',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Etc/GMT+12',
]
const aZone = fc.constantFrom(...ZONES)
const anInstant = fc.date({
  min: at('1970-01-02T00:00:00Z'),
  max: at('2060-01-01T00:00:00Z'),
  noInvalidDate: true,
})

describe('a month', () => {
  it('runs from local midnight to local midnight', () => {
    expect(periodOfMonth('2026-11-01', 'UTC')).toEqual({
      month: '2026-11-01',
      startsAt: at('2026-11-01T00:00:00Z'),
      endsAt: at('2026-12-01T00:00:00Z'),
    })
    expect(periodOfMonth('2026-07-01', CHICAGO).startsAt).toEqual(at('2026-07-01T05:00:00Z'))
  })

  it.each([
    ['2026-03-01', 743],
    ['2026-11-01', 721],
    ['2026-04-01', 720],
    ['2024-02-01', 696],
    ['2026-02-01', 672],
    ['2000-02-01', 696],
    ['2100-02-01', 672],
  ])('%s has %i hours in Chicago', (month, hours) => {
    expect(hoursIn(periodOfMonth(month, CHICAGO))).toBe(hours)
  })

  it.each([
    ['America/Asuncion', '2023-10-01', '2023-10-01T04:00:00Z'],
    ['America/Havana', '2012-04-01', '2012-04-01T05:00:00Z'],
    ['Africa/Cairo', '2014-08-01', '2014-07-31T22:00:00Z'],
    ['Asia/Amman', '2016-04-01', '2016-03-31T22:00:00Z'],
  ])('of %s that has no midnight on %s begins when the clocks leap over it', (timeZone, month, startsAt) => {
    const period = periodOfMonth(month, timeZone)
    expect(period.startsAt).toEqual(at(startsAt))
    expect(previousPeriod(period, timeZone).endsAt).toEqual(period.startsAt)
    expect(periodAt(period.startsAt, timeZone)).toEqual(period)
    expect(periodAt(new Date(period.startsAt.getTime() - 1), timeZone).month).not.toBe(month)
  })

  it('that has begun does not end because clocks go back over its midnight', () => {
    // In St John's, 1 November 2009 began at 02:30 UTC, and at 02:31 clocks read 23:01 of 31 October again.
    const november = periodOfMonth('2009-11-01', 'America/St_Johns')
    expect(november.startsAt).toEqual(at('2009-11-01T02:30:00Z'))
    expect(periodAt(at('2009-11-01T02:29:59.999Z'), 'America/St_Johns').month).toBe('2009-10-01')
    expect(periodAt(at('2009-11-01T02:45:00Z'), 'America/St_Johns')).toEqual(november)
  })

  it.each([
    ['Pacific/Kiritimati', '2026-10-31T10:00:00Z', '2026-11-01'],
    ['Pacific/Kiritimati', '2026-10-31T09:59:59.999Z', '2026-10-01'],
    ['Etc/GMT+12', '2026-11-01T12:00:00Z', '2026-11-01'],
    ['Etc/GMT+12', '2026-11-01T11:59:59.999Z', '2026-10-01'],
  ])('at the end of the day: in %s it is %s in %s', (timeZone, instant, month) => {
    expect(periodAt(at(instant), timeZone).month).toBe(month)
  })

  it('begins a year after December, and ends one before January', () => {
    const december = periodOfMonth('2026-12-01', CHICAGO)
    expect(nextPeriod(december, CHICAGO).month).toBe('2027-01-01')
    expect(previousPeriod(nextPeriod(december, CHICAGO), CHICAGO)).toEqual(december)
  })

  it.each(['2026-11-02', '2026-13-01', '2026-11', '2026-11-01T00:00:00Z', ''])(
    'is not named by %j',
    (text) => {
      expect(() => periodOfMonth(text, CHICAGO)).toThrow(NotAMonth)
    },
  )

  it('needs a zone of the IANA database', () => {
    expect(() => periodOfMonth('2026-11-01', 'Texas/Dallas')).toThrow(RangeError)
  })

  it('is the only one an instant is in, and months follow each other without a gap', () => {
    fc.assert(
      fc.property(anInstant, aZone, (instant, timeZone) => {
        const period = periodAt(instant, timeZone)
        expect(period.startsAt <= instant && instant < period.endsAt).toBe(true)
        expect(nextPeriod(period, timeZone).startsAt).toEqual(period.endsAt)
        expect(previousPeriod(period, timeZone).endsAt).toEqual(period.startsAt)
        expect(periodAt(period.startsAt, timeZone)).toEqual(period)
        expect(periodAt(new Date(period.endsAt.getTime() - 1), timeZone)).toEqual(period)
        expect(periodOfMonth(period.month, timeZone)).toEqual(period)
      }),
    )
  })

  it('is the month that the zone’s own calendar shows, away from its ends', () => {
    fc.assert(
      fc.property(anInstant, aZone, (instant, timeZone) => {
        const period = periodAt(instant, timeZone)
        fc.pre(instant.getTime() - period.startsAt.getTime() > HOUR_MS)
        const shown = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit' })
        expect(`${shown.format(instant)}-01`).toBe(period.month)
      }),
    )
  })
})

describe('a boundary from outside', () => {
  it.each([
    ['the day itself', '2026-11-01'],
    ['local midnight', '2026-11-01T05:00:00Z'],
    ['local midnight with its offset', '2026-11-01T00:00:00-05:00'],
    ['midnight of UTC, which is the evening before in Chicago', '2026-11-01T00:00:00Z'],
    ['the same with milliseconds', '2026-11-01T00:00:00.000Z'],
    ['in small letters', '2026-11-01t00:00:00z'],
    ['14 hours before', '2026-10-31T15:00:00Z'],
    ['14 hours after', '2026-11-01T19:00:00Z'],
  ])('is read as November: %s', (_name, text) => {
    expect(monthOfBoundary(text, CHICAGO)).toBe('2026-11-01')
  })

  it.each([
    ['the middle of a month', '2026-11-15T00:00:00Z'],
    ['another day', '2026-11-02'],
    ['more than 14 hours before', '2026-10-31T14:59:59Z'],
    ['more than 14 hours after', '2026-11-01T19:00:01Z'],
    ['a day that does not exist', '2026-11-31T00:00:00Z'],
    ['an hour that does not exist', '2026-11-01T25:00:00Z'],
    ['no offset', '2026-11-01T00:00:00'],
    ['a zone in brackets', '2026-11-01T00:00:00Z[UTC]'],
    ['a month alone', '2026-11'],
    ['a month that does not exist', '2026-13-01'],
    ['nothing', ''],
    ['words', 'last month'],
  ])('is near no month: %s', (_name, text) => {
    expect(monthOfBoundary(text, CHICAGO)).toBeNull()
  })

  it('is near from midnight of UTC in every zone', () => {
    fc.assert(
      fc.property(anInstant, aZone, (instant, timeZone) => {
        const { month } = periodAt(instant, 'UTC')
        expect(monthOfBoundary(`${month}T00:00:00Z`, timeZone)).toBe(month)
      }),
    )
  })
})

describe('local days', () => {
  it('begin and end with what lies between two instants', () => {
    const days = localDaysBetween(at('2026-11-01T01:00:00Z'), at('2026-11-02T12:00:00Z'), CHICAGO)
    expect(days).toEqual([
      { day: '2026-10-31', from: at('2026-11-01T01:00:00Z'), to: at('2026-11-01T05:00:00Z') },
      { day: '2026-11-01', from: at('2026-11-01T05:00:00Z'), to: at('2026-11-02T06:00:00Z') },
      { day: '2026-11-02', from: at('2026-11-02T06:00:00Z'), to: at('2026-11-02T12:00:00Z') },
    ])
  })

  it('leave out the one that Samoa skipped', () => {
    const december = periodOfMonth('2011-12-01', 'Pacific/Apia')
    const days = localDaysBetween(december.startsAt, december.endsAt, 'Pacific/Apia').map(({ day }) => day)
    expect(days).toHaveLength(30)
    expect(days).not.toContain('2011-12-30')
    expect(days.at(-1)).toBe('2011-12-31')
  })

  it('fill a month without a gap', () => {
    fc.assert(
      fc.property(anInstant, aZone, (instant, timeZone) => {
        const { startsAt, endsAt } = periodAt(instant, timeZone)
        const days = localDaysBetween(startsAt, endsAt, timeZone)
        expect([days[0]?.from, days.at(-1)?.to]).toEqual([startsAt, endsAt])
        expect(days.slice(1).map(({ from }) => from)).toEqual(days.slice(0, -1).map(({ to }) => to))
      }),
      { numRuns: 40 },
    )
  })
})
