/**
 * What happens at the invented properties, by a truth that the report does not know and has to find. An owner may sign
 * without us; a knock adds a part of what the model promises, less for some and more for others. Who is knocked on is
 * nearly, not quite, who was meant to be.
 */
import { FEATURE_COLUMNS } from '../domain/feature-columns.ts'
import type { FeatureColumn } from '../domain/feature-columns.ts'
import { seededRandom } from './seeded-random.ts'
import { STORM_PLACES } from './storm-places.ts'
import type { SyntheticProperty } from './synthetic-storm.ts'

export type Treatment = {
  /** The decision was TREAT. */
  readonly treated: boolean
  /** The model's predicted uplift; null where the property was not scored. */
  readonly uplift: number | null
  readonly seed: string
}

export type SyntheticOutcome =
  | { readonly converted: true; readonly valueMinorUnits: number; readonly dayOffset: number }
  | { readonly converted: false; readonly valueMinorUnits: null; readonly dayOffset: null }

/** Days in which outcomes count, numbered from 0. */
export const WINDOW_DAYS = 14
/** Crews knock in the first week, so that an answer still falls into the window. */
const KNOCK_DAYS = 7
const MEAN_DAYS_TO_ANSWER = 2.5

/** Treated properties that a crew reaches. */
export const KNOCKED_SHARE_OF_TREATED = 0.97

/** One crew keeps to its list, the other does not: so the two pilots of the demo differ in what they may claim. */
const knockedShareOfControl = ({ externalId }: SyntheticProperty): number =>
  Object.values(STORM_PLACES).find(({ idPrefix }) => externalId.startsWith(idPrefix))
    ?.knockedShareOfControl ?? 0

/** Without a knock, between these two chances by the property's features. */
export const LEAST_CONTROL_CHANCE = 0.1
export const MOST_CONTROL_CHANCE = 0.25

/** The model promises too much: a knock gives this part of its uplift, on average, … */
export const REALISED_SHARE_OF_UPLIFT = 0.58
/** … and is off by this much (standard deviation) from one property to the next. */
const EFFECT_NOISE = 0.03
const [LEAST_CHANCE, MOST_CHANCE] = [0.01, 0.95]

/** Cents: a roof of average size. */
const MEAN_VALUE = 1_500_000
const VALUE_SPREAD = 0.35
const AVERAGE_ROOF_AREA = 2_320
/** A roof twice as large costs 2^0.5 = 1.4 times as much. */
const VALUE_WITH_AREA = 0.5
const CENTS_PER_DOLLAR = 100

const indexOf = (column: FeatureColumn): number => FEATURE_COLUMNS.indexOf(column)
const [ROOF_AGE, HAIL, AREA] = [indexOf('roof_age_years'), indexOf('hail_max_in'), indexOf('roof_area_sqft')]
const [DISTANCE, OWNER] = [indexOf('distance_to_swath_mi'), indexOf('owner_occupied')]

const feature = (property: SyntheticProperty, index: number, otherwise: number): number =>
  property.features[index] ?? otherwise

/** Chance to sign without a knock: hail, an old roof and an owner at home raise it, distance lowers it. */
export const controlChance = (property: SyntheticProperty): number => {
  const pull =
    0.9 * (feature(property, HAIL, 1.5) - 1.5) +
    0.06 * (feature(property, ROOF_AGE, 15) - 15) -
    0.15 * (feature(property, DISTANCE, 3) - 3) +
    0.6 * (feature(property, OWNER, 1) - 0.7)
  return LEAST_CONTROL_CHANCE + (MOST_CONTROL_CHANCE - LEAST_CONTROL_CHANCE) / (1 + Math.exp(-pull))
}

/** What a knock adds to that chance at this property. */
export const knockEffect = (
  property: SyntheticProperty,
  { uplift, seed }: Pick<Treatment, 'uplift' | 'seed'>,
): number => {
  const noise = seededRandom(`${seed}\u0000effect\u0000${property.externalId}`).normal()
  return REALISED_SHARE_OF_UPLIFT * (uplift ?? 0) + EFFECT_NOISE * noise
}

/** Day of the crew's knock, or null where it did not knock. */
export const knockDay = (
  property: SyntheticProperty,
  { treated, seed }: Pick<Treatment, 'treated' | 'seed'>,
): number | null => {
  const random = seededRandom(`${seed}\u0000knock\u0000${property.externalId}`)
  const share = treated ? KNOCKED_SHARE_OF_TREATED : knockedShareOfControl(property)
  return random.uniform() < share ? random.below(KNOCK_DAYS) : null
}

/** Chance of the property to sign as it was worked, knocked on or not. */
export const conversionChance = (property: SyntheticProperty, treatment: Treatment): number => {
  const control = controlChance(property)
  if (knockDay(property, treatment) === null) return control
  return Math.min(Math.max(control + knockEffect(property, treatment), LEAST_CHANCE), MOST_CHANCE)
}

/**
 * Whether the property signs in the window, for how much (cents, log-normal around $15,000 in whole dollars) and on
 * which day (0–13). The same for the same seed; the draws do not depend on the treatment, only the chance does.
 */
export const syntheticOutcome = (property: SyntheticProperty, treatment: Treatment): SyntheticOutcome => {
  const random = seededRandom(`${treatment.seed}\u0000outcome\u0000${property.externalId}`)
  const converted = random.uniform() < conversionChance(property, treatment)
  if (!converted) return { converted, valueMinorUnits: null, dayOffset: null }
  const spread = Math.exp(VALUE_SPREAD * random.normal() - VALUE_SPREAD ** 2 / 2)
  const size = (feature(property, AREA, AVERAGE_ROOF_AREA) / AVERAGE_ROOF_AREA) ** VALUE_WITH_AREA
  const dollars = Math.round((MEAN_VALUE * size * spread) / CENTS_PER_DOLLAR)
  const knocked = knockDay(property, treatment)
  const answered = Math.floor(random.exponential() * MEAN_DAYS_TO_ANSWER)
  const dayOffset =
    knocked === null ? random.below(WINDOW_DAYS) : Math.min(knocked + answered, WINDOW_DAYS - 1)
  return { converted, valueMinorUnits: dollars * CENTS_PER_DOLLAR, dayOffset }
}
