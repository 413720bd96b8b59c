import { describe, expect, it } from 'vitest'
import type { DecileTally } from '../pilot-measurements.ts'
import { calibration, isPoorlyCalibrated, meanPrediction } from './calibration.ts'
import { qiniCoefficient, type RankedRow, rankingOf, upliftAreaRatio, upliftAtTop } from './qini.ts'

/** Rows by rule, so that the same ones can be written in any language: 50 distinct scores, many ties. */
function rows(n: number, cut: number): RankedRow[] {
  return Array.from({ length: n }, (_, i) => {
    const score = ((i * 37) % 50) / 50 - 0.2
    const treated = (i * 7919) % 10 < 7
    const chance = (i * 104_729 + 17 * i * i) % 100
    return {
      id: `p${String(i).padStart(3, '0')}`,
      score,
      treated,
      converted: chance < cut + (treated ? 30 * score : 0),
    }
  })
}

function totalsOf(all: readonly RankedRow[]) {
  const arm = (treated: boolean) => {
    const mine = all.filter((row) => row.treated === treated)
    return { n: mine.length, conversions: mine.filter((row) => row.converted).length }
  }
  return { treat: arm(true), control: arm(false) }
}

describe('the ranking', () => {
  // The definitions of scikit-uplift 0.5 (qini_auc_score with negative effects, uplift_auc_score), run with NumPy.
  it.each([
    [200, 25, 3110.876456876457, 0.30564808710094654, 4386.775333858324, 0.2745917286081259],
    [200, 80, 3192.5670107670107, 0.1652273557473256, 4491.961507229867, 0.2532732057889443],
    [60, 50, 189.3626819259172, -0.0469886121496428, 269.2429274046178, -0.05840377473352984],
  ])(
    'of %i rows (rule %i) has the Qini coefficient and area of the reference',
    (n, cut, area, qini, up, auuc) => {
      const all = rows(n, cut)
      const ranking = rankingOf(all)
      expect(ranking.qiniArea).toBeCloseTo(area, 8)
      expect(ranking.upliftArea).toBeCloseTo(up, 8)
      expect(qiniCoefficient(ranking.qiniArea, totalsOf(all))).toBeCloseTo(qini, 10)
      expect(upliftAreaRatio(ranking.upliftArea, totalsOf(all))).toBeCloseTo(auuc, 10)
    },
  )

  it('takes the top by score, then id', () => {
    const { topTenth, topThreeTenths } = rankingOf(rows(60, 50))
    expect(topTenth.treat).toMatchObject({ n: 5, conversions: 3 })
    expect(topTenth.control).toMatchObject({ n: 1, conversions: 1 })
    expect(topThreeTenths.treat).toMatchObject({ n: 13, conversions: 7 })
    expect(topThreeTenths.control).toMatchObject({ n: 5, conversions: 2 })
    expect(upliftAtTop(topThreeTenths)).toBeCloseTo(7 / 13 - 2 / 5, 14)
  })

  it('does not depend on the order in which rows arrive', () => {
    const all = rows(200, 25)
    expect(rankingOf(all.toReversed())).toEqual(rankingOf(all))
  })

  it('is 1 when perfect, and 0 when all scores are equal', () => {
    const scoreOf = ({ treated, converted }: RankedRow) => (converted ? (treated ? 1 : -1) : 0)
    const all = rows(200, 40)
    const perfect = rankingOf(all.map((row) => ({ ...row, score: scoreOf(row) })))
    const flat = rankingOf(all.map((row) => ({ ...row, score: 0.2 })))
    expect(qiniCoefficient(perfect.qiniArea, totalsOf(all))).toBeCloseTo(1, 12)
    expect(qiniCoefficient(flat.qiniArea, totalsOf(all))).toBeCloseTo(0, 12)
    expect(upliftAreaRatio(flat.upliftArea, totalsOf(all))).toBeCloseTo(0, 12)
  })

  it('has no coefficient where no ranking could win', () => {
    const none = { treat: { n: 5, conversions: 0 }, control: { n: 5, conversions: 0 } }
    const empty = { treat: { n: 0, conversions: 0 }, control: { n: 0, conversions: 0 } }
    expect(qiniCoefficient(0, none)).toBeNull()
    expect(qiniCoefficient(0, empty)).toBeNull()
    expect(upliftAreaRatio(0, empty)).toBeNull()
    expect(rankingOf([]).qiniArea).toBe(0)
  })
})

function decile(
  number: number,
  predictedMean: number,
  treat: [number, number],
  control: [number, number],
): DecileTally {
  const tally = ([conversions, n]: [number, number]) => ({ n, conversions, value: 0, valueSquares: 0 })
  return {
    decile: number,
    predictedMean,
    lowestScore: predictedMean,
    highestScore: predictedMean,
    treat: tally(treat),
    control: tally(control),
  }
}

describe('calibration', () => {
  const DECILES = [
    decile(1, 0.3, [120, 400], [18, 100]),
    decile(2, 0.22, [80, 300], [20, 100]),
    decile(3, 0.15, [50, 200], [15, 150]),
    decile(4, 0.11, [12, 90], [9, 60]),
  ]

  it('is the weighted least-squares line', () => {
    // numpy.polyfit with the square roots of n₁n₀/(n₁ + n₀) as weights.
    const { slope, intercept } = calibration(DECILES)!
    expect(slope).toBeCloseTo(0.21147229, 8)
    expect(intercept).toBeCloseTo(0.05325405, 8)
  })

  it('finds slope 1 and intercept 0 in an honest model', () => {
    const honest = [
      decile(1, 0.3, [400, 1000], [100, 1000]),
      decile(2, 0.2, [300, 1000], [100, 1000]),
      decile(3, 0.1, [200, 1000], [100, 1000]),
    ]
    const line = calibration(honest)!
    expect(line.slope).toBeCloseTo(1, 12)
    expect(line.intercept).toBeCloseTo(0, 12)
    expect(isPoorlyCalibrated(line)).toBe(false)
  })

  it('is poor only when chance does not explain it', () => {
    const upsideDown = (n: number) => [
      decile(1, 0.3, [0.2 * n, n], [0.1 * n, n]),
      decile(2, 0.1, [0.4 * n, n], [0.1 * n, n]),
    ]
    expect(isPoorlyCalibrated(calibration(upsideDown(10_000))!)).toBe(true)
    expect(isPoorlyCalibrated(calibration(upsideDown(10))!)).toBe(false)
  })

  it('needs two deciles with both arms and different predictions', () => {
    expect(calibration([])).toBeNull()
    expect(calibration(DECILES.slice(0, 1))).toBeNull()
    expect(calibration([DECILES[0]!, decile(2, 0.1, [1, 5], [0, 0])])).toBeNull()
    expect(calibration([DECILES[0]!, { ...DECILES[1]!, predictedMean: 0.3 }])).toBeNull()
  })

  it('weighs the mean prediction by properties', () => {
    expect(meanPrediction([decile(1, 0.3, [1, 20], [1, 10]), decile(2, 0.1, [1, 50], [1, 20])])).toBeCloseTo(
      0.16,
      12,
    )
    expect(meanPrediction([])).toBeNull()
  })
})
