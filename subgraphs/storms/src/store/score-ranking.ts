/** How well the scores put properties in order: deciles, the areas under the curves, and the shares at the top. */
import type { Tx } from '@stormops/chassis/database/transaction'
import type { ArmTally, DecileTally, RankingTally, StratumTally } from '../domain/pilot-measurements.ts'

export type Ranking = { readonly deciles: readonly DecileTally[]; readonly ranking: RankingTally | null }

/** Rows to rank: `sql` selects id, treated, converted, value and uplift, none of them null. */
export type RankedRows = { readonly sql: string; readonly parameters: readonly unknown[] }

/** Two counts in one double, so that one running sum does for two: each stays below 2^26, and both below 2^53. */
const CONTROL_UNIT = '67108864::float8'

const unpacked = (sum: string, treated: string, control: string): string =>
  `${sum} - floor(${sum} / ${CONTROL_UNIT}) * ${CONTROL_UNIT} as ${treated}, floor(${sum} / ${CONTROL_UNIT}) as ${control}`

/** A curve's height, from the counts after a step and before it. */
const heights = (of: (suffix: string) => string) => ({ now: of(''), before: of('0') })
const QINI = heights((o) => `(yt${o} - coalesce(yc${o} * nt${o} / nullif(nc${o}, 0), 0))`)
const LIFT = heights(
  (o) =>
    `((coalesce(yt${o} / nullif(nt${o}, 0), 0) - coalesce(yc${o} / nullif(nc${o}, 0), 0)) * (nt${o} + nc${o}))`,
)

type CurveRow = {
  readonly qini_area: number | null
  readonly uplift_area: number | null
  readonly cuts: readonly { readonly place: number; readonly uplift: number; readonly id: string }[]
}

/**
 * One walk down the scores, the highest first. `w` and `y` are what was passed, and signed, up to and with all rows of
 * the same score. Areas are trapezoids from (0, 0): Qini yT − yC·nT/nC and uplift (yT/nT − yC/nC)·(nT + nC), a missing
 * arm as 0; rows of one score are one step, since the second of them adds a trapezoid without width.
 */
const curveSql = (rows: string, places: string): string => `
  select sum((x - x0) * (${QINI.now} + ${QINI.before}) / 2) as qini_area,
    sum((x - x0) * (${LIFT.now} + ${LIFT.before}) / 2) as uplift_area,
    coalesce(json_agg(json_build_object('place', place, 'uplift', uplift, 'id', id) order by place)
      filter (where place = any (${places}::int[])), '[]') as cuts
  from (
    select id, uplift, place, nt + nc as x, nt0 + nc0 as x0, nt, nc, yt, yc, nt0, nc0, yt0, yc0
    from (
      select id, uplift, place, ${unpacked('w', 'nt', 'nc')}, ${unpacked('y', 'yt', 'yc')},
        ${unpacked('w0', 'nt0', 'nc0')}, ${unpacked('y0', 'yt0', 'yc0')}
      from (
        select *, lag(w, 1, 0::float8) over o as w0, lag(y, 1, 0::float8) over o as y0
        from (
          select id, uplift, row_number() over (order by uplift desc, id) as place,
            sum(case when treated then 1 else ${CONTROL_UNIT} end) over (order by uplift desc) as w,
            sum(case when not converted then 0 when treated then 1 else ${CONTROL_UNIT} end)
              over (order by uplift desc) as y
          from (${rows}) ranked
        ) passed
        window o as (order by uplift desc, id)
      ) step
    ) unpacked
  ) trapezoid`

type SliceRow = {
  readonly slice: number
  readonly treated: boolean
  readonly n: number
  readonly conversions: number
  readonly value: number
  readonly value_squares: number
  readonly score_sum: number
  readonly lowest: number
  readonly highest: number
}

