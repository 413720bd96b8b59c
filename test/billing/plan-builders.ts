/** Companies that change plans, by a clock that a test sets. */
import type { Clock } from '@stormops/chassis/clock'
import type { Client } from '../world/world.ts'

export type SetClock = Clock & {
  readonly set: (instant: string) => void
  /** From then on it goes so many milliseconds further each time that somebody looks; `set` ends it. */
  readonly tick: (milliseconds: number) => void
}

export const setClock = (instant: string): SetClock => {
  let now = new Date(instant).getTime()
  let step = 0
  return {
    now: () => new Date((now += step)),
    set: (next) => {
      now = new Date(next).getTime()
      step = 0
    },
    tick: (milliseconds) => void (step = milliseconds),
  }
}

export const CHANGE_PLAN = `mutation ($input: ChangePlanInput!, $key: String) {
  changePlan(input: $input, idempotencyKey: $key) {
    __typename
    ... on ChangePlanSuccess {
      plan { tier version } effectiveAt waiting cancelledWaiting
      prorationPreview {
        monthStartsOn
        lines { description tier version startsAt endsAt amount { minorUnits currency } }
        total { minorUnits currency }
      }
    }
    ... on PlanNotOffered { tier version offered { tier version } }
    ... on PlanLimitsExceeded { exceeded { metric used included } possibleAt }
    ... on UserError { message }
  }
}`

export const CANCEL = `mutation ($input: CancelPlanChangeInput!, $key: String) {
  cancelPlanChange(input: $input, idempotencyKey: $key) {
    __typename
    ... on CancelPlanChangeSuccess { plan { tier } cancelled { tier } }
    ... on UserError { message }
  }
}`

export const changePlan = async (client: Client, input: object, key?: string) =>
  (await client.data(CHANGE_PLAN, { input, key })).changePlan

export const cancelPlanChange = async (client: Client, input: object = {}) =>
  (await client.data(CANCEL, { input })).cancelPlanChange

const HISTORY = `{ planHistory { tier version startsAt endsAt state } plan { tier } viewer { tenant { plan { tier } } } }`

/** Newest first, in short: `STANDARD CURRENT`. */
export const historyOf = async (client: Client): Promise<readonly string[]> => {
  const { planHistory, plan, viewer } = await client.data(HISTORY)
  const current = planHistory.find(({ state }: any) => state === 'CURRENT')
  if (plan.tier !== current.tier || viewer.tenant.plan.tier !== current.tier) {
    throw new Error(`The plans differ: ${JSON.stringify({ planHistory, plan, viewer })}`)
  }
  return planHistory.map(({ tier, state }: any) => `${tier} ${state}`)
}

export const RECORD = `mutation ($input: RecordUsageInput!) {
  recordUsage(input: $input) { __typename ... on UserError { message } }
}`

let reports = 0

/** What a report came to: its `__typename`, or the extensions of its refusal. */
export const use = async (
  client: Client,
  metric: string,
  quantity: number,
  more: object = {},
): Promise<any> => {
  const { data, errors } = await client.send(RECORD, {
    input: { metric, quantity, clientEventId: `use-${++reports}`, ...more },
  })
  return errors[0]?.extensions ?? data.recordUsage.__typename
}
