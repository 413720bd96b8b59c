/**
 * Properties of an invented storm, for the demo and for measurements. Their features hang together as in life: less hail
 * farther from the swath, bigger roofs on dearer homes, investors who do not live under the roof they own. The
 * distributions follow those of the rows on which the reference uplift model was made.
 */
import { FEATURE_COLUMNS } from '../domain/feature-columns.ts'
import type { FeatureColumn } from '../domain/feature-columns.ts'
import type { Suppression } from '../import/property-columns.ts'
import type { PropertyRow } from '../import/read-properties.ts'
import { seededRandom, weighted } from './seeded-random.ts'
import type { SeededRandom } from './seeded-random.ts'
import { STORM_PLACES, STREETS } from './storm-places.ts'
import type { StormName, StormPlace } from './storm-places.ts'

export type SyntheticProperty = PropertyRow

export type SyntheticStormOptions = {
  readonly seed: string
  readonly storm: StormName
  readonly properties: number
}

type Features = Readonly<Record<FeatureColumn, number | null>>

/** Digits of the number in an external id: enough for the largest storm, and ids sort as they were made. */
const ID_DIGITS = 6

/** Miles. */
const MEAN_DISTANCE = 3
const MAX_DISTANCE = 20
/** Miles in which hail falls to 1/e of what fell in the middle. */
const HAIL_REACH = 15
const HAIL_SPREAD = 0.5
const MAX_HAIL = 6.5
/** Miles per hour. */
const MEAN_GUST = 58
const GUST_SPREAD = 14
const [LEAST_GUST, MOST_GUST] = [12, 120]
/** Years: the sum of four exponentials, so that few roofs are new and few very old. */
const ROOF_AGE_STEPS = 4
const MEAN_ROOF_AGE = 15.3
const MAX_ROOF_AGE = 60
/** Thousands of dollars. */
const MEDIAN_HOME_VALUE = 305
const HOME_VALUE_SPREAD = 0.4
/** Square feet. */
const MEAN_ROOF_AREA = 2_320
const ROOF_AREA_SPREAD = 620
const [LEAST_ROOF_AREA, MOST_ROOF_AREA] = [600, 4_500]
/** How much of a roof's size goes with the home's value (a correlation). */
const AREA_WITH_VALUE = 0.5
const SHARE_WITH_CLAIM = 0.3
const OWNER_OCCUPIED_SHARE = 0.72
const MEAN_LAST_CONTACT_DAYS = 320
const MAX_LAST_CONTACT_DAYS = 1_825
const MEAN_TREE_COVER = 29
const MAX_TREE_COVER = 95
/** Roofs whose age, and owners whose last contact, nobody knows. */
const UNKNOWN_ROOF_AGE_SHARE = 0.045
const UNKNOWN_CONTACT_SHARE = 0.09

const OPT_OUT_SHARE = 0.01
const DUPLICATE_SHARE = 0.004
/** Miles beyond which a crew is not sent. */
const OUTSIDE_SWATH_MI = 15

const OWNER_PERSONAS = [
  { item: 'FAMILY', weight: 40 },
  { item: 'RETIREE', weight: 27 },
  { item: 'FIRST_TIME_OWNER', weight: 21 },
  { item: 'CAREFUL_PLANNER', weight: 12 },
]
const ABSENT_PERSONAS = [
  { item: 'LANDLORD', weight: 80 },
  { item: 'INVESTOR', weight: 20 },
]

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most)

const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals))

const mound = (random: SeededRandom, steps: number, mean: number): number => {
  let sum = 0
  for (let step = 0; step < steps; step++) sum += random.exponential()
  return (sum / steps) * mean
}

