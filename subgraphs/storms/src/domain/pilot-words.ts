/**
 * What a trial counts and what it is called. A pilot of ours works the properties of a storm under a policy, with
 * crews and their hours. An experiment run elsewhere counts customers, and knows no storm, no policy and no crew.
 */
import type { PilotDesign } from './pilot-measurements.ts'

export type Noun = { readonly one: string; readonly many: string }

export type PilotWords = {
  /** What an arm is made of, in the sentences of the statistics. */
  readonly unit: Noun
  /** The same on the printed page: a contractor's reader thinks of homes, the API of properties. */
  readonly printedUnit: Noun
  /** What the treatment is meant to win. */
  readonly gain: Noun
  readonly trial: string
  readonly aTrial: string
  /** What one hour of the given effort is called. */
  readonly hour: string
}

const WORDS: Readonly<Record<PilotDesign['kind'], PilotWords>> = {
  POLICY: {
    unit: { one: 'property', many: 'properties' },
    printedUnit: { one: 'home', many: 'homes' },
    gain: { one: 'job', many: 'jobs' },
    trial: 'pilot',
    aTrial: 'a pilot',
    hour: 'crew hour',
  },
  IMPORTED: {
    unit: { one: 'customer', many: 'customers' },
    printedUnit: { one: 'customer', many: 'customers' },
    gain: { one: 'conversion', many: 'conversions' },
    trial: 'experiment',
    aTrial: 'an experiment',
    hour: 'hour of work',
  },
}

/** The nouns for a trial of this kind, in lower case. */
export const pilotWords = (kind: PilotDesign['kind']): PilotWords => WORDS[kind]

/** 'homes' → 'Homes', at the head of a sentence or a column. */
export const capitalised = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`
