/** What the platform's own catalogue may say beyond what any may: our companies sign it, and usage is held to it. */
import type { Catalogue, CataloguePlan } from '../domain/catalogue.ts'
import { OWN_CATALOGUE, PLAN_TIERS, USAGE_METRICS } from '../domain/plan.ts'

/** Empty for a catalogue of somebody else. */
export const ownCatalogueFaults = ({ name, metrics, plans }: Catalogue): readonly string[] => {
  if (name !== OWN_CATALOGUE) return []
  return [
    ...metrics
      .filter(({ key }) => !USAGE_METRICS.some((known) => known === key))
      .map(({ key }) => `Nothing on the platform is counted as ${key}.`),
    ...metrics
      .filter(({ aggregation }) => aggregation !== 'SUM')
      .map(({ key }) => `${key} is counted as a sum.`),
    ...plans.flatMap((plan) =>
      planFaults(plan).map((fault) => `${plan.tier} version ${plan.version}: ${fault}`),
    ),
  ]
}

const planFaults = ({ tier, monthlyPrice, charges }: CataloguePlan): readonly string[] => [
  ...(PLAN_TIERS.some((known) => known === tier) ? [] : ['the platform has no such plan.']),
  ...(monthlyPrice === null ? ['everybody pays the price it names, so it names one.'] : []),
  ...(charges.length === 0 ? ['it says nothing of what is counted.'] : []),
  ...charges
    .filter(({ window }) => window === 'DAY')
    .map(({ metric }) => `${metric} is held to limits by the month, and not by the day.`),
]
