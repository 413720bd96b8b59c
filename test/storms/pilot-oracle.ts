/** What a pilot's measurements must be, from its rows, by the plainest code: the tallies in SQL are held against it. */
import type {
  ArmTally,
  DayTally,
  DecileTally,
  RankingTally,
  SegmentTally,
  StratumTally,
} from '../../subgraphs/storms/src/domain/pilot-measurements.ts'
import { rankingOf } from '../../subgraphs/storms/src/domain/statistics/qini.ts'
import { uuidOf } from '../world/world.ts'
import type { Rows } from './rows.ts'

export type AssignmentRow = {
  readonly id: string
  readonly reason: string
  readonly uplift: number | null
  readonly zip: string | null
  readonly persona: string | null
  readonly converted: boolean | null
  readonly value: string | null
  readonly outcome_at: Date | null
  readonly touched_at: Date | null
}

export const assignmentRows = (rows: Rows, stormId: string): Promise<AssignmentRow[]> =>
  rows.many(
    `select property_id::text as id, reason, uplift, zip, persona, converted, value, outcome_at, touched_at
     from storms.assignment where storm_id = $1`,
    [uuidOf(stormId)],
  )

export type Expected = {
  readonly primary: StratumTally
  readonly exploration: StratumTally | null
  readonly assigned: { readonly treat: number; readonly control: number }
  readonly touched: { readonly treat: number; readonly control: number }
  readonly decisions: Readonly<Record<string, number>>
  readonly daily: readonly DayTally[]
  readonly segments: readonly SegmentTally[]
  readonly deciles: readonly DecileTally[]
  readonly ranking: RankingTally
}

type Unit = AssignmentRow & { readonly treated: boolean; readonly known: boolean; readonly amount: number }

const TREATED = ['ABOVE_THRESHOLD', 'EXPLORATION']
const DECILES = 10

const unitOf = (row: AssignmentRow, end: Date): Unit => ({
  ...row,
  treated: TREATED.includes(row.reason),
  known: row.outcome_at !== null && row.outcome_at < end,
  amount: Number(row.value ?? 0),
})

const armOf = (units: readonly Unit[]): ArmTally => {
  const known = units.filter(({ known }) => known)
  return {
    n: known.length,
    conversions: known.filter(({ converted }) => converted === true).length,
    value: known.reduce((sum, { amount }) => sum + amount, 0),
    valueSquares: Number(known.reduce((sum, { amount }) => sum + BigInt(amount) ** 2n, 0n)),
  }
}

const stratumOf = (units: readonly Unit[]): StratumTally => ({
  treat: armOf(units.filter(({ treated }) => treated)),
  control: armOf(units.filter(({ treated }) => !treated)),
})

const sizes = (units: readonly Unit[]) => ({
  treat: units.filter(({ treated }) => treated).length,
  control: units.filter(({ treated }) => !treated).length,
})

export const expectedMeasurements = (
  rows: readonly AssignmentRow[],
  { end, timeZone, cut }: { readonly end: Date; readonly timeZone: string; readonly cut: number | null },
): Expected => {
  const units = rows.map((row) => unitOf(row, end))
  const primary = units.filter(
    ({ reason, uplift }) =>
      ['ABOVE_THRESHOLD', 'RANDOM_CONTROL'].includes(reason) && (cut === null || (uplift ?? -Infinity) > cut),
  )
  const explored = units.filter(({ reason }) => ['EXPLORATION', 'BELOW_THRESHOLD'].includes(reason))
  const known = primary.filter((unit) => unit.known)
  const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  const deciles = decilesOf(known)
  return {
    primary: stratumOf(primary),
    exploration: explored.some(({ treated }) => treated) ? stratumOf(explored) : null,
    assigned: sizes(primary),
    touched: sizes(primary.filter(({ touched_at }) => touched_at !== null)),
    decisions: Object.fromEntries(
      [...Map.groupBy(units, ({ reason }) => reason)].map(([reason, ofReason]) => [reason, ofReason.length]),
    ),
    daily: [...Map.groupBy(known, ({ outcome_at }) => dayOf.format(outcome_at ?? end))]
      .map(([day, ofDay]) => ({ day, ...stratumOf(ofDay) }))
      .toSorted((a, b) => (a.day < b.day ? -1 : 1)),
    segments: [
      ...segmentsOf('ZIP', primary, ({ zip }) => zip),
      ...segmentsOf('PERSONA', primary, ({ persona }) => persona),
      ...deciles.map(({ decile, treat, control }) => ({
        dimension: 'SCORE_DECILE',
        key: String(decile),
        treat,
        control,
      })),
    ],
    deciles,
    ranking: withValues(known, rankingOf(known.map((unit) => ranked(unit)))),
  }
}

const ranked = ({ id, uplift, treated, converted }: Unit) => ({
  id,
  score: uplift ?? Number.NaN,
  treated,
  converted: converted === true,
})

const bestFirst = (units: readonly Unit[]): Unit[] =>
  units.toSorted((a, b) => (b.uplift ?? 0) - (a.uplift ?? 0) || (a.id < b.id ? -1 : 1))

/** `rankingOf` ranks conversions only; the values of the top shares are added here. */
const withValues = (known: readonly Unit[], ranking: RankingTally): RankingTally => {
  const sorted = bestFirst(known)
  const top = (share: number) => stratumOf(sorted.slice(0, Math.floor((sorted.length * share) / DECILES)))
  return { ...ranking, topTenth: top(1), topThreeTenths: top(3) }
}

/** The first deciles are one longer where the number does not divide by ten. */
const decilesOf = (known: readonly Unit[]): DecileTally[] => {
  const sorted = bestFirst(known)
  const [whole, rest] = [Math.floor(sorted.length / DECILES), sorted.length % DECILES]
  let start = 0
  return Array.from({ length: DECILES }, (_, index) => {
    const units = sorted.slice(start, start + whole + (index < rest ? 1 : 0))
    start += units.length
    const scores = units.map(({ uplift }) => uplift ?? Number.NaN)
    return {
      decile: index + 1,
      predictedMean: scores.reduce((sum, score) => sum + score, 0) / scores.length,
      lowestScore: Math.min(...scores),
      highestScore: Math.max(...scores),
      ...stratumOf(units),
    }
  })
}

const segmentsOf = (
  dimension: string,
  units: readonly Unit[],
  keyOf: (unit: Unit) => string | null,
): SegmentTally[] =>
  [...Map.groupBy(units, keyOf)]
    .flatMap(([key, ofKey]) => (key === null ? [] : [{ dimension, key, ...stratumOf(ofKey) }]))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
