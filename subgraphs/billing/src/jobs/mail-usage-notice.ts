/**
 * Tells whoever gets a company's bills that a share of what its plan includes is used. A worker that dies midway is
 * followed by one that begins again: then somebody may get the mail a second time, under the same Message-ID; nobody
 * ever gets none.
 */
import { handleJob } from '@stormops/chassis/jobs/worker'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import type { SendMail } from '@stormops/chassis/mail/mail'
import { canonicalHash } from '@stormops/chassis/values/canonical'
import { formatMoney, money } from '@stormops/chassis/values/money'
import { billingRecipients, tenantProfile } from '@stormops/tenancy/port'
import type { InCompany } from '../context.ts'
import { planName } from '../domain/line-description.ts'
import { METRICS, plansOfferedAt } from '../domain/plan.ts'
import type { Plan } from '../domain/plan.ts'
import { isStale, noticeWords } from '../domain/usage-notice.ts'
import type { UsageNotice, Words } from '../domain/usage-notice.ts'
import { mailUsageNotice } from './notice-jobs.ts'
import { standingNow } from './usage-standing.ts'
import type { StandingDependencies, UsageStanding } from './usage-standing.ts'

export type MailNoticeDependencies = StandingDependencies & {
  readonly inCompany: InCompany
  readonly sendMail: SendMail
  readonly publicUrl: () => string
}

type Letter = { readonly words: Words; readonly recipients: readonly string[] }

export const mailUsageNoticeHandler = (dependencies: MailNoticeDependencies): JobHandler =>
  handleJob(mailUsageNotice, async ({ tenantId, log, steps }, payload) => {
    const { inCompany, sendMail, clock } = dependencies
    const notice: UsageNotice = { ...payload, included: BigInt(payload.included) }
    const letter = await written(dependencies, tenantId, notice)
    if (letter === null) {
      await inCompany(tenantId, ({ notices }) => notices.superseded(notice, clock.now()))
      log.info({ notice: payload }, 'the news is no news any more')
      return
    }
    const step = steps(subjectOf(notice))
    for (const to of letter.recipients) {
      const messageId = messageIdOf(tenantId, notice, to)
      // Whoever has it is not sent it again when another's cannot be handed over.
      await step(messageId, async () => {
        await sendMail({ to, ...letter.words, messageId })
        return null
      })
    }
    await inCompany(tenantId, ({ notices }) => notices.sent(notice, clock.now()))
    log.info({ notice: payload, mails: letter.recipients.length }, 'news of usage was mailed')
  })

/** Null when there is nothing to tell any more. */
const written = (
  { inCompany, clock, publicUrl }: MailNoticeDependencies,
  tenantId: string,
  notice: UsageNotice,
): Promise<Letter | null> =>
  inCompany(tenantId, async (stores, tx) => {
    const now = clock.now()
    const standing = await standingNow(stores, notice.metric, now)
    if (standing === null || isStale(notice, standing)) return null
    const { charge, plan, period, timeZone, currency, spendCap, used } = standing
    if (charge === null) return null
    const { name } = await tenantProfile(tx)
    const words = noticeWords({
      company: name,
      planName: planName(plan.tier),
      metricName: METRICS.find(({ key }) => key === notice.metric)?.name ?? notice.metric,
      currency: plan.currency,
      charge,
      notice,
      used,
      largerPlan: largerPlan(plansOfferedAt(await stores.plans.catalogue(), now), standing, notice),
      spendCap: spendCap === null ? null : formatMoney(money(spendCap, currency)),
      renewsAt: period.endsAt,
      timeZone,
      link: `${publicUrl().replace(/\/+$/, '')}/sign-in`,
    })
    return { words, recipients: await billingRecipients(tx) }
  })

/** The smallest on offer that includes more, or has no hard limit. */
const largerPlan = (
  offered: readonly Plan[],
  { plan }: UsageStanding,
  { metric, included }: UsageNotice,
): string | null => {
  const larger = offered.find(
    ({ tier, charges }) =>
      tier !== plan.tier &&
      charges.some(
        (charge) =>
          charge.metric === metric &&
          (charge.limit !== 'HARD' || (charge.included !== null && charge.included > included)),
      ),
  )
  return larger === undefined ? null : planName(larger.tier)
}

const subjectOf = ({ month, metric, percent, included }: UsageNotice): string =>
  `usage-notice:${month}:${metric}:${percent}:${included}`

/** Says nothing about the company or the address. */
const messageIdOf = (tenantId: string, notice: UsageNotice, to: string): string =>
  `usage-${canonicalHash([tenantId, subjectOf(notice), to]).slice(0, MESSAGE_ID_DIGITS)}`

/** 128 bits: no two mails ever share one by chance. */
const MESSAGE_ID_DIGITS = 32
