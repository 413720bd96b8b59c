/** The tallies that a pilot's report is computed from, made by the database in a few passes over the rows. */
import type { Tx } from '@stormops/chassis/database/transaction'
import type { ArmTally, DayTally, SegmentTally, StratumTally } from '../domain/pilot-measurements.ts'
import { scoreRanking } from './score-ranking.ts'
import type { Ranking } from './score-ranking.ts'

export type { Ranking } from './score-ranking.ts'

export type Tallies = {
  readonly primary: StratumTally
  readonly exploration: StratumTally | null
  readonly assigned: { readonly treat: number; readonly control: number }
  readonly touched: { readonly treat: number; readonly control: number }
  readonly decisions: Readonly<Record<string, number>>
  readonly daily: readonly DayTally[]
  readonly segments: readonly SegmentTally[]
}

export type MeasurementStore = {
  /** `capacityCut` is the highest score the capacity cut off: only properties above it are compared. */
  readonly ofStorm: (
    stormId: string,
    timeZone: string,
    capacityCut: number | null,
    windowEnd: Date,
  ) => Promise<Tallies>
  readonly rankingOfStorm: (stormId: string, capacityCut: number | null, windowEnd: Date) => Promise<Ranking>
  readonly ofExperiment: (pilotId: string) => Promise<Pick<Tallies, 'primary' | 'segments'>>
  readonly rankingOfExperiment: (pilotId: string) => Promise<Ranking>
  /** Draws and decisions computed again from salt, id and score, in SQL and so apart from the code that made them. */
  readonly rehash: (
    stormId: string,
    salt: string,
  ) => Promise<{ readonly checked: number; readonly differences: number }>
}

const EMPTY_ARM: ArmTally = { n: 0, conversions: 0, value: 0, valueSquares: 0 }

type TallyRow = {
  readonly treated: boolean
  readonly assigned: number
  readonly touched: number
  readonly n: number
  readonly conversions: number
  readonly value: number
  readonly value_squares: number
}

const armOf = (rows: readonly TallyRow[], treated: boolean): ArmTally => {
  const row = rows.find((candidate) => candidate.treated === treated)
  if (row === undefined) return EMPTY_ARM
  return { n: row.n, conversions: row.conversions, value: row.value, valueSquares: row.value_squares }
}

const stratumOf = (rows: readonly TallyRow[]): StratumTally => ({
  treat: armOf(rows, true),
  control: armOf(rows, false),
})

/** Rows in groups of one key each, in the order in which the keys first appear. */
const grouped = <Row extends TallyRow>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): ReadonlyMap<string, Row[]> => Map.groupBy(rows, keyOf)

/** Exact before it is rounded once: a sum of floats would depend on the order in which the rows lie. */
const SQUARES = `coalesce(sum(value::numeric * value) filter (where value > 0), 0)`

const COUNTS = `
  count(*)::int as assigned,
  count(touched_at)::int as touched,
  count(converted)::int as n,
  (count(*) filter (where converted))::int as conversions,
  coalesce(sum(value), 0)::float8 as value`

const TALLIES = `${COUNTS}, ${SQUARES}::float8 as value_squares`

/**
 * Outcomes after the window count as not known. A row is compared when its score is above the capacity cut; without
 * a cut, all are.
 */
const STORM_ROWS = `
  select property_id as id, reason, reason in ('ABOVE_THRESHOLD', 'EXPLORATION') as treated,
    ($3::float8 is null or uplift > $3) as compared, uplift, zip, persona,
    case when touched_at < $4 then touched_at end as touched_at,
    case when outcome_at < $4 then converted end as converted,
    case when outcome_at < $4 then coalesce(value, 0) end as value,
    outcome_at
  from storms.assignment where tenant_id = $1 and storm_id = $2`

type StormTallyRow = TallyRow & {
  readonly reason: string
  readonly compared: boolean
  readonly level: number
  readonly day: string | null
  readonly zip: string | null
  readonly persona: string | null
}

