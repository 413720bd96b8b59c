/**
 * Whether a pilot may be believed at all. Before the lift is read, the report asks whether the arms came out as the
 * draw sent them, whether the control was left alone, and whether outcomes are missing on one side.
 * A failed gate makes the pilot invalid; a warning is printed beside the figures.
 */
import { binomialUpperTail, chiSquareSf } from '@stormops/chassis/values/distributions'
import type { PilotMeasurements } from './pilot-measurements.ts'
import type { Gate, GateName, GateStatus } from './pilot-report.ts'
import { pilotWords } from './pilot-words.ts'
import { count, counted, percent, points, probability } from './statistics/plain-figures.ts'
import { twoProportionTest } from './statistics/two-proportion-test.ts'

/** p-values of the checks that should never fire by chance: a warning at 1 %, a failure at 0.1 %. */
const WARN_P = 0.01
const FAIL_P = 0.001

/** A ratio closer to plan than 0.1 point is no harm, however surely a million properties show it. */
const SAMPLE_RATIO_TOLERANCE = 0.001

/** χ² needs about five expected properties in each arm (Cochran 1954). */
const SMALLEST_EXPECTED_COUNT = 5

/** Share of touched control properties that a pilot tolerates, and the level at which more is certain. */
const TOLERATED_CONTAMINATION = 0.02
const CONTAMINATION_P = 0.05

/** Share of TREAT that was really touched. */
const COMPLIANCE_WARN = 0.9
const COMPLIANCE_FAIL = 0.7

/** Outcomes may be this much more often missing in one arm before the difference, if certain, spoils the lift. */
const MISSING_TOLERANCE = 0.05

/** Rounding of a difference of shares, so that exactly 5 points are 5 points. */
const ROUNDING = 1e-12

/** All gates in the order of the report. */
export function pilotGates(measurements: PilotMeasurements): Gate[] {
  return [
    sampleRatio(measurements),
    contamination(measurements),
    compliance(measurements),
    missingOutcomes(measurements),
    assignment(measurements),
    duplicates(measurements),
  ]
}

function gate(name: GateName, status: GateStatus, detail: string, pValue: number | null = null): Gate {
  return { name, status, detail, pValue }
}

function sampleRatio({ design, assigned }: PilotMeasurements): Gate {
  const name = 'SAMPLE_RATIO'
  const expected = design.expectedTreatShare
  const { unit } = pilotWords(design.kind)
  const n = assigned.treat + assigned.control
  if (expected === null)
    return gate(name, 'NOT_EVALUATED', 'The design does not say which share should be treated.')
  if (expected <= 0 || expected >= 1) {
    return gate(
      name,
      'NOT_EVALUATED',
      `The design sends every ${unit.one} to one arm, so there is no ratio to check.`,
    )
  }
  if (n === 0) return gate(name, 'NOT_EVALUATED', `No ${unit.one} is assigned yet.`)
  const observed = assigned.treat / n
  const treated = `${count(assigned.treat)} of ${counted(n, unit.one, unit.many)} went to TREAT`
  const figures = `${treated}, ${percent(observed, 2)} where the design says ${percent(expected, 2)}`
  if (n * Math.min(expected, 1 - expected) < SMALLEST_EXPECTED_COUNT) {
    return gate(
      name,
      'CANNOT_SHOW',
      `${figures}; there are too few ${unit.many} to tell a fault from chance.`,
    )
  }
  const chiSquare = (assigned.treat - n * expected) ** 2 / (n * expected * (1 - expected))
  const p = chiSquareSf(chiSquare, 1)
  const isFar = Math.abs(observed - expected) >= SAMPLE_RATIO_TOLERANCE - ROUNDING
  if (p < FAIL_P && isFar) {
    return gate(
      name,
      'FAIL',
      `${figures}: chance does not do that (${probability(p)}), the arms are not what was drawn.`,
      p,
    )
  }
  if (p < WARN_P) return gate(name, 'WARN', `${figures}; that is unlikely by chance (${probability(p)}).`, p)
  return gate(name, 'PASS', `${figures} (${probability(p)}).`, p)
}

function contamination({ design, assigned, touched }: PilotMeasurements): Gate {
  const name = 'CONTAMINATION'
  const { unit } = pilotWords(design.kind)
  if (touched === null) {
    return gate(
      name,
      'NOT_EVALUATED',
      `${noTouches(design)}, so nobody can say whether the control was left alone.`,
    )
  }
  if (assigned.control === 0) return gate(name, 'CANNOT_SHOW', `There is no control ${unit.one} yet.`)
  const hit = Math.min(touched.control, assigned.control)
  const p = binomialUpperTail(hit, assigned.control, TOLERATED_CONTAMINATION)
  const share = percent(hit / assigned.control, 2)
  const controls = counted(assigned.control, `control ${unit.one}`, `control ${unit.many}`)
  const figures = `${count(hit)} of ${controls} had a treat touch (${share})`
  if (hit > 0 && p < CONTAMINATION_P) {
    const tolerated = percent(TOLERATED_CONTAMINATION, 0)
    return gate(name, 'FAIL', `${figures}, more than the tolerated ${tolerated} (${probability(p)}).`, p)
  }
  if (hit > 0) return gate(name, 'WARN', `${figures}; the control should have none.`, p)
  const needed = controlsToRuleOut()
  if (assigned.control < needed) {
    const need = `it takes ${count(needed)} to rule out ${percent(TOLERATED_CONTAMINATION, 0)}`
    return gate(name, 'CANNOT_SHOW', `${figures}, but ${need}.`, p)
  }
  return gate(name, 'PASS', `${figures}.`, p)
}

