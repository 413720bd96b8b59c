/** How often somebody who is signed in may ask: each person and key by the second, each company by the minute. */
import { Fault } from '@stormops/chassis/fault'
import type { Actor } from '@stormops/chassis/identity'
import { BURST_SECONDS } from './allowances.ts'
import type { Allowances, PlanTier } from './allowances.ts'
import type { LimitName, Standing } from './rate-limit-fields.ts'
import type { WindowCount, WindowCounter } from './window-counter.ts'

export type RateVerdict = {
  readonly standings: readonly Standing[]
  /** `RATE_LIMITED`, or null. */
  readonly fault: Fault | null
}

export type RequestRates = {
  /** Counts one request. The first limit that it passes stops the count, so that one person cannot use up all. */
  readonly count: (actor: Actor, tier: PlanTier) => Promise<RateVerdict>
  /** The verdict on somebody who was refused and comes again too early; what they ask is not even read. */
  readonly lately: (actor: Actor) => RateVerdict
}

export type RateCounters = {
  readonly actorSecond: WindowCounter
  readonly actorBurst: WindowCounter
  readonly tenantMinute: WindowCounter
}

/** One limit after one more request: `why` is null while it holds. */
type Counted = {
  readonly standing: Standing
  readonly millisecondsLeft: number
  readonly why: ((seconds: number) => string) | null
}

type Refused = { readonly counted: readonly Counted[]; readonly until: number }

/** Actors whose last refusal a process remembers. */
const REMEMBERED_REFUSALS = 10_000

export const requestRates = (counters: RateCounters, allowances: Allowances): RequestRates => {
  const refused = new Map<string, Refused>()
  return {
    count: async (actor, tier) => {
      const key = keyOfActor(actor)
      const byActor = await countActor(counters, allowances, key)
      const counted =
        byActor.why !== null || actor.tenantId === null
          ? [byActor]
          : [byActor, await countTenant(counters, allowances, actor.tenantId, tier)]
      const last = counted.at(-1)
      if (last !== undefined && last.why !== null) {
        if (refused.size >= REMEMBERED_REFUSALS) refused.clear()
        refused.set(key, { counted, until: performance.now() + last.millisecondsLeft })
      }
      return verdictOn(counted, last?.millisecondsLeft ?? 0)
    },
    lately: (actor) => {
      const key = keyOfActor(actor)
      const found = refused.get(key)
      const left = (found?.until ?? 0) - performance.now()
      if (found !== undefined && left > 0) return verdictOn(found.counted, left)
      refused.delete(key)
      return { standings: [], fault: null }
    },
  }
}

/** The tag before the colon keeps what a company counts on one node of a Redis Cluster. */
export const keyOfActor = ({ tenantId, kind, id }: Actor): string =>
  `{${tenantId ?? 'platform'}}:${kind}:${id}`

const countActor = async (
  { actorSecond, actorBurst }: RateCounters,
  { actorPerSecond, actorBurst: burst }: Allowances,
  key: string,
): Promise<Counted> => {
  const count = await actorSecond.add(key, 1)
  const isOver = count.consumed > actorPerSecond && (await actorBurst.add(key, 1)).consumed > burst
  const standing = standingOf('actor', actorPerSecond, 1, count)
  const why = (): string =>
    `You may send ${actorPerSecond} requests a second, and ${burst} more within ${BURST_SECONDS} s. Try again in a second.`
  return { standing, millisecondsLeft: count.millisecondsLeft, why: isOver ? why : null }
}

const MINUTE = 60

const countTenant = async (
  { tenantMinute }: RateCounters,
  { tenantPerMinute }: Allowances,
  tenantId: string,
  tier: PlanTier,
): Promise<Counted> => {
  const limit = tenantPerMinute[tier]
  const count = await tenantMinute.add(`{${tenantId}}`, 1)
  const standing = standingOf('tenant', limit, MINUTE, count)
  const why = (seconds: number): string =>
    `All ${limit.toLocaleString('en')} requests that the plan ${tier} has for a minute are used. Try again in ${seconds} s.`
  return { standing, millisecondsLeft: count.millisecondsLeft, why: count.consumed > limit ? why : null }
}

const standingOf = (
  name: LimitName,
  limit: number,
  windowSeconds: number,
  { consumed, millisecondsLeft }: WindowCount,
): Standing => ({
  name,
  limit,
  windowSeconds,
  remaining: Math.max(0, limit - consumed),
  resetSeconds: Math.ceil(millisecondsLeft / 1000),
})

const verdictOn = (counted: readonly Counted[], millisecondsLeft: number): RateVerdict => {
  const last = counted.at(-1)
  if (last === undefined || last.why === null)
    return { standings: counted.map(({ standing }) => standing), fault: null }
  const seconds = Math.max(1, Math.ceil(millisecondsLeft / 1000))
  const { name, limit, remaining } = last.standing
  const facts = { limitName: name, limit, remaining, retryAfterSeconds: seconds }
  return {
    standings: counted.map(({ standing }) =>
      standing === last.standing ? { ...standing, resetSeconds: seconds } : standing,
    ),
    fault: new Fault('RATE_LIMITED', last.why(seconds), { facts }),
  }
}
