/**
 * The catalogues as they are published. The app may only read them; whoever owns the database publishes, by a command
 * of the command line.
 */
import type { OwnerStatements as Statements } from '@stormops/chassis/database/owner-transaction'
import { Fault } from '@stormops/chassis/fault'
import { money } from '@stormops/chassis/values/money'
import { decimalText } from '@stormops/chassis/values/rational'
import type { Rational } from '@stormops/chassis/values/rational'
import { metricDifferences, planDifferences } from '../domain/catalogue-differences.ts'
import type { Catalogue, CataloguePlan } from '../domain/catalogue.ts'
import type { Aggregation, Charge, Metric } from '../domain/charge.ts'
import { METRICS, PLAN_TIERS } from '../domain/plan.ts'
import type { StoredTier } from './entities.ts'
import { allowanceOf } from './plan-store.ts'
import type { AllowanceColumns } from './plan-store.ts'

export type PublishedPlan = CataloguePlan & { readonly retiredAt: Date | null }
export type PublishedCatalogue = Omit<Catalogue, 'plans'> & { readonly plans: readonly PublishedPlan[] }

export type Publication = {
  /** `STANDARD version 2`. */
  readonly published: readonly string[]
  readonly unchanged: readonly string[]
}

/** Any number; it only has to be nobody else's. */
const PUBLISHING_LOCK = 4_107

/**
 * Publishes what is not published yet, whole or not at all; run it in a transaction. Throws BAD_INPUT, with every
 * difference, when the catalogue says something else of what is.
 */
export const publishCatalogue = async (rows: Statements, catalogue: Catalogue): Promise<Publication> => {
  await rows(`select pg_advisory_xact_lock($1)`, [PUBLISHING_LOCK])
  const before = await maybeCatalogue(rows, catalogue.name)
  const differences = before === null ? [] : differencesBetween(before, catalogue)
  if (differences.length > 0) {
    throw new Fault(
      'BAD_INPUT',
      `What is published never changes; publish another version. ${differences.join(' ')}`,
      { facts: { differences } },
    )
  }
  for (const metric of catalogue.metrics) await insertMetric(rows, catalogue.name, metric)
  const fresh = catalogue.plans.filter((plan) => publishedAs(before, plan) === undefined)
  for (const plan of fresh) await insertPlan(rows, catalogue.name, plan)
  const known = catalogue.plans.filter((plan) => !fresh.includes(plan))
  return { published: fresh.map(titleOf), unchanged: known.map(titleOf) }
}

const titleOf = ({ tier, version }: CataloguePlan): string => `${tier} version ${version}`

const publishedAs = (before: Catalogue | null, { tier, version }: CataloguePlan): CataloguePlan | undefined =>
  before?.plans.find((plan) => plan.tier === tier && plan.version === version)

const differencesBetween = (before: Catalogue, given: Catalogue): readonly string[] => [
  ...given.metrics.flatMap((metric) => {
    const published = before.metrics.find(({ key }) => key === metric.key)
    return published === undefined ? [] : metricDifferences(published, metric)
  }),
  ...given.plans.flatMap((plan) => {
    const published = publishedAs(before, plan)
    if (published === undefined) return []
    return planDifferences(published, plan).map((difference) => `${titleOf(plan)}: ${difference}`)
  }),
]

