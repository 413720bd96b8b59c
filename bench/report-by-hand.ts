/** What an analyst would write against the table, as directly as SQL says it. */

export type ArmTotals = {
  readonly treated: boolean
  readonly n: number
  readonly conversions: number
  readonly value: number
  readonly value_squares: number
}

/** One aggregate; parameters are tenant, storm and the window's end. */
export const ARM_TOTALS = `
  select reason = 'ABOVE_THRESHOLD' as treated, count(*)::int as n,
    (count(*) filter (where converted))::int as conversions, sum(value)::float8 as value,
    sum(value::float8 * value::float8) as value_squares
  from storms.assignment
  where tenant_id = $1 and storm_id = $2 and reason in ('ABOVE_THRESHOLD', 'RANDOM_CONTROL') and outcome_at < $3
  group by 1`

/** How many rows each part has, so that the answer is small and every part is computed. */
export type AllFigures = {
  readonly days: number
  readonly segments: number
  readonly deciles: number
  readonly qini_area: number
  readonly uplift_area: number
}

const TOTALS = `reason = 'ABOVE_THRESHOLD' as treated, count(*) as assigned, count(touched_at) as touched,
  count(*) filter (where outcome_at < $3) as n, count(*) filter (where outcome_at < $3 and converted) as conversions,
  sum(value) filter (where outcome_at < $3) as value,
  sum(value::float8 * value::float8) filter (where outcome_at < $3) as value_squares`

/** One statement; parameters are tenant, storm, the window's end and the time zone of its days. */
export const ALL_FIGURES = `
  with unit as not materialized (
    select *, (outcome_at at time zone $4)::date as day from storms.assignment where tenant_id = $1 and storm_id = $2
  ),
  compared as not materialized (
    select * from unit where reason in ('ABOVE_THRESHOLD', 'RANDOM_CONTROL')
  ),
  decisions as materialized (select reason, count(*) from unit group by reason),
  arms as materialized (select reason, ${TOTALS} from unit group by reason),
  days as materialized (select day, ${TOTALS} from compared where outcome_at < $3 group by day, reason),
  zips as materialized (select zip, ${TOTALS} from compared group by zip, reason),
  personas as materialized (select persona, ${TOTALS} from compared group by persona, reason),
  placed as materialized (
    select reason = 'ABOVE_THRESHOLD' as treated, converted, value, uplift,
      ntile(10) over (order by uplift desc, property_id) as decile,
      percent_rank() over (order by uplift desc, property_id) as share
    from compared where outcome_at < $3
  ),
  deciles as materialized (
    select decile, treated, count(*) as n, count(*) filter (where converted) as conversions, sum(value) as value,
      sum(value::float8 * value::float8) as value_squares, avg(uplift), min(uplift), max(uplift)
    from placed group by decile, treated
  ),
  tops as materialized (
    select treated, count(*) filter (where share < 0.1) as tenth, count(*) filter (where share < 0.3) as three_tenths,
      count(*) filter (where share < 0.1 and converted) as tenth_signed,
      count(*) filter (where share < 0.3 and converted) as three_tenths_signed
    from placed group by treated
  ),
  steps as (
    select uplift, (sum(count(*) filter (where treated)) over w)::float8 as nt,
      (sum(count(*) filter (where not treated)) over w)::float8 as nc,
      (sum(count(*) filter (where treated and converted)) over w)::float8 as yt,
      (sum(count(*) filter (where not treated and converted)) over w)::float8 as yc
    from placed group by uplift window w as (order by uplift desc)
  ),
  curve as (
    select uplift, nt + nc as x, yt - coalesce(yc * nt / nullif(nc, 0), 0) as qini,
      (coalesce(yt / nullif(nt, 0), 0) - coalesce(yc / nullif(nc, 0), 0)) * (nt + nc) as lift
    from steps
  ),
  areas as (
    select sum((x - x0) * (qini + qini0) / 2) as qini_area, sum((x - x0) * (lift + lift0) / 2) as uplift_area
    from (
      select x, qini, lift, lag(x, 1, 0::float8) over w as x0, lag(qini, 1, 0::float8) over w as qini0,
        lag(lift, 1, 0::float8) over w as lift0
      from curve window w as (order by uplift desc)
    ) trapezoid
  )
  select areas.*, (select count(distinct day)::int from days) as days,
    (select count(distinct zip)::int from zips) + (select count(distinct persona)::int from personas) as segments,
    (select count(distinct decile)::int from deciles) as deciles,
    (select count(*)::int from decisions) as decisions, (select count(*)::int from arms) as arms,
    (select sum(tenth_signed)::int from tops) as signed
  from areas`