/** Bits of grouping(day, zip, persona): a set bit means that the column is not part of the group. */
const LEVEL = { total: 7, day: 3, zip: 5, persona: 6 } as const

const ofStorm = async (
  { rows, tenantId }: Tx,
  stormId: string,
  timeZone: string,
  cut: number | null,
  end: Date,
): Promise<Tallies> => {
  const all = await rows<StormTallyRow>(
    `select reason, compared, treated, grouping(day, zip, persona) as level, day::text as day, zip, persona,
       sum(assigned)::int as assigned, sum(touched)::int as touched, sum(n)::int as n,
       sum(conversions)::int as conversions, sum(value) as value, sum(value_squares)::float8 as value_squares
     from (
       select reason, compared, treated, day, zip, persona, ${COUNTS}, ${SQUARES} as value_squares
       from (select *, (outcome_at at time zone $5)::date as day from (${STORM_ROWS}) given offset 0) unit
       group by 1, 2, 3, 4, 5, 6
     ) cell
     group by grouping sets ((reason, compared, treated), (reason, compared, treated, day),
       (reason, compared, treated, zip), (reason, compared, treated, persona))`,
    [tenantId, stormId, cut, end, timeZone],
  )
  const level = (wanted: number, reasons: readonly string[]): StormTallyRow[] =>
    all.filter((row) => row.level === wanted && row.compared && reasons.includes(row.reason))
  const PRIMARY = ['ABOVE_THRESHOLD', 'RANDOM_CONTROL']
  const primary = level(LEVEL.total, PRIMARY)
  const explored = all.filter(
    (row) => row.level === LEVEL.total && ['EXPLORATION', 'BELOW_THRESHOLD'].includes(row.reason),
  )
  const sum = (treated: boolean, of: (row: TallyRow) => number): number =>
    primary.filter((row) => row.treated === treated).reduce((total, row) => total + of(row), 0)
  const segments = (
    dimension: 'ZIP' | 'PERSONA',
    wanted: number,
    keyOf: (row: StormTallyRow) => string | null,
  ) =>
    segmentTallies(
      level(wanted, PRIMARY).flatMap((row) => {
        const key = keyOf(row)
        return key === null ? [] : [{ ...row, dimension, key }]
      }),
    )
  return {
    primary: stratumOf(primary),
    exploration: explored.some((row) => row.reason === 'EXPLORATION') ? stratumOf(explored) : null,
    assigned: { treat: sum(true, (row) => row.assigned), control: sum(false, (row) => row.assigned) },
    touched: { treat: sum(true, (row) => row.touched), control: sum(false, (row) => row.touched) },
    decisions: decisionTotals(all),
    daily: [
      ...grouped(
        level(LEVEL.day, PRIMARY).filter((row) => row.n > 0),
        (row) => row.day ?? '',
      ),
    ]
      .map(([day, ofDay]) => ({ day, ...stratumOf(ofDay) }))
      .toSorted((a, b) => (a.day < b.day ? -1 : 1)),
    segments: [
      ...segments('ZIP', LEVEL.zip, (row) => row.zip),
      ...segments('PERSONA', LEVEL.persona, (row) => row.persona),
    ],
  }
}

const decisionTotals = (all: readonly StormTallyRow[]): Record<string, number> => {
  const totals: Record<string, number> = {}
  for (const row of all.toSorted((a, b) => (a.reason < b.reason ? -1 : 1))) {
    if (row.level === LEVEL.total) totals[row.reason] = (totals[row.reason] ?? 0) + row.assigned
  }
  return totals
}

const segmentTallies = (rows: readonly (TallyRow & { dimension: string; key: string })[]): SegmentTally[] =>
  [...grouped(rows, (row) => JSON.stringify([row.dimension, row.key]))]
    .flatMap(([, ofKey]) => {
      const [first] = ofKey
      return first === undefined ? [] : [{ dimension: first.dimension, key: first.key, ...stratumOf(ofKey) }]
    })
    .toSorted((a, b) => (a.dimension + a.key < b.dimension + b.key ? -1 : 1))

