/**
 * A company is told once when four fifths of what its plan includes of something are used, and once when all of it is.
 * What no longer holds when the news would leave is not told: the plan has changed, the month is over, a correction
 * took it back, or the news that all is used overtook it.
 */
import { pricing } from './line-description.ts'
import type { PlanCharge, UsageMetric } from './plan.ts'

export type UsageNotice = {
  readonly metric: UsageMetric
  /** The first day of the month it is about. */
  readonly month: string
  readonly percent: number
  /** What the plan included when it was crossed. */
  readonly included: bigint
}

/** How things stand when the news would leave. */
export type NoticeStanding = {
  /** The company's month now, by its first day. */
  readonly month: string
  /** What the plan in force says about the metric; null where it says nothing. */
  readonly charge: PlanCharge | null
  readonly used: bigint
}

/** The last of the shares that are told. */
export const ALL_PERCENT = 100

export const isStale = (
  { month, percent, included }: UsageNotice,
  { month: current, charge, used }: NoticeStanding,
): boolean =>
  month !== current ||
  charge === null ||
  charge.included !== included ||
  used * 100n < included * BigInt(percent) ||
  (percent < ALL_PERCENT && used >= included)

export type NoticeLetter = {
  readonly company: string
  readonly planName: string
  readonly metricName: string
  readonly currency: string
  readonly charge: PlanCharge
  readonly notice: UsageNotice
  readonly used: bigint
  /** The dearer plan that includes more, if there is one on offer. */
  readonly largerPlan: string | null
  /** Formatted; null for none. */
  readonly spendCap: string | null
  readonly renewsAt: Date
  readonly timeZone: string
  readonly link: string
}

export type Words = { readonly subject: string; readonly text: string }

export const noticeWords = (letter: NoticeLetter): Words => {
  const { company, planName, metricName, notice, used, link } = letter
  const all = notice.percent === ALL_PERCENT
  const name = oneLine(company)
  const what = metricName.toLowerCase()
  return {
    subject: all
      ? `All ${what} of this month are used by ${name}`
      : `${notice.percent} % of this month’s ${what} are used by ${name}`,
    text: `${name} has used ${count(used)} of the ${count(notice.included)} ${what} that the plan ${planName} includes this month.

${whatIsNext(letter)}

The count starts again on ${instant(letter.renewsAt, letter.timeZone)}.

See what is used, change your plan or set a spend cap:

${link}
`,
  }
}

const whatIsNext = ({ charge, notice, metricName, currency, largerPlan, spendCap }: NoticeLetter): string => {
  const what = metricName.toLowerCase()
  const from = notice.percent === ALL_PERCENT ? 'From now on' : `Once all ${count(notice.included)} are used,`
  if (charge.price === null) {
    const lifted =
      largerPlan === null ? '' : ` The plan ${largerPlan} includes more, from the moment you change to it.`
    return `${from} more ${what} are refused until the count starts again.${lifted}`
  }
  const cap =
    spendCap === null
      ? 'You have set no spend cap.'
      : `Usage that would cost more than your spend cap of ${spendCap} a month is refused.`
  return `${from} more ${what} are charged ${pricing(charge.price, charge.unitSize, currency)}. ${cap}`
}

/** A name is one line, whatever somebody called the company. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ')

const count = (value: bigint): string => new Intl.NumberFormat('en-US').format(value)

const instant = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-US', {
    dateStyle: 'long',
    timeStyle: 'long',
    timeZone,
  }).format(at)
