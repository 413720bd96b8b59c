/** How the figures of a report were computed, in sentences, with the sources of the formulas. */
import type { PilotMeasurements } from './pilot-measurements.ts'
import { pilotWords } from './pilot-words.ts'
import { ASSUMED_BASELINE } from './statistics/power.ts'
import { count, percent } from './statistics/plain-figures.ts'

const ESTIMATES: readonly string[] = [
  'Rates carry Wilson score intervals; the absolute lift carries Newcombe’s interval (1998, method 10); the relative lift carries the log interval of Katz et al. (1978). All intervals are 95 %.',
  'The p-value is that of the two-sided pooled z test without continuity correction; probabilities of a lift are computed from independent Beta(1, 1) priors.',
  'The always-valid interval is an asymptotic confidence sequence (normal mixture; Waudby-Smith et al. 2021) and may be read every day.',
  `The minimum detectable effect is stated for 80 % power at a two-sided 5 % level (Fleiss, Levin and Paik, section 4.3); before the first outcome a control rate of ${percent(ASSUMED_BASELINE, 0)} is assumed, afterwards the observed one is used.`,
]

/** Method notes in the order of the report; only what applies to this pilot. */
export function reportMethod(measurements: PilotMeasurements): string[] {
  return [
    primarySentence(measurements),
    ...ESTIMATES,
    ...counting(measurements),
    ...conditional(measurements),
  ]
}

function counting({ design }: PilotMeasurements): string[] {
  const { unit } = pilotWords(design.kind)
  return [
    `Incremental conversions are treated ${unit.many} times lift; incremental revenue is treated ${unit.many} times the difference of revenue per ${unit.one}, with Welch’s interval carried through to return, cost per conversion and revenue per hour.`,
    design.kind === 'IMPORTED'
      ? `Intent-to-treat compares the arms as the import names them, over all ${unit.many} with a known outcome, whoever was reached.`
      : `Intent-to-treat compares the arms as they were drawn, over all ${unit.many} with a known outcome, whoever was visited.`,
  ]
}

function primarySentence({ design }: PilotMeasurements): string {
  if (design.kind === 'IMPORTED') {
    return 'The primary figure compares the two arms of the imported experiment as the import names them.'
  }
  const stratum =
    design.threshold === null
      ? 'at or above the threshold'
      : `with a predicted uplift of at least ${design.threshold}`
  const capped =
    design.capacityShare === null
      ? ''
      : ' Where the capacity cut properties off, only those scored strictly above the highest cut score are compared, in both arms, so that the control does not hold lower scores than the treated.'
  return `The primary figure compares treated properties ${stratum} with those of the same stratum that the draw held back, and with nothing else: properties held back for a low score are not a control.${capped}`
}

function conditional(measurements: PilotMeasurements): string[] {
  const { design, exploration, touched, ranking, deciles, segments, rehash } = measurements
  const { unit } = pilotWords(design.kind)
  const notes: (string | null)[] = [
    touched === null
      ? null
      : `The effect on touched ${unit.many} is the Wald ratio of the lift to the difference of the touched shares, with a delta-method interval that takes touch and conversion as uncorrelated.`,
    exploration === null
      ? null
      : 'The lift over both strata is the Mantel–Haenszel risk difference with the variance of Greenland and Robins (1985).',
    ranking === null
      ? null
      : 'Qini coefficient and area under the uplift curve are ratios to the perfect ranking with the random line removed; equal scores are one step.',
    deciles.length === 0
      ? null
      : 'Calibration is a least-squares line of realised on predicted lift by decile, weighted by n₁n₀ / (n₁ + n₀).',
    segments.length === 0
      ? null
      : `A segment is shown with at least 30 ${unit.many} in each arm and 5 conversions in both together; p-values are adjusted after Holm over all segments shown.`,
    rehash === null
      ? null
      : `${count(rehash.checked)} assignments were computed again from salt, ${unit.one} id and score.`,
  ]
  return notes.filter((note) => note !== null)
}
