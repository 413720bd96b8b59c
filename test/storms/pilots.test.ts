import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canonicalHash } from '@stormops/chassis/values/canonical'
import { pilotReport } from '../../subgraphs/storms/src/domain/report-pilot.ts'
import { newcombe } from '../../subgraphs/storms/src/domain/statistics/newcombe.ts'
import { referenceUplift } from '../../subgraphs/storms/src/synthetic/reference-uplift.fixture.ts'
import { syntheticStorm } from '../../subgraphs/storms/src/synthetic/synthetic-storm.ts'
import type { SyntheticProperty } from '../../subgraphs/storms/src/synthetic/synthetic-storm.ts'
import { openWorld, uuidOf } from '../world/world.ts'
import type { Client, TestTenant, World } from '../world/world.ts'
import { assignmentRows, expectedMeasurements } from './pilot-oracle.ts'
import type { Expected } from './pilot-oracle.ts'
import { completePilot, letItHappen, measuredPilot, startPilot } from './pilot-story.ts'
import { openRows } from './rows.ts'
import type { Rows } from './rows.ts'
import {
  createStorm,
  daysFromNow,
  importProperties,
  pilotIs,
  propertiesOf,
  recordOutcomes,
  scoreStorm,
} from './storm-builders.ts'

let world: World
let tenant: TestTenant
let owner: Client
let rows: Rows
beforeAll(async () => {
  world = await openWorld()
  tenant = await world.tenant()
  owner = tenant.as('OWNER')
  rows = await openRows(world.database.admin)
})
afterAll(async () => {
  await rows.close()
  await world.close()
})

const scoredStorm = async (
  properties: readonly SyntheticProperty[],
  change: object = {},
): Promise<string> => {
  const stormId = await createStorm(owner, change)
  await importProperties(owner, stormId, properties)
  await scoreStorm(owner, stormId)
  return stormId
}

const synthetic = (properties: number, seed = 'pilots'): SyntheticProperty[] => [
  ...syntheticStorm({ seed, storm: 'dfw', properties }),
]

type StoredPilot = {
  measurements: any
  report: any
  input_hash: string
  pdf_sha256: string
  completed_at: Date
}

const storedPilot = (pilotId: string): Promise<StoredPilot> =>
  rows.one(
    `select measurements, report, input_hash, pdf_sha256, completed_at from storms.pilot where id = $1`,
    [uuidOf(pilotId)],
  )

/** Means are sums of floats, whose order is free; everything else must be the same to the last digit. */
const withoutMeans = ({ deciles, ...rest }: Expected) => ({
  ...rest,
  segments: rest.segments.toSorted((a, b) => (a.dimension + a.key < b.dimension + b.key ? -1 : 1)),
  deciles: deciles.map(({ predictedMean: _mean, ...decile }) => decile),
})

const expectTallies = (measured: any, expected: Expected): void => {
  const {
    design: _design,
    rehash: _rehash,
    duplicates: _duplicates,
    dataQuality: _quality,
    sloBreaches: _slo,
    ...tallies
  } = measured
  expect(withoutMeans(tallies)).toEqual(withoutMeans(expected))
  for (const [place, { predictedMean }] of expected.deciles.entries()) {
    expect(tallies.deciles[place].predictedMean).toBeCloseTo(predictedMean, 12)
  }
}

const REPORT = `query ($id: ID!) {
  pilot(id: $id) {
    status policyMode startedAt completedAt
    steps { name status attempts startedAt endedAt error note }
    design { threshold holdoutShare plannedN modelVersion windowEndsAt }
    reportPdf { url sha256 }
    report {
      verdict reasons inputHash minimumDetectableEffect qini auuc upliftAtTenth upliftAtThreeTenths
      gates { name status detail pValue }
      arms { arm n conversions revenuePerProperty { minorUnits currency } }
      lift { absolute { value low high } pValue }
      money { incrementalRevenue { minorUnits } cost { minorUnits currency } roi }
      stratified { value } complierEffect { value }
      deciles { decile treatN controlN predicted realised { value } }
      segments { dimension key treatN controlN status }
      daily { day treatConversions controlConversions }
    }
  }
}`

