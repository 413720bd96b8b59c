import { rational } from '@stormops/chassis/values/rational'
import { describe, expect, it } from 'vitest'
import type { PlanCharge } from './plan.ts'
import { isStale, noticeWords } from './usage-notice.ts'
import type { NoticeLetter, NoticeStanding, UsageNotice } from './usage-notice.ts'

const soft: PlanCharge = {
  metric: 'PROPERTIES',
  window: 'PERIOD',
  unitSize: 1n,
  limit: 'SOFT',
  included: 5_000n,
  price: { model: 'PER_UNIT', unitPrice: rational(10n) },
}
const hard: PlanCharge = { ...soft, limit: 'HARD', included: 500n, price: null }

const aNotice = (over: Partial<UsageNotice> = {}): UsageNotice => ({
  metric: 'PROPERTIES',
  month: '2026-11-01',
  percent: 80,
  included: 5_000n,
  ...over,
})

const standing = (over: Partial<NoticeStanding> = {}): NoticeStanding => ({
  month: '2026-11-01',
  charge: soft,
  used: 4_000n,
  ...over,
})

describe('news of usage', () => {
  it.each([
    ['holds as it is crossed', 80, {}, false],
    ['holds until all is used', 80, { used: 4_999n }, false],
    ['is overtaken when all is used', 80, { used: 5_000n }, true],
    ['that all is used holds', 100, { used: 5_000n }, false],
    ['that all is used holds beyond', 100, { used: 9_000n }, false],
    ['is taken back by a correction', 80, { used: 3_999n }, true],
    ['ends with the month', 80, { month: '2026-12-01' }, true],
    ['ends with a plan that includes another amount', 80, { charge: hard }, true],
    ['ends with a plan that says nothing of it', 80, { charge: null }, true],
    [
      'ends with a plan without limits',
      100,
      { charge: { ...hard, limit: 'UNLIMITED', included: null } as const, used: 5_000n },
      true,
    ],
  ])('%s', (_what, percent, over, stale) => {
    expect(isStale(aNotice({ percent }), standing(over))).toBe(stale)
  })
})

const aLetter = (over: Partial<NoticeLetter> = {}): NoticeLetter => ({
  company: 'Plains\nRoofing',
  planName: 'Standard',
  metricName: 'Properties',
  currency: 'USD',
  charge: soft,
  notice: aNotice(),
  used: 4_012n,
  largerPlan: 'Enterprise',
  spendCap: null,
  renewsAt: new Date('2026-12-01T06:00:00Z'),
  timeZone: 'America/Chicago',
  link: 'https://graph.example.com/sign-in',
  ...over,
})

describe('its words', () => {
  it('say what is used, what more costs, when it starts again and where to look', () => {
    expect(noticeWords(aLetter())).toEqual({
      subject: '80 % of this month’s properties are used by Plains Roofing',
      text: `Plains Roofing has used 4,012 of the 5,000 properties that the plan Standard includes this month.

Once all 5,000 are used, more properties are charged at $0.10 each. You have set no spend cap.

The count starts again on December 1, 2026 at 12:00:00 AM CST.

See what is used, change your plan or set a spend cap:

https://graph.example.com/sign-in
`,
    })
  })

  it('say of a cap that it stops what would cost more', () => {
    const { subject, text } = noticeWords(
      aLetter({ notice: aNotice({ percent: 100 }), used: 5_000n, spendCap: '$250.00' }),
    )
    expect(subject).toBe('All properties of this month are used by Plains Roofing')
    expect(text).toContain(
      'From now on more properties are charged at $0.10 each. Usage that would cost more than your spend cap of $250.00 a month is refused.',
    )
  })

  it('say that more is refused, and which plan includes more', () => {
    const letter = aLetter({
      charge: hard,
      planName: 'Trial',
      notice: aNotice({ percent: 100, included: 500n }),
      used: 500n,
      largerPlan: 'Standard',
    })
    expect(noticeWords(letter).text).toContain(
      'From now on more properties are refused until the count starts again. The plan Standard includes more, from the moment you change to it.',
    )
    expect(noticeWords({ ...letter, largerPlan: null }).text).not.toContain('The plan')
  })
})