/** A row's slice is how many of the cuts it comes after. */
const sliceSql = (rows: string, scores: string, ids: string, cuts: number): string => {
  const passed = Array.from({ length: cuts }, (_cut, index) => index + 1).map(
    (cut) => `(uplift < (${scores}::float8[])[${cut}] or (uplift = (${scores}::float8[])[${cut}]
      and id::text > (${ids}::text[])[${cut}]))::int`,
  )
  return `
    select ${['0', ...passed].join(' + ')} as slice, treated, count(*)::int as n,
      (count(*) filter (where converted))::int as conversions, coalesce(sum(value), 0)::float8 as value,
      coalesce(sum(value::numeric * value) filter (where value > 0), 0)::float8 as value_squares,
      sum(uplift::numeric)::float8 as score_sum,
      min(uplift) as lowest, max(uplift) as highest
    from (${rows}) ranked group by 1, 2 order by 1, 2`
}

const DECILES = 10

/** Last places of the first tenth, the first three tenths and each decile; the first deciles take what is over. */
const placesOf = (total: number) => ({
  tenth: Math.floor(total / DECILES),
  threeTenths: Math.floor((3 * total) / DECILES),
  deciles: Array.from(
    { length: DECILES },
    (_decile, index) => (index + 1) * Math.floor(total / DECILES) + Math.min(index + 1, total % DECILES),
  ),
})

const armOf = (rows: readonly SliceRow[], treated: boolean): ArmTally => {
  const arm = { n: 0, conversions: 0, value: 0, valueSquares: 0 }
  for (const row of rows.filter((candidate) => candidate.treated === treated)) {
    arm.n += row.n
    arm.conversions += row.conversions
    arm.value += row.value
    arm.valueSquares += row.value_squares
  }
  return arm
}

const stratumOf = (rows: readonly SliceRow[]): StratumTally => ({
  treat: armOf(rows, true),
  control: armOf(rows, false),
})

const decileOf = (decile: number, rows: readonly SliceRow[]): DecileTally => {
  const total = (of: (row: SliceRow) => number): number => rows.reduce((sum, row) => sum + of(row), 0)
  return {
    decile,
    predictedMean: total(({ score_sum }) => score_sum) / total(({ n }) => n),
    lowestScore: Math.min(...rows.map(({ lowest }) => lowest)),
    highestScore: Math.max(...rows.map(({ highest }) => highest)),
    ...stratumOf(rows),
  }
}

/**
 * Equal scores are in the order of their ids. Three passes over the rows (how many, the curves, the slices between the
 * cuts) are faster than one that carries every column through the sort.
 */
export const scoreRanking = async ({ rows }: Tx, { sql, parameters }: RankedRows): Promise<Ranking> => {
  const [counted] = await rows<{ total: number }>(
    `select count(*)::int as total from (${sql}) ranked`,
    parameters,
  )
  const { tenth, threeTenths, deciles } = placesOf(counted?.total ?? 0)
  const next = parameters.length + 1
  const places = [tenth, threeTenths, ...deciles]
  const [curve] = await rows<CurveRow>(curveSql(sql, `$${next}`), [...parameters, places])
  if (curve === undefined || curve.qini_area === null || curve.uplift_area === null)
    return { deciles: [], ranking: null }
  const { cuts } = curve
  const slices = await rows<SliceRow>(sliceSql(sql, `$${next}`, `$${next + 1}`, cuts.length), [
    ...parameters,
    cuts.map(({ uplift }) => uplift),
    cuts.map(({ id }) => id),
  ])
  /** Slices of the rows from after one place down to another; both are cuts, or 0. */
  const between = (after: number, last: number): SliceRow[] => {
    const sliceAfter = (place: number): number => cuts.filter((cut) => cut.place <= place).length
    return slices.filter(({ slice }) => slice >= sliceAfter(after) && slice < sliceAfter(last))
  }
  return {
    deciles: deciles
      .map((last, index) => ({ decile: index + 1, rows: between(deciles[index - 1] ?? 0, last) }))
      .filter((decile) => decile.rows.length > 0)
      .map((decile) => decileOf(decile.decile, decile.rows)),
    ranking: {
      qiniArea: curve.qini_area,
      upliftArea: curve.uplift_area,
      topTenth: stratumOf(between(0, tenth)),
      topThreeTenths: stratumOf(between(0, threeTenths)),
    },
  }
}
