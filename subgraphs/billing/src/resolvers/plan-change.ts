import { Fault, unreachable } from '@stormops/chassis/fault'
import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import { invalidInput, keyReused, notFound } from '@stormops/chassis/graphql/results'
import { tenantOf } from '@stormops/chassis/identity'
import { money } from '@stormops/chassis/values/money'
import { cancelPlanChange, changePlan } from '../commands/change-plan.ts'
import type { PlanName } from '../commands/change-plan.ts'
import { tenantIds } from '../context.ts'
import type { BillingContext } from '../context.ts'
import { statesOf } from '../domain/plan-change.ts'
import { plansOfferedAt } from '../domain/plan.ts'
import type { Plan } from '../domain/plan.ts'
import type { ProrationPreview } from '../domain/proration-preview.ts'
import type { MutationResolvers, QueryResolvers, ResolversTypes } from '../generated/resolvers.ts'

/** A company that changes plans more often looks at its audit. */
const LONGEST_HISTORY = 50

export const planChangeQueries: Pick<EveryField<QueryResolvers>, 'planHistory'> = {
  planHistory: async (_root, _arguments, context) => {
    tenantOf(context.actor())
    const series = await context.read(({ subscriptions }) => subscriptions.series())
    const states = statesOf(series, context.now())
    return series
      .map(({ plan: { tier, version }, startsAt, endsAt }, place) => ({
        tier,
        version,
        startsAt,
        endsAt,
        state: states[place] ?? 'PAST',
      }))
      .toReversed()
      .slice(0, LONGEST_HISTORY)
  },
}

export const planChangeMutations: Pick<EveryField<MutationResolvers>, 'changePlan' | 'cancelPlanChange'> = {
  changePlan: async (_root, { input, idempotencyKey }, context) => {
    const { tier, version = null, when = null } = input
    const company = companyOf(input.tenantId)
    if (company.kind === 'unknown') return notFound('company', company.id)
    const result = await context.run(changePlan, { tier, version, when }, idempotencyKey, company.tenantId)
    switch (result.kind) {
      case 'ok':
        context.planChanged(company.tenantId ?? tenantOf(context.actor()))
        return {
          __typename: 'ChangePlanSuccess',
          plan: await namedPlan(context, result.plan),
          effectiveAt: new Date(result.effectiveAt),
          waiting: result.waiting,
          cancelledWaiting: result.cancelledWaiting,
          prorationPreview: shownPreview(result.preview),
        }
      case 'not-offered':
        return notOffered(await context.catalogue(), input, context.now())
      case 'limits-exceeded':
        return limitsExceeded(result)
      case 'not-found':
        return notFound('company', input.tenantId ?? '')
      case 'invalid':
        return invalidInput(result)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
  cancelPlanChange: async (_root, { input, idempotencyKey }, context) => {
    const company = companyOf(input.tenantId)
    if (company.kind === 'unknown') return notFound('company', company.id)
    const result = await context.run(cancelPlanChange, {}, idempotencyKey, company.tenantId)
    switch (result.kind) {
      case 'ok':
        context.planChanged(company.tenantId ?? tenantOf(context.actor()))
        return {
          __typename: 'CancelPlanChangeSuccess',
          plan: await namedPlan(context, result.plan),
          cancelled: await namedPlan(context, result.cancelled),
        }
      case 'none-waits':
        return { __typename: 'NoPlanChangeWaits', message: 'No change of plan waits for the month to end.' }
      case 'not-found':
        return notFound('company', input.tenantId ?? '')
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
}

export type Company =
  | { readonly kind: 'known'; readonly tenantId: string | undefined }
  | { readonly kind: 'unknown'; readonly id: string }

/** Undefined for the actor's own. */
export const companyOf = (id: string | null | undefined): Company => {
  if (id === null || id === undefined) return { kind: 'known', tenantId: undefined }
  const tenantId = tenantIds.decode(id)
  return tenantId === null ? { kind: 'unknown', id } : { kind: 'known', tenantId }
}

const namedPlan = async (context: BillingContext, { tier, version }: PlanName): Promise<Plan> => {
  const catalogue = await context.catalogue()
  const found = catalogue.find((plan) => plan.tier === tier && plan.version === version)
  if (found === undefined) throw new Fault('INTERNAL', `There is no plan ${tier} in version ${version}.`)
  return found
}

const notOffered = (
  catalogue: readonly Plan[],
  { tier, version = null }: { readonly tier: Plan['tier']; readonly version?: number | null | undefined },
  now: Date,
): Extract<ResolversTypes['ChangePlanResult'], { __typename: 'PlanNotOffered' }> => ({
  __typename: 'PlanNotOffered',
  message:
    version === null
      ? `Nobody can sign for the plan ${tier} today.`
      : `Nobody can sign for version ${version} of the plan ${tier} today. Leave the version out for the newest.`,
  tier,
  version,
  offered: [...plansOfferedAt(catalogue, now)],
})

type Exceeded = Extract<Awaited<ReturnType<typeof changePlan.run>>, { readonly kind: 'limits-exceeded' }>

const limitsExceeded = ({ exceeded, possibleAt }: Exceeded) => {
  const much = exceeded
    .map(({ metric, used, included }) => {
      const what = metric.toLowerCase().replaceAll('_', ' ')
      return `${used} ${what} are used this month and it allows ${included}`
    })
    .join('; ')
  return {
    __typename: 'PlanLimitsExceeded' as const,
    message: `The plan cannot take effect now: ${much}. Ask for it AT_PERIOD_END, when the count starts again.`,
    exceeded: exceeded.map(({ metric, used, included }) => ({
      metric,
      used: BigInt(used),
      included: BigInt(included),
    })),
    possibleAt: new Date(possibleAt),
  }
}

const shownPreview = ({ month, currency, lines, totalMinorUnits }: ProrationPreview) => ({
  monthStartsOn: month,
  lines: lines.map(({ minorUnits, startsAt, endsAt, ...line }) => ({
    ...line,
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
    amount: money(BigInt(minorUnits), currency),
  })),
  total: money(BigInt(totalMinorUnits), currency),
})
