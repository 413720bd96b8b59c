/**
 * Whether a storm's data can be trusted: how many lines of the files were good, how much is known of each roof, how
 * many roofs got a score. The worst check is the storm's.
 */

export type CheckStatus = 'PASS' | 'WARN' | 'FAIL'
export type DataCheck = {
  readonly name: string
  readonly status: CheckStatus
  /** A share from 0 to 1. */
  readonly observed: number
  /** The share below which the check begins to warn. */
  readonly threshold: number
}
export type DataHealth = {
  readonly status: CheckStatus
  readonly score: number
  readonly checks: readonly DataCheck[]
}

/** Counts over one storm. `complete` properties have all eight features that every model version reads. */
export type HealthCounts = {
  readonly rejected: number
  readonly properties: number
  readonly complete: number
  readonly eligible: number
  readonly scored: number
}

/** The first features of `FEATURE_COLUMNS`; the others are often unknown and models expect that. */
export const REQUIRED_FEATURES = 8

const ROWS_ACCEPTED = { name: 'rows_accepted', warn: 0.99, fail: 0.9 } as const
const FEATURES_KNOWN = { name: 'features_known', warn: 0.95, fail: 0.8 } as const
const PROPERTIES_SCORED = { name: 'properties_scored', warn: 0.99, fail: 0.9 } as const

type Threshold = { readonly name: string; readonly warn: number; readonly fail: number }

const check = ({ name, warn, fail }: Threshold, part: number, whole: number): DataCheck => {
  const observed = whole === 0 ? 0 : part / whole
  const status = observed < fail ? 'FAIL' : observed < warn ? 'WARN' : 'PASS'
  return { name, status, observed, threshold: warn }
}

/** null for a storm without a line. `scoring` says whether the storm was scored, and so whether scores are owed. */
export const dataHealth = (counts: HealthCounts, scoring: boolean): DataHealth | null => {
  const lines = counts.properties + counts.rejected
  if (lines === 0) return null
  const checks = [
    check(ROWS_ACCEPTED, counts.properties, lines),
    check(FEATURES_KNOWN, counts.complete, counts.properties),
    ...(scoring ? [check(PROPERTIES_SCORED, counts.scored, counts.eligible)] : []),
  ]
  const worst = checks.some(({ status }) => status === 'FAIL')
    ? 'FAIL'
    : checks.some(({ status }) => status === 'WARN')
      ? 'WARN'
      : 'PASS'
  return { status: worst, score: counts.complete / lines, checks }
}

const WORDS: Readonly<Record<string, string>> = {
  rows_accepted: 'of the files’ lines were good',
  features_known: 'of the properties have every feature known',
  properties_scored: 'of the properties have a score',
}

/** The checks that do not pass, a sentence each. */
export const healthIssues = (health: DataHealth): readonly string[] =>
  health.checks
    .filter(({ status }) => status !== 'PASS')
    .map(({ name, observed, threshold }) => {
      const [seen, wanted] = [observed, threshold].map((share) => `${(share * 100).toFixed(1)} %`)
      return `${seen} ${WORDS[name] ?? name}; ${wanted} are expected.`
    })