const insertMetric = async (
  rows: Statements,
  catalogue: string,
  { key, name, unit, aggregation }: Metric,
): Promise<void> => {
  await rows(
    `insert into billing.metric (catalogue, key, name, unit, aggregation) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [catalogue, key, name, unit, aggregation],
  )
}

const insertPlan = async (rows: Statements, catalogue: string, plan: CataloguePlan): Promise<void> => {
  const { tier, version, name, currency, monthlyPrice, offeredFrom, charges } = plan
  await rows(
    `insert into billing.plan_version (catalogue, tier, version, name, currency, monthly_price, offered_from)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [catalogue, tier, version, name, currency, monthlyPrice?.minorUnits.toString() ?? null, offeredFrom],
  )
  for (const charge of charges) {
    await rows(
      `insert into billing.plan_charge (catalogue, tier, version, metric, included, unit_size, unit_price, limit_kind,
                                        allowance_window, model, tiers)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [catalogue, tier, version, ...columnsOf(charge)],
    )
  }
}

const columnsOf = ({ metric, included, unitSize, limit, window, price }: Charge): readonly unknown[] => [
  metric,
  included?.toString() ?? null,
  unitSize.toString(),
  price !== null && 'unitPrice' in price ? decimal(price.unitPrice) : null,
  limit,
  window,
  price?.model ?? 'PER_UNIT',
  price !== null && 'tiers' in price
    ? JSON.stringify(
        price.tiers.map(({ upTo, unitPrice, flatFee }) => ({
          upTo: upTo === null ? null : Number(upTo),
          unitPrice: decimal(unitPrice),
          flatFee: flatFee.toString(),
        })),
      )
    : null,
]

/** Prices are read from decimals, so each is one. */
const decimal = (price: Rational): string => {
  const text = decimalText(price)
  if (text === null) throw new Fault('INTERNAL', 'A price is no decimal number.')
  return text
}

/** From then on nobody can sign for it. Returns since when, which stays what it was when it was retired before. */
export const retirePlan = async (
  rows: Statements,
  { catalogue, tier, version, at }: RetiredPlan,
): Promise<Date> => {
  const [row] = await rows<{ retired_at: Date }>(
    `update billing.plan_version set retired_at = coalesce(retired_at, $4)
      where catalogue = $1 and tier = $2 and version = $3 returning retired_at`,
    [catalogue, tier, version, at],
  )
  if (row === undefined) {
    throw new Fault('NOT_FOUND', `The catalogue ${catalogue} has no plan ${tier} in version ${version}.`)
  }
  return row.retired_at
}

export type RetiredPlan = {
  readonly catalogue: string
  readonly tier: string
  readonly version: number
  readonly at: Date
}

export const catalogueNames = async (rows: Statements): Promise<readonly string[]> =>
  (await rows<{ name: string }>(`select distinct catalogue as name from billing.metric order by 1`)).map(
    ({ name }) => name,
  )

type PlanRow = {
  readonly tier: string
  readonly version: number
  readonly name: string
  readonly currency: string
  readonly monthly_price: string | null
  readonly offered_from: Date
  readonly retired_at: Date | null
}

type ChargeRow = {
  readonly tier: string
  readonly version: number
  readonly metric: string
  readonly included: string | null
  readonly unit_size: string
  readonly unit_price: string | null
  readonly limit_kind: AllowanceColumns['limitKind']
  readonly allowance_window: Charge['window']
  readonly model: AllowanceColumns['model']
  readonly tiers: readonly StoredTier[] | null
}

/** Null for a name under which nothing is published. */
export const maybeCatalogue = async (rows: Statements, name: string): Promise<PublishedCatalogue | null> => {
  const metrics = await rows<Metric & { readonly aggregation: Aggregation }>(
    `select key, name, unit, aggregation from billing.metric where catalogue = $1 order by key`,
    [name],
  )
  const plans = await rows<PlanRow>(
    `select tier, version, name, currency, monthly_price, offered_from, retired_at
       from billing.plan_version where catalogue = $1 order by monthly_price nulls last, tier, version`,
    [name],
  )
  const charges = await rows<ChargeRow>(`select * from billing.plan_charge where catalogue = $1`, [name])
  const currency = plans[0]?.currency
  if (currency === undefined) return null
  const inOrder = metrics.toSorted((a, b) => placeOf(METRIC_KEYS, a.key) - placeOf(METRIC_KEYS, b.key))
  const keys = inOrder.map(({ key }) => key)
  return {
    name,
    currency,
    metrics: inOrder,
    plans: plans
      .toSorted((a, b) => placeOf(PLAN_TIERS, a.tier) - placeOf(PLAN_TIERS, b.tier))
      .map((plan) => publishedPlan(plan, charges, keys)),
  }
}

const METRIC_KEYS: readonly string[] = METRICS.map(({ key }) => key)

/** What the platform does not know itself comes last, and stays in its order. */
const placeOf = (known: readonly string[], key: string): number =>
  known.includes(key) ? known.indexOf(key) : known.length

const publishedPlan = (
  plan: PlanRow,
  charges: readonly ChargeRow[],
  keys: readonly string[],
): PublishedPlan => ({
  tier: plan.tier,
  version: plan.version,
  name: plan.name,
  currency: plan.currency,
  monthlyPrice: plan.monthly_price === null ? null : money(BigInt(plan.monthly_price), plan.currency),
  offeredFrom: plan.offered_from,
  retiredAt: plan.retired_at,
  charges: charges
    .filter(({ tier, version }) => tier === plan.tier && version === plan.version)
    .toSorted((a, b) => keys.indexOf(a.metric) - keys.indexOf(b.metric))
    .map((row) => ({
      metric: row.metric,
      window: row.allowance_window,
      unitSize: BigInt(row.unit_size),
      ...allowanceOf({
        limitKind: row.limit_kind,
        included: row.included === null ? null : BigInt(row.included),
        model: row.model,
        unitPrice: row.unit_price,
        tiers: row.tiers,
      }),
    })),
})
