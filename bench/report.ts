/**
 * How long do the figures of a pilot's report take over a million assigned properties? Against two things an analyst
 * would write: one aggregate with the four sums of each arm, and one statement with every figure that the report needs.
 * The hand-written SQL runs as the administrator, whom row security does not bind, with the same memory for sorting.
 */
import { openDatabase } from '@stormops/chassis/database/database'
import type { Database } from '@stormops/chassis/database/database'
import { entities } from '../subgraphs/storms/src/store/entities.ts'
import { measurementStore } from '../subgraphs/storms/src/store/measurement-store.ts'
import { insertAssignedStorm } from './assigned-storm.ts'
import type { AssignedStorm } from './assigned-storm.ts'
import { withBenchDatabase } from './bench-database.ts'
import type { BenchDatabase } from './bench-database.ts'
import { median, timed } from './bench-result.ts'
import type { BenchResult } from './bench-result.ts'
import { ALL_FIGURES, ARM_TOTALS } from './report-by-hand.ts'
import type { AllFigures, ArmTotals } from './report-by-hand.ts'

const PROPERTIES = 1_000_000
const WARM_UP_ROUNDS = 1
const ROUNDS = 5
const GOAL_RATIO = 2
const TIME_ZONE = 'America/Chicago'
const STATEMENT_TIMEOUT_MILLISECONDS = 120_000
/** What the product takes for its own statements. */
const WORK_MEMORY = '128MB'
/** Sums of doubles are taken in another order. */
const AGREEMENT = 1e-9

const TIMED = ['tallies', 'ranking', 'totals', 'figures'] as const
type Times = Readonly<Record<(typeof TIMED)[number], number[]>>

/** Takes about a minute. */
export const benchReport = (): Promise<BenchResult> =>
  withBenchDatabase(async (bench) => {
    const storm = await insertAssignedStorm(bench.admin, PROPERTIES)
    await bench.admin.query(`set work_mem = '${WORK_MEMORY}'`)
    const database = await openDatabase({ name: 'storms', connection: bench.app, entities, poolSize: 2 })
    try {
      const times: Times = { tallies: [], ranking: [], totals: [], figures: [] }
      for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
        const took = await measureOnce(bench, database, storm)
        if (round >= 0) for (const what of TIMED) times[what].push(took[what])
      }
      const rehash = await timed(() =>
        database.withTenant(storm.tenantId, (tx) => measurementStore(tx).rehash(storm.stormId, storm.salt), {
          statementTimeoutMs: STATEMENT_TIMEOUT_MILLISECONDS,
        }),
      )
      if (rehash.answer.checked !== PROPERTIES || rehash.answer.differences !== 0)
        throw new Error(`The draws are not the policy's: ${JSON.stringify(rehash.answer)}`)
      return resultOf(times, rehash.milliseconds)
    } finally {
      await database.close()
    }
  })

const measureOnce = (
  { admin }: BenchDatabase,
  database: Database,
  { tenantId, stormId, windowEnd }: AssignedStorm,
): Promise<Readonly<Record<(typeof TIMED)[number], number>>> =>
  database.withTenant(
    tenantId,
    async (tx) => {
      const store = measurementStore(tx)
      const tallies = await timed(() => store.ofStorm(stormId, TIME_ZONE, null, windowEnd))
      const totals = await timed(() => admin.query<ArmTotals>(ARM_TOTALS, [tenantId, stormId, windowEnd]))
      const ranking = await timed(() => store.rankingOfStorm(stormId, null, windowEnd))
      const figures = await timed(() =>
        admin.query<AllFigures>(ALL_FIGURES, [tenantId, stormId, windowEnd, TIME_ZONE]),
      )
      const [byHand] = figures.answer.rows
      const { treat } = tallies.answer.primary
      const treated = totals.answer.rows.find((row) => row.treated)
      refuseDifference('value of the treated', treat.value, treated?.value)
      refuseDifference('squares of the treated', treat.valueSquares, treated?.value_squares)
      refuseDifference('days', tallies.answer.daily.length, byHand?.days)
      refuseDifference('segments', tallies.answer.segments.length, byHand?.segments)
      refuseDifference('deciles', ranking.answer.deciles.length, byHand?.deciles)
      refuseDifference('Qini area', ranking.answer.ranking?.qiniArea, byHand?.qini_area)
      refuseDifference('uplift area', ranking.answer.ranking?.upliftArea, byHand?.uplift_area)
      return {
        tallies: tallies.milliseconds,
        ranking: ranking.milliseconds,
        totals: totals.milliseconds,
        figures: figures.milliseconds,
      }
    },
    { statementTimeoutMs: STATEMENT_TIMEOUT_MILLISECONDS },
  )

/** A side that counted other rows would be fast. */
const refuseDifference = (what: string, one: number | undefined, other: number | undefined): void => {
  if (one === undefined || other === undefined || !(Math.abs(one - other) <= AGREEMENT * Math.abs(other)))
    throw new Error(`The ${what} differ: ${one} and ${other}.`)
}

const resultOf = (times: Times, rehash: number): BenchResult => {
  const [tallies, ranking] = [median(times.tallies), median(times.ranking)]
  const [totals, figures] = [median(times.totals), median(times.figures)]
  const report = tallies + ranking
  const ratio = report / totals
  return {
    name: 'report',
    rows: [
      { what: 'the report: arms, days, segments, decisions', value: tallies, unit: 'ms' },
      { what: 'the report: deciles, Qini, top shares', value: ranking, unit: 'ms' },
      { what: 'the report: both', value: report, unit: 'ms' },
      { what: 'by hand: one aggregate, four sums of each arm', value: totals, unit: 'ms' },
      { what: 'by hand: one statement, every figure', value: figures, unit: 'ms' },
      { what: 'the report over one aggregate', value: ratio, unit: '×' },
      { what: 'arms, days, segments, decisions over one aggregate', value: tallies / totals, unit: '×' },
      { what: 'the report over one statement of every figure', value: report / figures, unit: '×' },
      { what: 'beside it: every draw computed again', value: rehash, unit: 'ms' },
    ],
    ratio,
    goal: `the figures of a report within ${GOAL_RATIO}× of one aggregate`,
    met: ratio <= GOAL_RATIO,
  }
}
