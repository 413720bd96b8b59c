import type { Database } from '@stormops/chassis/database/database'
import { Fault } from '@stormops/chassis/fault'
import { stepRecords, stepRunner } from '@stormops/chassis/jobs/steps'
import type { RunStep } from '@stormops/chassis/jobs/steps'
import { newId } from '@stormops/chassis/values/ids'
import type { Tx } from '@stormops/chassis/database/transaction'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'

let database: TestDatabase
let app: Database
beforeAll(async () => {
  database = await cloneDatabase()
  app = await database.open()
})
afterAll(() => database.close())

/** A job's steps of a company of its own. */
const aJob = (): { readonly tenantId: string; readonly step: RunStep } => {
  const tenantId = newId()
  return { tenantId, step: stepRunner(app, tenantId, 'pilot:1') }
}

/** Something that is there twice if it is done twice. */
const leaveARow = async (tx: Tx): Promise<void> => {
  await tx.change(`insert into storms.upload (tenant_id, id, expires_at) values ($1, $2, now())`, [
    tx.tenantId,
    newId(),
  ])
}

const rowsLeft = (tenantId: string): Promise<number> =>
  app.withTenant(tenantId, async (tx) => (await tx.rows('select from storms.upload')).length)

const recordOf = (tenantId: string) =>
  app.withTenant(tenantId, async (tx) => (await stepRecords(tx, 'pilot:1', ['measure']))[0])

describe('a step', () => {
  it('is done once, and gives the same again', async () => {
    const { tenantId, step } = aJob()
    let runs = 0
    const measure = async (tx: Tx) => {
      await leaveARow(tx)
      runs += 1
      return { run: runs, at: null }
    }
    const first = await step('measure', measure)
    expect(await step('measure', measure)).toEqual(first)
    expect([runs, await rowsLeft(tenantId)]).toEqual([1, 1])
    expect(await recordOf(tenantId)).toMatchObject({ status: 'DONE', attempts: 1, error: null })
  })

  it('that breaks off after its effect leaves no effect, and is done by the next attempt', async () => {
    const { tenantId, step } = aJob()
    const broken = step('measure', async (tx) => {
      await leaveARow(tx)
      throw new Error('the process died with password hunter2')
    })
    await expect(broken).rejects.toThrow('the process died')
    expect(await rowsLeft(tenantId)).toBe(0)
    const failed = await recordOf(tenantId)
    expect(failed).toMatchObject({ status: 'FAILED', attempts: 1, endedAt: expect.any(Date) })
    expect(failed?.error).not.toContain('hunter2')
    expect(
      await step('measure', async (tx) => {
        await leaveARow(tx)
        return 'done'
      }),
    ).toBe('done')
    expect(await rowsLeft(tenantId)).toBe(1)
    expect(await recordOf(tenantId)).toMatchObject({ status: 'DONE', attempts: 2, error: null })
  })

  it('says to people what went wrong where it is meant for them', async () => {
    const { tenantId, step } = aJob()
    const broken = step('measure', async () => {
      throw new Fault('BAD_INPUT', 'The storm has no properties.')
    })
    await expect(broken).rejects.toThrow('The storm has no properties.')
    expect((await recordOf(tenantId))?.error).toBe('The storm has no properties.')
  })

  it('whose statement the database refuses is recorded as failed, too', async () => {
    const { tenantId, step } = aJob()
    await expect(step('measure', (tx) => tx.rows('select 1 / 0'))).rejects.toThrow('division by zero')
    expect(await recordOf(tenantId)).toMatchObject({ status: 'FAILED' })
  })

  it('taken by two workers at once is done by one, and both get what it gave', async () => {
    const { tenantId, step } = aJob()
    const other = stepRunner(app, tenantId, 'pilot:1')
    let runs = 0
    const slowly = async (tx: Tx) => {
      runs += 1
      await leaveARow(tx)
      await tx.rows('select pg_sleep(0.1)')
      return newId()
    }
    const [one, two] = await Promise.all([step('measure', slowly), other('measure', slowly)])
    expect(one).toBe(two)
    expect([runs, await rowsLeft(tenantId)]).toEqual([1, 1])
    expect(await recordOf(tenantId)).toMatchObject({ status: 'DONE' })
  })

  it('that one of two workers fails is done by the other', async () => {
    const { tenantId, step } = aJob()
    const other = stepRunner(app, tenantId, 'pilot:1')
    let runs = 0
    const failsFirst = async (tx: Tx) => {
      runs += 1
      const run = runs
      await leaveARow(tx)
      await tx.rows('select pg_sleep(0.05)')
      if (run === 1) throw new Error('the first one dies')
      return 'done'
    }
    const settled = await Promise.allSettled([step('measure', failsFirst), other('measure', failsFirst)])
    expect(settled.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await rowsLeft(tenantId)).toBe(1)
    expect(await recordOf(tenantId)).toMatchObject({ status: 'DONE', error: null })
  })

  it('of one subject or company is not that of another', async () => {
    const { tenantId, step } = aJob()
    await step('measure', async () => 'ours')
    const otherSubject = stepRunner(app, tenantId, 'pilot:2')
    const otherCompany = stepRunner(app, newId(), 'pilot:1')
    expect(await otherSubject('measure', async () => 'of another pilot')).toBe('of another pilot')
    expect(await otherCompany('measure', async () => 'of another company')).toBe('of another company')
  })

  it('that nobody began is pending', async () => {
    const { tenantId } = aJob()
    expect(await recordOf(tenantId)).toEqual({
      name: 'measure',
      status: 'PENDING',
      attempts: 0,
      startedAt: null,
      endedAt: null,
      error: null,
      note: null,
    })
  })
})
