import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rankingOf } from '../../subgraphs/storms/src/domain/statistics/qini.ts'
import { openWorld, uuidOf } from '../world/world.ts'
import type { Client, TestTenant, World } from '../world/world.ts'
import { openRows } from './rows.ts'
import type { Rows } from './rows.ts'
import { pilotIs, upload } from './storm-builders.ts'

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

const IMPORT_EXPERIMENT = `mutation ($input: ImportExperimentInput!) {
  importExperiment(input: $input) {
    __typename
    ... on ImportExperimentSuccess { rowsAccepted pilot { id kind name } }
    ... on FileRefused { code message }
    ... on RowsRefused { message rejections { line reason } }
    ... on InvalidInput { field message }
    ... on NotFound { id }
    ... on UserError { message }
  }
}`
const REPORT = `query ($id: ID!) {
  pilot(id: $id) {
    kind storm { id } policyMode steps { name status attempts } design { plannedN }
    report {
      verdict qini auuc
      gates { name status }
      arms { arm n conversions rate { value } revenuePerProperty { minorUnits currency } }
      lift { absolute { value low high } }
      segments { dimension key treatN controlN status }
      deciles { decile treatN controlN }
    }
    reportPdf { sha256 }
  }
}`

const importing = async (change: object): Promise<any> =>
  (await owner.data(IMPORT_EXPERIMENT, { input: { name: 'Post cards', ...change } })).importExperiment

const reported = async (change: object): Promise<any> => {
  const imported = await importing(change)
  if (imported.__typename !== 'ImportExperimentSuccess') throw new Error(JSON.stringify(imported))
  await pilotIs(owner, imported.pilot.id, 'COMPLETED')
  return (await owner.data(REPORT, { id: imported.pilot.id })).pilot
}

const pilotCount = async (): Promise<number> =>
  (
    await rows.one<{ n: number }>(`select count(*)::int as n from storms.pilot where tenant_id = $1`, [
      tenant.uuid,
    ])
  ).n

/** Customer n of an experiment in which every third treated and every sixth other customer buys. */
const aRow = (n: number, change: object = {}) => {
  const arm = n % 2 === 0 ? 'TREAT' : 'CONTROL'
  const converted = n % 6 === 0 || n % 12 === 5
  return {
    id: `Row-${n % 7 === 0 ? 'a' : 'B'}${n}`,
    arm,
    converted,
    valueMinorUnits: converted ? 1_000 + n : null,
    score: (n % 10) / 10,
    segments: [{ dimension: 'channel', key: n % 4 < 2 ? 'web' : 'phone' }],
    ...change,
  }
}
const someRows = (count: number) => Array.from({ length: count }, (_, n) => aRow(n))

describe('an experiment given in a request', () => {
  it('is measured like a pilot', async () => {
    const given = someRows(400)
    const pilot = await reported({ rows: given, expectedTreatShare: 0.5 })
    expect(pilot).toMatchObject({
      kind: 'IMPORTED',
      storm: null,
      policyMode: null,
      design: { plannedN: 400 },
    })
    expect(pilot.steps.map(({ name, status }: any) => [name, status])).toEqual(
      ['measure', 'money', 'quality', 'report'].map((name) => [name, 'DONE']),
    )
    const of = (arm: string) => given.filter((row) => row.arm === arm)
    for (const { arm, n, conversions, revenuePerProperty } of pilot.report.arms) {
      const value = of(arm).reduce((sum, { valueMinorUnits }) => sum + (valueMinorUnits ?? 0), 0)
      expect([n, conversions]).toEqual([of(arm).length, of(arm).filter(({ converted }) => converted).length])
      expect(revenuePerProperty).toEqual({ minorUnits: Math.round(value / n), currency: 'USD' })
    }
    expect(pilot.report.segments.filter((segment: any) => segment.dimension === 'channel')).toHaveLength(2)
    expect(pilot.report.gates.find((gate: any) => gate.name === 'SAMPLE_RATIO').status).toBe('PASS')
  })

  it('ranks equal scores by id, in the order of the characters’ codes', async () => {
    const given = someRows(200)
    const imported = await importing({ rows: given })
    await pilotIs(owner, imported.pilot.id, 'COMPLETED')
    const { measurements } = await rows.one<{ measurements: any }>(
      `select measurements from storms.pilot where id = $1`,
      [uuidOf(imported.pilot.id)],
    )
    const expected = rankingOf(
      given.map(({ id, score, arm, converted }) => ({ id, score, treated: arm === 'TREAT', converted })),
    )
    const counts = ({ treat, control }: any) => [treat.n, treat.conversions, control.n, control.conversions]
    expect(measurements.ranking.qiniArea).toBe(expected.qiniArea)
    expect(measurements.ranking.upliftArea).toBe(expected.upliftArea)
    expect(counts(measurements.ranking.topTenth)).toEqual(counts(expected.topTenth))
    expect(counts(measurements.ranking.topThreeTenths)).toEqual(counts(expected.topThreeTenths))
  })

  it('is refused whole when some rows cannot be used', async () => {
    const before = await pilotCount()
    const answer = await importing({
      rows: [
        aRow(0),
        aRow(1, { id: '' }),
        aRow(2, { id: aRow(0).id }),
        aRow(3, { converted: false, valueMinorUnits: 5 }),
        aRow(4, { converted: true, valueMinorUnits: -5 }),
        aRow(5, { id: 'zero\u0000' }),
        aRow(6, { segments: [{ dimension: 'a', key: '\u0000' }] }),
      ],
    })
    expect(answer).toMatchObject({ __typename: 'RowsRefused', message: expect.stringMatching(/^6 rows/) })
    expect(answer.rejections.map(({ line }: any) => line)).toEqual([1, 2, 3, 4, 5, 6])
    expect(await pilotCount()).toBe(before)
    const { n } = await rows.one<{ n: number }>(
      `select count(*)::int as n from storms.experiment_row r where tenant_id = $1
         and not exists (select from storms.pilot p where p.id = r.pilot_id)`,
      [tenant.uuid],
    )
    expect(n).toBe(0)
  })

  it.each([
    ['rows', { rows: [] }],
    ['rows', {}],
    ['rows', { uploadId: 'upl_1' }],
    ['rows', { rows: [aRow(0)], uploadId: 'upl_1' }],
    ['name', { name: ' ', rows: [aRow(0)] }],
    ['name', { name: 'zero\u0000', rows: [aRow(0)] }],
    ['expectedTreatShare', { expectedTreatShare: 1, rows: [aRow(0)] }],
    ['currency', { currency: 'usd', rows: [aRow(0)] }],
    ['cost.currency', { cost: { minorUnits: 1, currency: 'EUR' }, rows: [aRow(0)] }],
  ])('says that %s is wrong: %j', async (field, change) => {
    expect(await importing(change)).toMatchObject({ __typename: 'InvalidInput', field })
  })

  it('is refused with more than 5,000 rows', async () => {
    const rows = Array.from({ length: 5_001 }, (_, n) => ({ id: `${n}`, arm: 'TREAT', converted: false }))
    expect(await importing({ rows })).toMatchObject({ __typename: 'InvalidInput', field: 'rows' })
  })
})

