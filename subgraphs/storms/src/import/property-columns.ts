/**
 * What may be known about a roof. The ranges are wide enough for every real property and narrow enough to catch a wrong
 * unit, a swapped column or a typing error.
 */
import type { FeatureColumn } from '../domain/feature-columns.ts'
import type { NumberRange } from './cell-values.ts'

/** Years. Slate and tile outlive a century. */
export const ROOF_AGE_YEARS: NumberRange = { min: 0, max: 150 }
/** Inches. The largest hailstone on record in the United States had 8.0 (Vivian, South Dakota, 2010; NOAA). */
export const HAIL_MAX_IN: NumberRange = { min: 0, max: 10 }
/** Miles per hour. The highest gust measured by an anemometer is 253 (Barrow Island, 1996; WMO). */
export const WIND_GUST_MPH: NumberRange = { min: 0, max: 300 }
/** Thousands of dollars: up to $100 million. A value in whole dollars falls out from $100,001. */
export const HOME_VALUE_K: NumberRange = { min: 0, max: 100_000 }
/** Square feet. From a shed to a distribution centre; 0 means unknown and should be an empty cell. */
export const ROOF_AREA_SQFT: NumberRange = { min: 1, max: 2_000_000 }
/** Miles. Farther away it was another storm. */
export const DISTANCE_TO_SWATH_MI: NumberRange = { min: 0, max: 500 }
/** Claims in the property's history. */
export const PRIOR_CLAIMS: NumberRange = { min: 0, max: 100, whole: true }
/** Days: a century. */
export const LAST_CONTACT_DAYS: NumberRange = { min: 0, max: 36_525 }
/** Per cent of the lot under trees. */
export const TREE_COVER_PCT: NumberRange = { min: 0, max: 100 }

/** owner_occupied is yes or no in the file, 1 or 0 in the features. */
export const FEATURE_RANGES: Readonly<Record<FeatureColumn, NumberRange | 'YES_NO'>> = {
  roof_age_years: ROOF_AGE_YEARS,
  hail_max_in: HAIL_MAX_IN,
  wind_gust_mph: WIND_GUST_MPH,
  home_value_k: HOME_VALUE_K,
  roof_area_sqft: ROOF_AREA_SQFT,
  distance_to_swath_mi: DISTANCE_TO_SWATH_MI,
  prior_claims: PRIOR_CLAIMS,
  owner_occupied: 'YES_NO',
  last_contact_days: LAST_CONTACT_DAYS,
  tree_cover_pct: TREE_COVER_PCT,
}

/** Degrees. */
export const LATITUDE: NumberRange = { min: -90, max: 90 }
export const LONGITUDE: NumberRange = { min: -180, max: 180 }

/** Characters. */
export const EXTERNAL_ID_CHARACTERS = 200
export const ADDRESS_CHARACTERS = 300
export const CITY_CHARACTERS = 100
export const STATE_CHARACTERS = 50
/** The longest postal codes of the world have 10; two are left for blanks. */
export const ZIP_CHARACTERS = 12
export const PERSONA_CHARACTERS = 100
export const OWNER_NAME_CHARACTERS = 200
/** E.164 has 15 digits; the rest is for punctuation and an extension. */
export const PHONE_CHARACTERS = 40
/** RFC 5321, 4.5.3.1.3: a path of 256 with its angle brackets. */
export const EMAIL_CHARACTERS = 254

export const EXTERNAL_ID_COLUMN = 'external_id'
export const EXTERNAL_ID_ALIASES = ['property_id', 'id'] as const

/** Why a property is left out of every decision. */
export const SUPPRESSIONS = ['OPT_OUT', 'DUPLICATE', 'OUTSIDE_SWATH'] as const
export type Suppression = (typeof SUPPRESSIONS)[number]