const featuresOf = (random: SeededRandom, place: StormPlace): Features => {
  const distance = Math.min(random.exponential() * MEAN_DISTANCE, MAX_DISTANCE)
  const hail = place.hailAtCentre * Math.exp(HAIL_SPREAD * random.normal() - distance / HAIL_REACH)
  const wealth = random.normal()
  const size = AREA_WITH_VALUE * wealth + Math.sqrt(1 - AREA_WITH_VALUE ** 2) * random.normal()
  const roofAge = mound(random, ROOF_AGE_STEPS, MEAN_ROOF_AGE)
  const lastContact = random.exponential() * MEAN_LAST_CONTACT_DAYS
  const claims =
    (random.uniform() < SHARE_WITH_CLAIM ? 1 : 0) + (random.uniform() < SHARE_WITH_CLAIM / 6 ? 1 : 0)
  return {
    roof_age_years:
      random.uniform() < UNKNOWN_ROOF_AGE_SHARE ? null : rounded(clamp(roofAge, 0, MAX_ROOF_AGE), 1),
    hail_max_in: rounded(Math.min(hail, MAX_HAIL), 2),
    wind_gust_mph: rounded(clamp(MEAN_GUST + GUST_SPREAD * random.normal(), LEAST_GUST, MOST_GUST), 1),
    home_value_k: rounded(MEDIAN_HOME_VALUE * Math.exp(HOME_VALUE_SPREAD * wealth), 1),
    roof_area_sqft: rounded(
      clamp(MEAN_ROOF_AREA + ROOF_AREA_SPREAD * size, LEAST_ROOF_AREA, MOST_ROOF_AREA),
      0,
    ),
    distance_to_swath_mi: rounded(distance, 2),
    prior_claims: claims,
    owner_occupied: random.uniform() < OWNER_OCCUPIED_SHARE ? 1 : 0,
    last_contact_days:
      random.uniform() < UNKNOWN_CONTACT_SHARE
        ? null
        : rounded(Math.min(lastContact, MAX_LAST_CONTACT_DAYS), 0),
    tree_cover_pct: rounded(Math.min(mound(random, 3, MEAN_TREE_COVER), MAX_TREE_COVER), 1),
  }
}

const suppressionOf = (random: SeededRandom, distance: number): Suppression | null => {
  const draw = random.uniform()
  if (draw < OPT_OUT_SHARE) return 'OPT_OUT'
  if (draw < OPT_OUT_SHARE + DUPLICATE_SHARE) return 'DUPLICATE'
  return distance > OUTSIDE_SWATH_MI ? 'OUTSIDE_SWATH' : null
}

/** Degrees around the middle in which the roofs lie, about 10 miles. */
const SCATTER_DEGREES = 0.15
/** About a metre. */
const DEGREE_DECIMALS = 5
const HOUSES_PER_STREET = 900

const propertyOf = (random: SeededRandom, place: StormPlace, number: number): SyntheticProperty => {
  const features = featuresOf(random, place)
  const street = STREETS[random.below(STREETS.length)] ?? STREETS[0]
  return {
    externalId: `${place.idPrefix}-${String(number).padStart(ID_DIGITS, '0')}`,
    address: `${101 + random.below(HOUSES_PER_STREET)} ${street}`,
    city: place.city,
    state: place.state,
    zip: weighted(random, place.zips),
    persona: weighted(random, features.owner_occupied === 1 ? OWNER_PERSONAS : ABSENT_PERSONAS),
    ownerName: null,
    ownerPhone: null,
    ownerEmail: null,
    latitude: rounded(place.latitude + (random.uniform() - 0.5) * 2 * SCATTER_DEGREES, DEGREE_DECIMALS),
    longitude: rounded(place.longitude + (random.uniform() - 0.5) * 2 * SCATTER_DEGREES, DEGREE_DECIMALS),
    suppressed: suppressionOf(random, features.distance_to_swath_mi ?? 0),
    features: FEATURE_COLUMNS.map((column) => features[column]),
  }
}

/**
 * The storm's properties, made as they are asked for; the same for the same seed and storm, and a shorter storm is the
 * beginning of a longer one. No owner has a name, a phone or a mail address.
 */
export const syntheticStorm = function* (options: SyntheticStormOptions): Generator<SyntheticProperty> {
  const place = STORM_PLACES[options.storm]
  const random = seededRandom(`${options.seed}\u0000${options.storm}`)
  for (let number = 1; number <= options.properties; number++) yield propertyOf(random, place, number)
}