/** Smallest control in which no touch at all is surprising at 5 % if 2 % were touched: 0.98^n ≤ 0.05, 149. */
function controlsToRuleOut(): number {
  return Math.ceil(Math.log(CONTAMINATION_P) / Math.log1p(-TOLERATED_CONTAMINATION))
}

/** Touches come from our own crews' records, which an experiment run elsewhere cannot bring along. */
function noTouches({ kind }: PilotMeasurements['design']): string {
  return kind === 'IMPORTED' ? 'An imported experiment brings no touches' : 'Touches are not recorded'
}

function compliance({ design, assigned, touched }: PilotMeasurements): Gate {
  const name = 'COMPLIANCE'
  const { unit } = pilotWords(design.kind)
  if (touched === null) {
    return gate(
      name,
      'NOT_EVALUATED',
      `${noTouches(design)}, so nobody can say how many treated ${unit.many} were ${design.kind === 'IMPORTED' ? 'reached' : 'visited'}.`,
    )
  }
  if (assigned.treat === 0) return gate(name, 'NOT_EVALUATED', `No ${unit.one} is assigned to TREAT yet.`)
  const share = Math.min(touched.treat, assigned.treat) / assigned.treat
  const treated = counted(assigned.treat, unit.one, unit.many)
  const figures = `${count(touched.treat)} of ${treated} assigned to TREAT had a touch (${percent(share)})`
  if (share < COMPLIANCE_FAIL)
    return gate(name, 'FAIL', `${figures}, fewer than ${percent(COMPLIANCE_FAIL, 0)}.`)
  if (share < COMPLIANCE_WARN)
    return gate(name, 'WARN', `${figures}, fewer than ${percent(COMPLIANCE_WARN, 0)}.`)
  return gate(name, 'PASS', `${figures}.`)
}

function missingOutcomes({ design, assigned, primary }: PilotMeasurements): Gate {
  const name = 'MISSING_OUTCOMES'
  const { unit } = pilotWords(design.kind)
  if (assigned.treat === 0 || assigned.control === 0) {
    return gate(
      name,
      'NOT_EVALUATED',
      `An arm has no ${unit.one} yet, so missing outcomes cannot be compared.`,
    )
  }
  const treat = { n: assigned.treat, conversions: Math.max(0, assigned.treat - primary.treat.n) }
  const control = { n: assigned.control, conversions: Math.max(0, assigned.control - primary.control.n) }
  if (treat.conversions + control.conversions === 0) return gate(name, 'PASS', 'No outcome is missing.')
  const shares = [treat.conversions / treat.n, control.conversions / control.n] as const
  const gap = Math.abs(shares[0] - shares[1])
  const figures = `Outcomes are missing for ${percent(shares[0])} of TREAT and ${percent(shares[1])} of the control`
  const p = twoProportionTest(treat, control)
  if (p === null) return gate(name, 'NOT_EVALUATED', `${figures}: none has come in yet.`)
  if (p < FAIL_P && gap >= MISSING_TOLERANCE - ROUNDING) {
    return gate(
      name,
      'FAIL',
      `${figures}, ${points(gap)} apart (${probability(p)}): the arms are no longer alike.`,
      p,
    )
  }
  if (p < WARN_P)
    return gate(name, 'WARN', `${figures}, more on one side than chance explains (${probability(p)}).`, p)
  return gate(name, 'PASS', `${figures}, alike on both sides (${probability(p)}).`, p)
}

function assignment({ design, rehash }: PilotMeasurements): Gate {
  const name = 'ASSIGNMENT'
  if (rehash === null || rehash.checked === 0) {
    const none =
      design.kind === 'IMPORTED'
        ? 'The arms were drawn elsewhere, so the draw cannot be computed again.'
        : 'There is no stored assignment to compute again.'
    return gate(name, 'NOT_EVALUATED', none)
  }
  const checked = counted(rehash.checked, 'assignment', 'assignments')
  if (rehash.differences > 0) {
    return gate(
      name,
      'FAIL',
      `${count(rehash.differences)} of ${checked} came out differently when computed again.`,
    )
  }
  return gate(name, 'PASS', `${checked} computed again from salt, id and score, without a difference.`)
}

function duplicates({ design, duplicates: rows }: PilotMeasurements): Gate {
  const name = 'DUPLICATES'
  const { unit } = pilotWords(design.kind)
  if (rows > 0) {
    return gate(
      name,
      'WARN',
      `${counted(rows, 'row', 'rows')} named a ${unit.one} a second time and ${rows === 1 ? 'was' : 'were'} refused.`,
    )
  }
  return gate(name, 'PASS', `No row named a ${unit.one} twice.`)
}
