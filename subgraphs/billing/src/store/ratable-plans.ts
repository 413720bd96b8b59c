/** Plans as months are rated by them: of any catalogue, also what is not on offer any more. */
import type { PlatformTx } from '@stormops/chassis/database/transaction'
import { money } from '@stormops/chassis/values/money'
import type { Charge, ChargeWindow, Metric } from '../domain/charge.ts'
import type { CataloguedPlan } from '../domain/company-month.ts'
import { METRICS } from '../domain/plan.ts'
import type { StoredTier } from './entities.ts'
import { allowanceOf } from './plan-store.ts'

export type PlanKey = { readonly catalogue: string; readonly tier: string; readonly version: number }

export const planKeyText = ({ catalogue, tier, version }: PlanKey): string =>
  `${catalogue} ${tier} ${version}`

type ChargeRow = PlanKey & {
  readonly currency: string
  readonly monthly_price: string | null
  readonly metric: string | null
  readonly included: string | null
  readonly unit_size: string
  readonly unit_price: string | null
  readonly limit_kind: 'HARD' | 'SOFT' | 'UNLIMITED'
  readonly allowance_window: ChargeWindow
  readonly model: 'PER_UNIT' | 'GRADUATED' | 'VOLUME' | 'PACKAGE'
  readonly tiers: readonly StoredTier[] | null
}

/** By `planKeyText`; throws INTERNAL for a charge that lacks its amount. */
export const ratablePlans = async (
  tx: Pick<PlatformTx, 'rows'>,
  keys: readonly PlanKey[],
): Promise<ReadonlyMap<string, CataloguedPlan>> => {
  const rows = await tx.rows<ChargeRow>(
    `select v.catalogue, v.tier, v.version, v.currency, v.monthly_price, c.metric, c.included, c.unit_size,
            c.unit_price, c.limit_kind, c.allowance_window, c.model, c.tiers
       from billing.plan_version v
       left join billing.plan_charge c using (catalogue, tier, version)
      where (v.catalogue, v.tier, v.version) in (select * from unnest($1::text[], $2::text[], $3::integer[]))`,
    [
      keys.map(({ catalogue }) => catalogue),
      keys.map(({ tier }) => tier),
      keys.map(({ version }) => version),
    ],
  )
  return new Map([...Map.groupBy(rows, planKeyText)].flatMap(([key, ofPlan]) => planOf(key, ofPlan)))
}

const planOf = (key: string, rows: readonly ChargeRow[]): readonly [string, CataloguedPlan][] => {
  const [first] = rows
  if (first === undefined) return []
  const { catalogue, tier, version, currency, monthly_price: price } = first
  const charges = rows.flatMap((row) => (row.metric === null ? [] : [chargeOf(row, row.metric)]))
  const monthlyPrice = price === null ? null : money(BigInt(price), currency)
  return [[key, { catalogue, tier, version, currency, monthlyPrice, charges }]]
}

const chargeOf = (row: ChargeRow, metric: string): Charge => ({
  metric,
  window: row.allowance_window,
  unitSize: BigInt(row.unit_size),
  ...allowanceOf({
    limitKind: row.limit_kind,
    model: row.model,
    included: row.included === null ? null : BigInt(row.included),
    unitPrice: row.unit_price,
    tiers: row.tiers,
  }),
})

type MetricRow = Metric & { readonly catalogue: string }

/** By catalogue, in the order of the lines of a bill. */
export const metricsByCatalogue = async (
  tx: Pick<PlatformTx, 'rows'>,
): Promise<ReadonlyMap<string, readonly Metric[]>> => {
  const rows = await tx.rows<MetricRow>(
    `select catalogue, key, name, unit, aggregation from billing.metric order by catalogue, key`,
  )
  const order: readonly string[] = METRICS.map(({ key }) => key)
  const inOrder = rows.toSorted((a, b) => order.indexOf(a.key) - order.indexOf(b.key))
  return new Map(
    [...Map.groupBy(inOrder, ({ catalogue }) => catalogue)].map(([catalogue, ofCatalogue]) => [
      catalogue,
      ofCatalogue.map(({ key, name, unit, aggregation }) => ({ key, name, unit, aggregation })),
    ]),
  )
}