const COLUMNS = { id: 'id', arm: 'arm', treat: 'mail', control: 'none', converted: 'bought', value: 'spend' }

describe('an experiment in a file', () => {
  it.each([
    ['MISSING_COLUMNS', 'id,arm,bought\n1,mail,1'],
    ['EMPTY', ' '],
    ['BINARY', 'id,arm,bought,spend\n\u0000'],
  ])('is refused as %s', async (code, csv) => {
    const before = await pilotCount()
    const uploadId = await upload(owner, csv)
    expect(await importing({ uploadId, columns: COLUMNS })).toMatchObject({ __typename: 'FileRefused', code })
    expect(await pilotCount()).toBe(before)
  })

  it('is refused whole when one line cannot be used, with the line', async () => {
    const before = await pilotCount()
    const good = Array.from({ length: 2_200 }, (_, n) => `${n},${n % 2 === 0 ? 'mail' : 'none'},0,`)
    const uploadId = await upload(
      owner,
      ['id,arm,bought,spend', ...good, 'x,other,0,', 'y,mail,0,5'].join('\n'),
    )
    expect(await importing({ uploadId, columns: COLUMNS })).toMatchObject({
      __typename: 'RowsRefused',
      rejections: [
        { line: 2_202, reason: expect.stringContaining("'other'") },
        { line: 2_203, reason: expect.stringContaining('without conversion') },
      ],
    })
    expect(await pilotCount()).toBe(before)
  })

  it('has a place that has no file yet', async () => {
    const { createUpload } = await owner.data(
      `mutation { createUpload { ... on CreateUploadSuccess { upload { id } } } }`,
    )
    expect(await importing({ uploadId: createUpload.upload.id, columns: COLUMNS })).toMatchObject({
      __typename: 'InvalidInput',
      field: 'uploadId',
    })
  })
})

/** Not part of the repository: two arms of the e-mail experiment that Kevin Hillstrom published in 2008. */
const HILLSTROM = new URL('../../../shared/data/hillstrom-mens.csv', import.meta.url)
const isHere = existsSync(HILLSTROM)
if (!isHere)
  console.log(
    'Skipped: the Hillstrom experiment is not beside the repository (shared/data/hillstrom-mens.csv).',
  )

describe.skipIf(!isHere)('a published experiment of 42,613 customers', () => {
  it.each([
    ['visit', 0.18276, 0.10617, 0.07659, 3_894, 2_262],
    ['conversion', 0.01253, 0.00573, 0.006805, 267, 122],
  ])('gives the published figures for %s', async (converted, treat, control, lift, treated, others) => {
    const uploadId = await upload(owner, readFileSync(HILLSTROM))
    const { report } = await reported({
      uploadId,
      expectedTreatShare: 0.5,
      columns: {
        id: 'customer_id',
        arm: 'segment',
        treat: 'Mens E-Mail',
        control: 'No E-Mail',
        converted,
        segments: ['zip_code', 'channel'],
      },
    })
    expect(report.arms.map(({ n, conversions }: any) => [n, conversions])).toEqual([
      [21_307, treated],
      [21_306, others],
    ])
    expect(report.arms[0].rate.value).toBeCloseTo(treat, 5)
    expect(report.arms[1].rate.value).toBeCloseTo(control, 5)
    expect(report.lift.absolute.value).toBeCloseTo(lift, 5)
    expect(report.segments.filter(({ dimension }: any) => dimension === 'channel')).toHaveLength(3)
  })

  it('gives the published spending per customer', async () => {
    const uploadId = await upload(owner, readFileSync(HILLSTROM))
    const { report } = await reported({
      uploadId,
      columns: {
        id: 'customer_id',
        arm: 'segment',
        treat: 'Mens E-Mail',
        control: 'No E-Mail',
        converted: 'conversion',
        value: 'spend',
      },
    })
    // 1.42262 and 0.65279 dollars, shown in whole cents.
    expect(report.arms.map((arm: any) => arm.revenuePerProperty.minorUnits)).toEqual([142, 65])
  })
})
