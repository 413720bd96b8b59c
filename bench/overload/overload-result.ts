/** The figures of an overload: what each phase came to, as a share of what the platform does when it is just busy. */
import { median } from '../bench-result.ts'
import type { BenchResult, BenchRow } from '../bench-result.ts'
import type { Loaded, Outcome } from './load.ts'

export type Phase = {
  readonly isProtected: boolean
  /** Of the capacity. */
  readonly factor: number
  readonly round: number
  readonly loaded: Loaded
  /** Bytes. */
  readonly mostMemory: number
  /** Seconds that the platform took of the cores. */
  readonly processor: number
}

/** Resident bytes: after its first phase, in which it was just busy, and half a minute after. */
export type Rested = { readonly before: number; readonly after: number }

export type Overload = {
  readonly capacity: number
  readonly phases: readonly Phase[]
  readonly rested: Rested
  readonly quiet: string
}

const GOAL_SHARE = 0.8
const GOAL_QUIET = 0.95
const GOAL_MEMORY = 1.2
const WORST = 10
const MEGABYTE = 1_048_576

export const overloadResult = ({ capacity, phases, rested, quiet }: Overload): BenchResult => {
  const goodputs = (isProtected: boolean, factor: number): readonly number[] =>
    phases.filter((phase) => phase.isProtected === isProtected && phase.factor === factor).map(goodputOf)
  // Neighbours in time: the first round's against the first round's.
  const shareOf = (isProtected: boolean, factor: number): number => {
    const just = goodputs(isProtected, 1)
    return median(
      goodputs(isProtected, factor).map((goodput, round) => goodput / (just[round] ?? Number.NaN)),
    )
  }
  const quietShare = median(
    phases
      .filter(({ isProtected, factor }) => isProtected && factor === WORST)
      .map(({ loaded }) => inTimeShare(loaded.outcomes[quiet])),
  )
  const ratio = shareOf(true, WORST)
  const memory = rested.after / rested.before
  return {
    name: 'overload',
    rows: [
      { what: 'capacity, 32 clients one after another', value: capacity, unit: '/s' },
      ...groupsOf(phases).flatMap((group) => rowsOf(group, quiet, shareOf)),
      { what: 'memory before', value: rested.before / MEGABYTE, unit: 'MB' },
      { what: 'memory 30 s after', value: rested.after / MEGABYTE, unit: 'MB' },
      { what: 'memory 30 s after, of that before', value: memory, unit: '×' },
    ],
    ratio,
    goal: `at ten times the capacity at least ${GOAL_SHARE} of the goodput at once, ${GOAL_QUIET} of a quiet company's answers, and memory back within a fifth`,
    met: ratio >= GOAL_SHARE && quietShare >= GOAL_QUIET && memory <= GOAL_MEMORY,
  }
}

const goodputOf = ({ loaded }: Phase): number =>
  Object.values(loaded.outcomes).reduce((sum, { inTime }) => sum + inTime, 0) / loaded.seconds

const inTimeShare = (outcome: Outcome | undefined): number =>
  outcome === undefined ? Number.NaN : outcome.inTime / outcome.offered

/** Rounds of the same. */
type Group = readonly [Phase, ...Phase[]]

const groupsOf = (phases: readonly Phase[]): readonly Group[] => {
  const groups = new Map<string, [Phase, ...Phase[]]>()
  for (const phase of phases) {
    const key = `${phase.isProtected} ${phase.factor}`
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [phase])
    else known.push(phase)
  }
  return [...groups.values()]
}

const rowsOf = (
  group: Group,
  quiet: string,
  shareOf: (isProtected: boolean, factor: number) => number,
): readonly BenchRow[] => {
  const [{ isProtected, factor }] = group
  const name = `${factor}×${isProtected ? '' : ' without protection'}`
  const middle = (read: (phase: Phase) => number): number => median(group.map(read))
  const ofLoud = (read: (outcome: Outcome) => number) => (phase: Phase) =>
    median(
      Object.entries(phase.loaded.outcomes)
        .filter(([company]) => company !== quiet)
        .map(([, outcome]) => read(outcome)),
    )
  const lost = (phase: Phase): number => {
    const all = Object.values(phase.loaded.outcomes)
    const sum = all.reduce(
      (so, { unsent, givenUp, broken, late }) => so + unsent + givenUp + broken + late,
      0,
    )
    return (sum / all.reduce((so, { offered }) => so + offered, 0)) * 100
  }
  return [
    { what: `${name}: goodput`, value: middle(goodputOf), unit: '/s' },
    { what: `${name}: goodput, of that at 1×`, value: shareOf(isProtected, factor), unit: '×' },
    {
      what: `${name}: answers in time for each second of its processor`,
      value: middle((phase) => (goodputOf(phase) * phase.loaded.seconds) / phase.processor),
      unit: '',
    },
    { what: `${name}: answers, p50`, value: middle(ofLoud(({ answers }) => answers.p50)), unit: 'ms' },
    { what: `${name}: answers, p99`, value: middle(ofLoud(({ answers }) => answers.p99)), unit: 'ms' },
    { what: `${name}: refusals, p50`, value: middle(ofLoud(({ refusals }) => refusals.p50)), unit: 'ms' },
    { what: `${name}: refusals, p99`, value: middle(ofLoud(({ refusals }) => refusals.p99)), unit: 'ms' },
    { what: `${name}: late, hung up or not sent`, value: middle(lost), unit: '%' },
    {
      what: `${name}: quiet company, in time`,
      value: middle(({ loaded }) => inTimeShare(loaded.outcomes[quiet])) * 100,
      unit: '%',
    },
    {
      what: `${name}: quiet company, p99`,
      value: middle(({ loaded }) => loaded.outcomes[quiet]?.answers.p99 ?? Number.NaN),
      unit: 'ms',
    },
    { what: `${name}: memory, most`, value: middle(({ mostMemory }) => mostMemory) / MEGABYTE, unit: 'MB' },
    {
      what: `${name}: the client sent too late by, p99`,
      value: middle(({ loaded }) => loaded.lateSending.p99),
      unit: 'ms',
    },
    {
      what: `${name}: the client, of one core`,
      value: middle(({ loaded }) => loaded.processor) * 100,
      unit: '%',
    },
  ]
}
