/**
 * Hands the news of usage to the jobs that mail it: each in the transaction that marks it, so that none is handed over
 * twice and none is lost, whatever dies in between.
 */
import { handleJob } from '@stormops/chassis/jobs/worker'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import type { Queue } from '@stormops/chassis/jobs/queue'
import type { BillingStores, InCompany } from '../context.ts'
import { isStale } from '../domain/usage-notice.ts'
import type { UsageNotice } from '../domain/usage-notice.ts'
import { mailUsageNotice, takeUpUsageNotices } from './notice-jobs.ts'
import { standingNow } from './usage-standing.ts'
import type { StandingDependencies } from './usage-standing.ts'

export type TakeUpDependencies = StandingDependencies & {
  readonly companiesWithNotices: () => Promise<readonly string[]>
  readonly inCompany: InCompany
  readonly queue: Queue
}

export const takeUpUsageNoticesHandler = (dependencies: TakeUpDependencies): JobHandler =>
  handleJob(takeUpUsageNotices, async ({ log }) => {
    const failures: unknown[] = []
    let handedOver = 0
    for (const tenantId of await dependencies.companiesWithNotices()) {
      try {
        handedOver += await takeUp(dependencies, tenantId)
      } catch (error) {
        // One company's failure is not the others'.
        log.error({ err: error, company: tenantId }, 'the news of a company’s usage was not taken up')
        failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
    log.info({ handedOver }, 'news of usage was taken up')
  })

/** How many are mailed. */
const takeUp = ({ inCompany, queue, clock }: TakeUpDependencies, tenantId: string): Promise<number> =>
  inCompany(tenantId, async (stores, tx) => {
    const now = clock.now()
    let mailed = 0
    for (const notice of await stores.notices.takeWaiting()) {
      if (await isOutdated(stores, notice, now)) {
        await stores.notices.superseded(notice, now)
        continue
      }
      await queue.enqueue(tx, mailUsageNotice, { ...notice, included: String(notice.included) })
      await stores.notices.queued(notice, now)
      mailed += 1
    }
    return mailed
  })

const isOutdated = async (stores: BillingStores, notice: UsageNotice, now: Date): Promise<boolean> => {
  const standing = await standingNow(stores, notice.metric, now)
  return standing === null || isStale(notice, standing)
}
