/** What the models read of a roof, and in which order a property keeps it. */

/** The order of `PropertyRow.features`, and of the models' inputs. */
export const FEATURE_COLUMNS = [
  'roof_age_years',
  'hail_max_in',
  'wind_gust_mph',
  'home_value_k',
  'roof_area_sqft',
  'distance_to_swath_mi',
  'prior_claims',
  'owner_occupied',
  'last_contact_days',
  'tree_cover_pct',
] as const
export type FeatureColumn = (typeof FEATURE_COLUMNS)[number]
