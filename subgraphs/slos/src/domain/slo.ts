/**
 * An SLO is a promise about how well the platform works: which measurements count as good, and how large their
 * share must be over a window. What may go wrong without breaking the promise is its error budget. Beyond the
 * alert line a measurement is so bad that somebody should be told.
 */

export const SLO_NAMES = [
  'JOURNEY_INGESTION_LATENCY',
  'ATTRIBUTION_FRESHNESS',
  'MODEL_SCORING_LATENCY',
  'UI_ERROR_RATE',
  'QUERY_LATENCY_P99',
  'DATA_QUALITY_SCORE',
] as const
export type SloName = (typeof SLO_NAMES)[number]

export type SloSeverity = 'LOW' | 'MEDIUM' | 'HIGH'

/** On which side of a value a measurement lies, the value itself excluded. */
export type Side = { readonly below: number } | { readonly above: number }

export type Slo = {
  readonly name: SloName
  readonly objective: string
  /** Which measurements are good. */
  readonly good: Side
  /** Which measurements count towards an alert. */
  readonly beyondAlertLine: Side
  /** In thousandths, so that it is compared in whole numbers. */
  readonly targetPerMille: number
  readonly windowDays: number
  readonly severity: SloSeverity
}

export const PER_MILLE = 1_000
/** Four whole weeks, so that every window holds the same number of weekends. */
const WINDOW_DAYS = 28
/** One in a hundred may be slow, stale or faulty. */
const USUAL_TARGET = 990
/** One in a thousand: an error shown to a person costs more trust than a slow answer. */
const ERROR_TARGET = 999

/** The table of promises. Latencies and freshness are in seconds. */
export const SLOS: Readonly<Record<SloName, Slo>> = {
  JOURNEY_INGESTION_LATENCY: {
    name: 'JOURNEY_INGESTION_LATENCY',
    objective: '99 % of journey events are stored within 5 seconds of their arrival.',
    good: { below: 5 },
    beyondAlertLine: { above: 10 },
    targetPerMille: USUAL_TARGET,
    windowDays: WINDOW_DAYS,
    severity: 'HIGH',
  },
  ATTRIBUTION_FRESHNESS: {
    name: 'ATTRIBUTION_FRESHNESS',
    objective: '99 % of outcomes are part of the attribution within 60 seconds of their arrival.',
    good: { below: 60 },
    beyondAlertLine: { above: 300 },
    targetPerMille: USUAL_TARGET,
    windowDays: WINDOW_DAYS,
    severity: 'MEDIUM',
  },
  MODEL_SCORING_LATENCY: {
    name: 'MODEL_SCORING_LATENCY',
    objective: '99 % of requests for scores are answered within 1 second.',
    good: { below: 1 },
    beyondAlertLine: { above: 5 },
    targetPerMille: USUAL_TARGET,
    windowDays: WINDOW_DAYS,
    severity: 'HIGH',
  },
  // The value is 1 for an answer that failed on the platform's side and 0 for any other, so a mean is a rate.
  UI_ERROR_RATE: {
    name: 'UI_ERROR_RATE',
    objective: '99.9 % of answers do not fail on the platform’s side.',
    good: { below: 1 },
    beyondAlertLine: { above: 0.01 },
    targetPerMille: ERROR_TARGET,
    windowDays: WINDOW_DAYS,
    severity: 'HIGH',
  },
  QUERY_LATENCY_P99: {
    name: 'QUERY_LATENCY_P99',
    objective: '99 % of queries are answered within 5 seconds.',
    good: { below: 5 },
    beyondAlertLine: { above: 10 },
    targetPerMille: USUAL_TARGET,
    windowDays: WINDOW_DAYS,
    severity: 'MEDIUM',
  },
  // The value is the share of a batch's rows that passed every check.
  DATA_QUALITY_SCORE: {
    name: 'DATA_QUALITY_SCORE',
    objective: '99 % of batches have more than 99 % good rows.',
    good: { above: 0.99 },
    beyondAlertLine: { below: 0.95 },
    targetPerMille: USUAL_TARGET,
    windowDays: WINDOW_DAYS,
    severity: 'LOW',
  },
}

/** Whether a value lies strictly on a side. */
export const liesOn = (side: Side, value: number): boolean =>
  'below' in side ? value < side.below : value > side.above
