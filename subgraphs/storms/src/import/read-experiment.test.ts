import { createReadStream, existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { csvSource, readAll } from './csv-source.fixture.ts'
import { readExperiment } from './read-experiment.ts'
import type { ExperimentColumns, ExperimentLimits, ExperimentRow } from './read-experiment.ts'

const COLUMNS: ExperimentColumns = {
  id: 'customer_id',
  arm: 'segment',
  treat: 'Mens E-Mail',
  control: 'No E-Mail',
  converted: 'visit',
  value: 'spend',
  segments: ['zip_code'],
}

const read = (lines: readonly string[], limits?: ExperimentLimits) =>
  readAll(
    readExperiment(
      csvSource(['customer_id,segment,visit,spend,zip_code', ...lines].join('\n')),
      COLUMNS,
      limits,
    ),
  )

describe('an experiment run elsewhere', () => {
  it('becomes arms, conversions and exact amounts', async () => {
    const { accepted, rejected } = await read(['c1,Mens E-Mail,1,29.99,Rural', 'c2,no e-mail,no,,'])
    expect(rejected).toEqual([])
    expect(accepted).toEqual([
      {
        externalId: 'c1',
        arm: 'TREAT',
        converted: true,
        valueMinorUnits: 2999,
        score: null,
        segments: { zip_code: 'Rural' },
      },
      {
        externalId: 'c2',
        arm: 'CONTROL',
        converted: false,
        valueMinorUnits: null,
        score: null,
        segments: {},
      },
    ])
  })

  it('takes a currency without minor units', async () => {
    const { accepted, rejected } = await read(['c1,Mens E-Mail,1,500,Rural', 'c2,Mens E-Mail,1,5.5,Rural'], {
      minorUnitDigits: 0,
    })
    expect(accepted.map((row) => row.valueMinorUnits)).toEqual([500])
    expect(rejected).toEqual([
      { line: 3, reason: "spend has more decimals than the currency's smallest unit: '5.5'", field: 'spend' },
    ])
  })

  it.each([
    ['c1,No E-Mail,0,12.50,Rural', 'spend is 12.50, a value without conversion'],
    ['c1,Womens E-Mail,0,0,Rural', "segment must be 'Mens E-Mail' or 'No E-Mail', but is 'Womens E-Mail'"],
    ['c1,No E-Mail,,0,Rural', 'visit is empty'],
    ['c1,No E-Mail,2,0,Rural', "visit must be 0, 1, true, false, yes or no, but is '2'"],
    ['c1,No E-Mail,1,-1,Rural', "spend must not be negative: '-1'"],
    ['c0,No E-Mail,1,1,Rural', "customer_id 'c0' was already on line 2"],
  ])('rejects %s', async (line, reason) => {
    const { accepted, rejected } = await read(['c0,No E-Mail,0,0,Rural', line])
    const duplicate = reason.includes('was already on line') ? { duplicate: true } : {}
    expect(rejected).toEqual([{ line: 3, reason, field: reason.split(' ')[0], ...duplicate }])
    expect(accepted).toHaveLength(1)
  })

  it('only counts the rows of a third arm when it is told to', async () => {
    const { rejected, tally } = await read(['c1,Womens E-Mail,0,0,Rural', 'c2,No E-Mail,0,0,Rural', ''], {
      otherArms: 'COUNT',
    })
    expect(rejected).toEqual([])
    expect(tally).toEqual({ accepted: 1, rejected: 0, otherArm: 1, ignoredColumns: [] })
  })

  it('reads scores, and segments of any name', async () => {
    const columns = { ...COLUMNS, score: 'Uplift', segments: ['refused'] }
    const source = csvSource(
      'customer_id,segment,visit,spend,uplift,refused\nc1,No E-Mail,0,0,-0.25,none\nc2,No E-Mail,0,0,high,x\n',
    )
    const { accepted, rejected } = await readAll(readExperiment(source, columns))
    expect(accepted.map((row) => [row.score, row.segments])).toEqual([[-0.25, { refused: 'none' }]])
    expect(rejected.map((rejection) => rejection.reason)).toEqual(["Uplift must be a number, but is 'high'"])
  })

  it('must have every column that is named', async () => {
    const reading = readAll(readExperiment(csvSource('customer_id,segment\nc1,No E-Mail\n'), COLUMNS))
    await expect(reading).rejects.toMatchObject({
      code: 'MISSING_COLUMNS',
      facts: { missing: ['visit', 'spend', 'zip_code'] },
    })
  })
})

/** Kevin Hillstrom's e-mail experiment of 2008; not part of the repository. */
const HILLSTROM = new URL('../../../../../shared/data/hillstrom-mens.csv', import.meta.url)
const present = existsSync(HILLSTROM)
if (!present) console.info('Skipped: the Hillstrom e-mail experiment is not beside the repository.')

describe.skipIf(!present)('the Hillstrom e-mail experiment', () => {
  const summary = (rows: readonly ExperimentRow[], arm: ExperimentRow['arm']) => {
    const members = rows.filter((row) => row.arm === arm)
    const rate = members.filter((row) => row.converted).length / members.length
    const value = members.reduce((sum, row) => sum + (row.valueMinorUnits ?? 0), 0) / members.length
    return [members.length, rate.toFixed(5), (value / 100).toFixed(5)]
  }

  it.each([
    ['visit', '0.18276', '0.10617'],
    ['conversion', '0.01253', '0.00573'],
  ])('has its published rates of %s and no value without one', async (converted, treat, control) => {
    const columns = { ...COLUMNS, converted, segments: ['zip_code', 'channel'] }
    const { accepted, rejected } = await readAll(readExperiment(createReadStream(HILLSTROM), columns))
    expect(rejected).toEqual([])
    expect(summary(accepted, 'TREAT')).toEqual([21_307, treat, '1.42262'])
    expect(summary(accepted, 'CONTROL')).toEqual([21_306, control, '0.65279'])
    expect(Object.keys(accepted[0]?.segments ?? {})).toEqual(['zip_code', 'channel'])
  })
})