describe('a pilot from its start to its report', () => {
  const startsAt = daysFromNow(-20)
  let stormId: string
  let pilotId: string
  let endsAt: Date
  beforeAll(async () => {
    const properties = synthetic(1_500)
    endsAt = new Date(daysFromNow(10))
    stormId = await scoredStorm(properties, { startsAt, endsAt: endsAt.toISOString() })
    const started = await startPilot(owner, stormId, {
      cost: { minorUnits: 4_000_000, currency: 'USD' },
      crewHours: 400,
    })
    pilotId = started.pilot.id
    await pilotIs(owner, pilotId, 'RUNNING')
    await letItHappen(owner, stormId, startsAt, properties)
    await measuredPilot(owner, pilotId)
  })

  it('sends the crews out with its policy', async () => {
    const { storm } = await owner.data(
      `query ($id: ID!) { storm(id: $id) { status policy { mode frozen } } }`,
      {
        id: stormId,
      },
    )
    expect(storm).toEqual({ status: 'ACTIVE', policy: { mode: 'MODERATE', frozen: true } })
  })

  it('measures exactly what its rows say', async () => {
    const { measurements } = await storedPilot(pilotId)
    const expected = expectedMeasurements(await assignmentRows(rows, stormId), {
      end: endsAt,
      timeZone: 'America/Chicago',
      cut: null,
    })
    expect(expected.primary.control.n).toBeGreaterThan(100)
    expect(expected.exploration?.treat.n).toBeGreaterThan(0)
    expect(expected.daily.length).toBeGreaterThan(10)
    expectTallies(measurements, expected)
    expect(measurements.rehash).toEqual({ checked: 1_500, differences: 0 })
    expect(measurements.duplicates).toBe(0)
  })

  it('reports what its measurements say, and shows it in the graph', async () => {
    const { measurements, report, input_hash } = await storedPilot(pilotId)
    expect(report).toEqual(JSON.parse(JSON.stringify(pilotReport(measurements))))
    expect(input_hash).toBe(canonicalHash(measurements))
    const { pilot } = await owner.data(REPORT, { id: pilotId })
    const { treat, control } = measurements.primary
    const lift = newcombe(treat, control)
    expect(pilot.report).toMatchObject({
      verdict: report.verdict,
      inputHash: input_hash,
      qini: report.model.qini,
      auuc: report.model.auuc,
      arms: [
        { arm: 'TREAT', n: treat.n, conversions: treat.conversions },
        { arm: 'CONTROL', n: control.n, conversions: control.conversions },
      ],
      lift: { absolute: { value: lift?.value, low: lift?.interval.low, high: lift?.interval.high } },
      money: { cost: { minorUnits: 4_000_000, currency: 'USD' }, roi: report.money.roi.value },
    })
    expect(pilot.report.deciles).toHaveLength(10)
    expect(pilot.report.daily).toHaveLength(measurements.daily.length)
    expect(pilot.report.gates.map((gate: any) => gate.name)).toEqual([
      'SAMPLE_RATIO',
      'CONTAMINATION',
      'COMPLIANCE',
      'MISSING_OUTCOMES',
      'ASSIGNMENT',
      'DUPLICATES',
    ])
    expect(pilot.report.gates.find((gate: any) => gate.name === 'ASSIGNMENT').status).toBe('PASS')
    expect(['INVALID', 'NOT_ENOUGH_DATA']).not.toContain(pilot.report.verdict)
    expect(pilot.design).toMatchObject({
      threshold: 0.1,
      holdoutShare: 0.2,
      windowEndsAt: endsAt.toISOString(),
    })
  })

  it('shows each step done, once', async () => {
    const { pilot } = await owner.data(REPORT, { id: pilotId })
    expect(
      pilot.steps.map(({ name, status, attempts, error }: any) => [name, status, attempts, error]),
    ).toEqual(
      ['backup', 'apply-policy', 'baseline', 'execute', 'measure', 'money', 'quality', 'report'].map(
        (name) => [name, 'DONE', 1, null],
      ),
    )
    const notes = pilot.steps.flatMap(({ note }: any) => (note === null ? [] : [note]))
    expect(notes).toEqual(['UNKNOWN: no backup has been written down yet.'])
  })

  it('gives a report to forward, whose bytes are those it names', async () => {
    const { pilot } = await owner.data(REPORT, { id: pilotId })
    const response = await fetch(pilot.reportPdf.url)
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('application/pdf')
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(pilot.reportPdf.sha256)
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-')
    const url: string = pilot.reportPdf.url
    for (const place of [-3, -60, -150]) {
      const other = url.at(place) === 'A' ? 'B' : 'A'
      const tampered = await fetch(url.slice(0, place) + other + url.slice(place + 1))
      await tampered.text()
      expect(tampered.status).toBe(404)
    }
    const sent = await fetch(url.replace('/files/', '/uploads/'), { method: 'PUT', body: 'x' })
    await sent.text()
    expect(sent.status).toBe(404)
  })

  it('never changes, not even for whoever owns the database', async () => {
    const before = await storedPilot(pilotId)
    const change = `update storms.pilot set report = '{}' where id = $1`
    await expect(rows.many(change, [uuidOf(pilotId)])).rejects.toThrow(/never changes/)
    await expect(rows.many(`delete from storms.pilot where id = $1`, [uuidOf(pilotId)])).rejects.toThrow(
      /never changes/,
    )
    expect(await completePilot(owner, pilotId)).toMatchObject({
      __typename: 'CompletePilotSuccess',
      pilot: { status: 'COMPLETED' },
    })
    const [property] = await propertiesOf(owner, stormId)
    await recordOutcomes(owner, stormId, [{ propertyId: property?.id, converted: true, at: daysFromNow(-1) }])
    expect(await storedPilot(pilotId)).toEqual(before)
  })

  it('is measured once: a second start shows the first', async () => {
    expect(await startPilot(owner, stormId)).toMatchObject({
      __typename: 'PilotRunning',
      pilot: { id: pilotId },
    })
  })

  it('is listed for those who may see it', async () => {
    const { pilots } = await tenant.as('VIEWER').data(`{ pilots(first: 100) { edges { node { id } } } }`)
    expect(pilots.edges.map((edge: any) => edge.node.id)).toContain(pilotId)
    for (const query of [`{ pilot(id: "${pilotId}") { id } }`, `{ pilots { edges { node { id } } } }`]) {
      const { errors } = await tenant.as('CREW').send(query)
      expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
    }
  })
})

