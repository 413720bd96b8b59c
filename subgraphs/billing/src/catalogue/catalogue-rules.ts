/** What the fields of a catalogue may not say of each other. Every fault is told at once, with the place it is in. */
import type { CatalogueFile, WrittenCharge, WrittenPlan, WrittenPrice } from './catalogue-file.ts'

export const catalogueFaults = (file: CatalogueFile): readonly string[] => [
  ...repeated(file.metrics.map(({ key }) => key)).map((key) => `The metric ${key} is declared twice.`),
  ...repeated(file.plans.map(titleOf)).map((title) => `${title} is there twice.`),
  ...file.plans.flatMap((plan) => planFaults(plan, file).map((fault) => `${titleOf(plan)}: ${fault}`)),
]

const titleOf = ({ tier, version }: WrittenPlan): string => `${tier} version ${version}`

const repeated = (names: readonly string[]): readonly string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
]

const planFaults = (plan: WrittenPlan, { metrics, currency }: CatalogueFile): readonly string[] => {
  const known = new Set(metrics.map(({ key }) => key))
  const charged = plan.charges.map(({ metric }) => metric)
  const strangers = pricesOf(plan).filter((price) => price.currency !== currency)
  return [
    ...repeated(charged).map((metric) => `${metric} is charged twice.`),
    ...charged
      .filter((metric) => !known.has(metric))
      .map((metric) => `nobody declared the metric ${metric}.`),
    ...repeatedOnce(strangers.map((price) => price.currency)).map(
      (other) => `a price is in ${other}, and the catalogue in ${currency}.`,
    ),
    ...plan.charges.flatMap((charge) => tierFaults(charge).map((fault) => `${charge.metric}: ${fault}`)),
  ]
}

const repeatedOnce = (names: readonly string[]): readonly string[] => [...new Set(names)]

const pricesOf = ({ monthlyPrice, charges }: WrittenPlan): readonly WrittenPrice[] => [
  ...(monthlyPrice === null ? [] : [monthlyPrice]),
  ...charges.flatMap((charge): readonly WrittenPrice[] => {
    if ('unitPrice' in charge) return [charge.unitPrice]
    if (!('tiers' in charge)) return []
    return charge.tiers.flatMap(({ unitPrice, flatFee }) =>
      flatFee === undefined ? [unitPrice] : [unitPrice, flatFee],
    )
  }),
]

const tierFaults = (charge: WrittenCharge): readonly string[] => {
  if (!('tiers' in charge)) return []
  const bounds = charge.tiers.map(({ upTo }) => upTo)
  const closed = bounds.slice(0, -1)
  const isAscending = closed.every((bound, index) => bound === null || bound > (closed[index - 1] ?? 0n))
  return [
    ...(closed.includes(null) ? ['only the last tier is open.'] : []),
    ...(isAscending ? [] : ['the tiers do not ascend.']),
    ...(bounds.at(-1) === null ? [] : ['the last tier is not open.']),
  ]
}
