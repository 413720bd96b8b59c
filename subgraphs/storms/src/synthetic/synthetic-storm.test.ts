import { describe, expect, it } from 'vitest'
import { csvSource, readAll } from '../import/csv-source.fixture.ts'
import { FEATURE_COLUMNS } from '../domain/feature-columns.ts'
import type { FeatureColumn } from '../domain/feature-columns.ts'
import { readProperties } from '../import/read-properties.ts'
import { csvPieces, toCsv } from './property-csv.ts'
import { referenceUplift } from './reference-uplift.fixture.ts'
import { STREETS } from './storm-places.ts'
import { syntheticStorm } from './synthetic-storm.ts'
import type { SyntheticProperty } from './synthetic-storm.ts'

const storm = (properties: number, options: { seed?: string; storm?: 'dfw' | 'lone-star' } = {}) => [
  ...syntheticStorm({ seed: 'a seed', storm: 'dfw', ...options, properties }),
]

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** Properties that have both features. */
const correlation = (properties: readonly SyntheticProperty[], one: FeatureColumn, other: FeatureColumn) => {
  const [a, b] = [FEATURE_COLUMNS.indexOf(one), FEATURE_COLUMNS.indexOf(other)]
  const pairs = properties.flatMap(({ features }) => {
    const [x, y] = [features[a] ?? null, features[b] ?? null]
    return x === null || y === null ? [] : [{ x, y }]
  })
  const [meanX, meanY] = [mean(pairs.map(({ x }) => x)), mean(pairs.map(({ y }) => y))]
  const moment = (f: (pair: { x: number; y: number }) => number) => mean(pairs.map(f))
  return (
    moment(({ x, y }) => (x - meanX) * (y - meanY)) /
    Math.sqrt(moment(({ x }) => (x - meanX) ** 2) * moment(({ y }) => (y - meanY) ** 2))
  )
}

describe('a synthetic storm', () => {
  it('is the same for the same seed, and a short one is the beginning of a long one', () => {
    expect(storm(50)).toEqual(storm(80).slice(0, 50))
    expect(storm(50)).not.toEqual(storm(50, { seed: 'another seed' }))
    expect(storm(50, { storm: 'lone-star' })[0]?.features).not.toEqual(storm(50)[0]?.features)
  })

  it('says of every property that it is invented, and names no owner', () => {
    for (const property of [...storm(500), ...storm(500, { storm: 'lone-star' })]) {
      expect(property.externalId).toMatch(/^SYN-(DFW|LSR)-\d{6}$/)
      expect(property.city).toMatch(/^(Example|Sample) /)
      expect(STREETS.some((street) => property.address?.endsWith(` ${street}`))).toBe(true)
      expect([property.ownerName, property.ownerPhone, property.ownerEmail]).toEqual([null, null, null])
    }
  })

  it('comes back from its own CSV file as it was', async () => {
    const properties = storm(2_500)
    const { accepted, rejected, batchSizes } = await readAll(
      readProperties(csvSource(toCsv(properties), 4_096)),
    )
    expect(rejected).toEqual([])
    expect(accepted).toEqual(properties)
    expect(batchSizes).toEqual([1_000, 1_000, 500])
  })

  it('comes back also with quotes, delimiters and line breaks in its texts', async () => {
    const [property] = storm(1)
    if (property === undefined) throw new Error('The storm is empty')
    const odd = { ...property, address: '6" pipe, "The Barn"\r\nback door', ownerName: 'Ann;Roe' }
    const { accepted } = await readAll(readProperties(csvSource(toCsv([odd]))))
    expect(accepted).toEqual([odd])
  })

  it('is written piece by piece', () => {
    let made = 0
    const counted = function* (): Generator<SyntheticProperty> {
      for (const property of syntheticStorm({ seed: 's', storm: 'dfw', properties: 100_000 })) {
        made++
        yield property
      }
    }
    const { value } = csvPieces(counted()).next()
    expect(value).toContain('SYN-DFW-000001')
    expect(made).toBeLessThanOrEqual(500)
  })

  it('has features that hang together', () => {
    const properties = storm(6_000)
    expect(correlation(properties, 'hail_max_in', 'distance_to_swath_mi')).toBeLessThan(-0.2)
    expect(correlation(properties, 'home_value_k', 'roof_area_sqft')).toBeGreaterThan(0.35)
    expect(Math.abs(correlation(properties, 'tree_cover_pct', 'wind_gust_mph'))).toBeLessThan(0.05)
    const owner = FEATURE_COLUMNS.indexOf('owner_occupied')
    const landlords = properties.filter((property) => property.persona === 'LANDLORD')
    expect(landlords.length).toBeGreaterThan(1_000)
    expect(landlords.every((property) => property.features[owner] === 0)).toBe(true)
  })

  it('leaves out some two per cent of the properties', () => {
    const properties = storm(6_000)
    const share = properties.filter((property) => property.suppressed !== null).length / properties.length
    expect(share).toBeGreaterThan(0.01)
    expect(share).toBeLessThan(0.04)
  })

  it.each([
    ['dfw', 'v1'],
    ['dfw', 'v2'],
    ['lone-star', 'v1'],
    ['lone-star', 'v2'],
  ] as const)('of %s has a mean predicted uplift near 0.18 by model %s', (name, version) => {
    const upliftOf = referenceUplift(version)
    const average = mean(storm(2_000, { storm: name }).map(upliftOf))
    expect(average).toBeGreaterThan(0.165)
    expect(average).toBeLessThan(0.2)
  })
})
