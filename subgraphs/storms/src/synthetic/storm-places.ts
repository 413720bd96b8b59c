/** The two invented storms of the demo. Streets and towns say that they are examples; nobody lives there. */

export type StormName = 'dfw' | 'lone-star'

export type StormPlace = {
  readonly idPrefix: string
  readonly city: string
  readonly state: string
  /** Degrees, the middle of the swath. */
  readonly latitude: number
  readonly longitude: number
  /** Inches of hail in the middle of the swath, the median roof. */
  readonly hailAtCentre: number
  /** Share of the held-back properties on which this storm's crew knocks by mistake. */
  readonly knockedShareOfControl: number
  /** Of unequal size, and one of them too small to be read as a segment. */
  readonly zips: readonly { readonly item: string; readonly weight: number }[]
}

const zips = (first: number): StormPlace['zips'] =>
  [24, 20, 16, 13, 11, 9, 6, 1].map((weight, index) => ({ item: String(first + index), weight }))

export const STORM_PLACES: Readonly<Record<StormName, StormPlace>> = {
  dfw: {
    idPrefix: 'SYN-DFW',
    city: 'Example City',
    state: 'TX',
    latitude: 32.9,
    longitude: -97.04,
    hailAtCentre: 1.6,
    knockedShareOfControl: 0,
    zips: zips(75_990),
  },
  'lone-star': {
    idPrefix: 'SYN-LSR',
    city: 'Sample Prairie',
    state: 'TX',
    latitude: 30.08,
    longitude: -97.84,
    hailAtCentre: 1.5,
    knockedShareOfControl: 0.005,
    zips: zips(78_990),
  },
}

export const STREETS = [
  'Example Hail Ln',
  'Sample Shingle Dr',
  'Placeholder Ridge Rd',
  'Fictional Gable Ct',
  'Specimen Eave St',
  'Invented Gutter Way',
  'Mock Squall Ave',
  'Pretend Downspout Blvd',
] as const