const COMPARED_STORM_ROWS = `
  select id, treated, converted, value, uplift from (${STORM_ROWS}) given
  where compared and reason in ('ABOVE_THRESHOLD', 'RANDOM_CONTROL') and converted is not null and uplift is not null`

const COMPARED_EXPERIMENT_ROWS = `
  select external_id as id, treated, converted, coalesce(value, 0) as value, score as uplift
  from storms.experiment_row where tenant_id = $1 and pilot_id = $2 and score is not null`

/**
 * Until the transaction ends: a million scores are sorted in memory, and rows that workers hand over are not taken for
 * dear, as they are where the planner expects a group for every row.
 */
const planForAllRows = async ({ rows }: Tx): Promise<void> => {
  await rows(`select set_config('work_mem', '128MB', true), set_config('parallel_tuple_cost', '0.001', true)`)
}

/** 2^48: a draw is the first 48 bits of a hash over this. */
const DRAW_RANGE = '281474976710656::float8'

export const measurementStore = (tx: Tx): MeasurementStore => ({
  ofStorm: async (stormId, timeZone, capacityCut, windowEnd) => {
    await planForAllRows(tx)
    return ofStorm(tx, stormId, timeZone, capacityCut, windowEnd)
  },
  rankingOfStorm: async (stormId, capacityCut, windowEnd) => {
    await planForAllRows(tx)
    const parameters = [tx.tenantId, stormId, capacityCut, windowEnd]
    return scoreRanking(tx, { sql: COMPARED_STORM_ROWS, parameters })
  },
  ofExperiment: async (pilotId) => {
    const rows = `select treated, converted, coalesce(value, 0) as value, null::timestamptz as touched_at, segments
                  from storms.experiment_row where tenant_id = $1 and pilot_id = $2`
    const primary = await tx.rows<TallyRow>(
      `select treated, ${TALLIES} from (${rows}) unit group by treated`,
      [tx.tenantId, pilotId],
    )
    const segments = await tx.rows<TallyRow & { dimension: string; key: string }>(
      `select treated, segment.dimension, segment.key, ${TALLIES}
       from (${rows}) unit cross join lateral jsonb_each_text(unit.segments) segment (dimension, key)
       group by treated, segment.dimension, segment.key`,
      [tx.tenantId, pilotId],
    )
    return { primary: stratumOf(primary), segments: segmentTallies(segments) }
  },
  rankingOfExperiment: async (pilotId) => {
    await planForAllRows(tx)
    return scoreRanking(tx, { sql: COMPARED_EXPERIMENT_ROWS, parameters: [tx.tenantId, pilotId] })
  },
  rehash: async (stormId, salt) => {
    const [row] = await tx.rows<{ checked: number; differences: number }>(
      `select count(*)::int as checked,
         (count(*) filter (where drawn.again <> draw or reason <> case
            when reason = 'SUPPRESSED' then 'SUPPRESSED'
            when uplift is null then 'UNSCORED'
            when uplift >= threshold and drawn.again < holdout_share then 'RANDOM_CONTROL'
            when uplift < threshold and drawn.again < 1 - exploration_share then 'BELOW_THRESHOLD'
            when reason = 'CAPACITY' then 'CAPACITY'
            when uplift >= threshold then 'ABOVE_THRESHOLD'
            else 'EXPLORATION' end))::int as differences
       from storms.assignment
       cross join lateral (
         select ('x' || substr(encode(sha256(convert_to($3, 'UTF8') || '\\x00'::bytea
           || convert_to(property_id::text, 'UTF8')), 'hex'), 1, 12))::bit(48)::bigint / ${DRAW_RANGE} as again
       ) drawn
       where tenant_id = $1 and storm_id = $2`,
      [tx.tenantId, stormId, salt],
    )
    return row ?? { checked: 0, differences: 0 }
  },
})