describe('a pilot whose crews could not work all', () => {
  it('compares, in both arms, only what lies above the cut', async () => {
    const uplift = referenceUplift('v1')
    const hot = synthetic(1_500, 'capacity')
      .filter((property) => uplift(property) > 0.2)
      .slice(0, 320)
    const cold = synthetic(400, 'capacity')
      .filter((property) => uplift(property) < 0.15)
      .slice(0, 30)
    const properties = [...hot, ...cold]
    const [startsAt, endsAt] = [daysFromNow(-20), new Date(daysFromNow(-9))]
    const stormId = await scoredStorm(properties, { startsAt, endsAt: endsAt.toISOString() })
    const { pilot } = await startPilot(owner, stormId, { policyMode: 'CONSERVATIVE' })
    await pilotIs(owner, pilot.id, 'RUNNING')
    await letItHappen(owner, stormId, startsAt, properties, 1_000)
    await measuredPilot(owner, pilot.id)
    const { capacity_cut: cut } = await rows.one<{ capacity_cut: number | null }>(
      `select capacity_cut from storms.storm where id = $1`,
      [uuidOf(stormId)],
    )
    expect(cut).not.toBeNull()
    const all = await assignmentRows(rows, stormId)
    expect(all.filter(({ reason }) => reason === 'CAPACITY').length).toBeGreaterThan(0)
    // Outcomes of the days after the window are there, and do not count.
    expect(all.some(({ outcome_at }) => outcome_at !== null && outcome_at >= endsAt)).toBe(true)
    const expected = expectedMeasurements(all, { end: endsAt, timeZone: 'America/Chicago', cut })
    expect(expected.primary.treat.n + expected.primary.control.n).toBeGreaterThan(10)
    expect(expected.assigned.control).toBeLessThan(
      all.filter(({ reason }) => reason === 'RANDOM_CONTROL').length,
    )
    expectTallies((await storedPilot(pilot.id)).measurements, expected)
  })
})
