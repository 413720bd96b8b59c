/** What one operation takes from its actor's bucket, gives back once it is answered, and is told of it. */
import type { Clock } from '@stormops/chassis/clock'
import { Fault } from '@stormops/chassis/fault'
import type { RateLimitState } from '@stormops/chassis/graphql/subgraph'
import { actualCost } from './cost/actual-cost.ts'
import { selectionNodes } from './cost/cost-estimate.ts'
import type { CostPlan, Variables } from './cost/cost-plan.ts'
import type { PlanTier } from './rates/allowances.ts'
import type { CostBuckets } from './rates/cost-buckets.ts'
import { millisecondsUntil } from './rates/leaky-bucket.ts'
import type { BucketSize } from './rates/leaky-bucket.ts'
import type { Standing } from './rates/rate-limit-fields.ts'

export type Account = {
  /** The key of the bucket. */
  readonly bucket: string
  readonly size: BucketSize
  readonly tier: PlanTier
  standings: readonly Standing[]
  /** Whether its request was counted. */
  isCounted: boolean
  /** Null until its cost is estimated. */
  estimate: { readonly plan: CostPlan; readonly variables: Variables; readonly cost: number } | null
  /** In the bucket, of which `taken` is this operation's; null until the bucket was asked. */
  level: number | null
  taken: number
}

/** As Shopify names it. */
export type CostExtension = {
  readonly requestedQueryCost: number
  readonly actualQueryCost: number
  readonly throttleStatus: {
    readonly maximumAvailable: number
    readonly currentlyAvailable: number
    readonly restoreRate: number
  }
}

/** `QUERY_TOO_COMPLEX` for what costs more than any operation may, else null. */
export const ceilingFault = (cost: number, maximum: number): Fault | null =>
  cost <= maximum
    ? null
    : new Fault(
        'QUERY_TOO_COMPLEX',
        `This operation may cost ${inWords(cost)}, and none may cost more than ${inWords(maximum)}. Ask for fewer items at once.`,
        { facts: { requestedQueryCost: cost, maximum } },
      )

/** Takes the estimated cost, all or nothing. `RATE_LIMITED` where there is not enough left, else null. */
export const takeCost = async (buckets: CostBuckets, account: Account): Promise<Fault | null> => {
  const { bucket, size } = account
  const cost = account.estimate?.cost ?? 0
  const { accepted, level } = await buckets.pour(bucket, cost, size)
  account.level = level
  if (accepted) {
    account.taken = cost
    return null
  }
  const remaining = remainingOf(level, size)
  const seconds = Math.max(1, Math.ceil(millisecondsUntil(level, cost, size) / 1000))
  return new Fault(
    'RATE_LIMITED',
    `This operation may cost ${inWords(cost)}, and you have ${inWords(remaining)} left. Try again in ${seconds} s.`,
    {
      facts: {
        limitName: 'cost',
        limit: size.maximum,
        remaining,
        requestedQueryCost: cost,
        retryAfterSeconds: seconds,
      },
    },
  )
}

/** What the answer did cost, which is never more than was taken for it. */
export const answeredCost = ({ estimate, taken }: Account, data: unknown): number =>
  estimate === null ? 0 : Math.min(taken, actualCost(estimate.plan, data, estimate.variables))

/** Gives back what the answer did not cost, and says how the bucket stands then. */
export const settle = async (
  buckets: CostBuckets,
  account: Account,
  actual: number,
): Promise<CostExtension> => {
  const { bucket, size, estimate, taken } = account
  const unused = taken - actual
  // Nobody waits for the refund: it never fails, and what it leaves is known without it.
  if (unused > 0) void buckets.pour(bucket, -unused, size)
  const level =
    account.level === null ? (await buckets.pour(bucket, 0, size)).level : Math.max(0, account.level - unused)
  account.taken = 0
  account.level = level
  return {
    requestedQueryCost: estimate?.cost ?? 0,
    actualQueryCost: actual,
    throttleStatus: {
      maximumAvailable: size.maximum,
      currentlyAvailable: remainingOf(level, size),
      restoreRate: size.restoreRate,
    },
  }
}

/** How the bucket stands while the operation is answered, with its estimated cost in it. */
export const rateLimitState = ({ level, size, estimate }: Account, clock: Clock): RateLimitState => {
  const inBucket = level ?? 0
  const remaining = remainingOf(inBucket, size)
  return {
    limit: size.maximum,
    cost: estimate?.cost ?? 0,
    remaining,
    used: size.maximum - remaining,
    resetAt: new Date(clock.now().getTime() + Math.ceil((inBucket / size.restoreRate) * 1000)),
    nodeCount: estimate === null ? 0 : selectionNodes(estimate.plan, estimate.variables),
  }
}

const remainingOf = (level: number, { maximum }: BucketSize): number =>
  Math.max(0, Math.floor(maximum - level))

const inWords = (cost: number): string => cost.toLocaleString('en')
