import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '@stormops/chassis/clock'
import { localFiles } from '@stormops/chassis/files/tenant-files'
import { systemActor } from '@stormops/chassis/identity'
import { stepRunner } from '@stormops/chassis/jobs/steps'
import { createLog } from '@stormops/chassis/telemetry/log'
import { canonicalHash } from '@stormops/chassis/values/canonical'
import { closePilotHandler } from '../../subgraphs/storms/src/jobs/close-pilot.ts'
import type { RenderReport } from '../../subgraphs/storms/src/ports.ts'
import { entities } from '../../subgraphs/storms/src/store/entities.ts'
import { storesOf } from '../../subgraphs/storms/src/subgraph.ts'
import { syntheticStorm } from '../../subgraphs/storms/src/synthetic/synthetic-storm.ts'
import { openWorld, uuidOf } from '../world/world.ts'
import type { World } from '../world/world.ts'
import { stepsOf, storedPilot } from './pilot-state.ts'
import { letItHappen, startPilot } from './pilot-story.ts'
import { openRows } from './rows.ts'
import type { Rows } from './rows.ts'
import { createStorm, daysFromNow, importProperties, pilotIs, scoreStorm } from './storm-builders.ts'

const properties = [...syntheticStorm({ seed: 'printing', storm: 'dfw', properties: 400 })]

describe('a report that cannot be printed', () => {
  let world: World
  let rows: Rows
  beforeAll(async () => {
    world = await openWorld()
    rows = await openRows(world.database.admin)
  })
  afterAll(async () => {
    await rows.close()
    await world.close()
  })
  let renderings = 0
  afterEach(() => (renderings = 0))

  /** Fails the first so many times. */
  const failing =
    (times: number): RenderReport =>
    async () => {
      renderings++
      if (renderings <= times) throw new Error('The printer is out of paper.')
      const pdf = Buffer.from('%PDF- printed at last')
      return { pdf, sha256: createHash('sha256').update(pdf).digest('hex') }
    }

  const anOpenPilot = async () => {
    const tenant = await world.tenant()
    const owner = tenant.as('OWNER')
    const startsAt = daysFromNow(-20)
    const stormId = await createStorm(owner, { startsAt })
    await importProperties(owner, stormId, properties)
    await scoreStorm(owner, stormId)
    const { pilot } = await startPilot(owner, stormId)
    await pilotIs(owner, pilot.id, 'RUNNING')
    await letItHappen(owner, stormId, startsAt, properties)
    return { tenantId: tenant.uuid, pilotId: String(pilot.id) }
  }

  const closer = async (tenantId: string, pilotId: string, renderReport: RenderReport) => {
    const database = await world.database.open(entities)
    const handler = closePilotHandler(
      database,
      storesOf,
      { files: localFiles(world.home), renderReport },
      systemClock,
    )
    const log = createLog('silent')
    const giveUp = async (): Promise<void> => {
      const end = { tenantId, jobId: 'a job of this test', reason: 'failed' as const, log }
      await handler.givenUp?.(end, { pilotId: uuidOf(pilotId) })
    }
    const close = (attempt: number): Promise<void> =>
      handler.run(
        {
          tenantId,
          jobId: 'a job of this test',
          attempt,
          actor: systemActor(tenantId, 'test'),
          log,
          signal: new AbortController().signal,
          steps: (subject) => stepRunner(database, tenantId, subject),
          finish: (work) => database.withTenant(tenantId, work),
        },
        { pilotId: uuidOf(pilotId) },
      )
    return { close, giveUp }
  }

  it('is printed at the next attempt, from the figures of the first', async () => {
    const { tenantId, pilotId } = await anOpenPilot()
    const { close } = await closer(tenantId, pilotId, failing(1))
    await expect(close(1)).rejects.toThrow('out of paper')
    const before = await rows.one<{ output: unknown }>(
      `select output from chassis.job_step where subject = $1 and step = 'measure'`,
      [`pilot:${uuidOf(pilotId)}`],
    )
    expect((await storedPilot(rows, pilotId)).status).toBe('RUNNING')
    expect((await stepsOf(rows, pilotId))['report']).toEqual(['FAILED', 1])
    await close(2)
    const pilot = await storedPilot(rows, pilotId)
    expect(pilot.status).toBe('COMPLETED')
    expect(pilot.measurements).toMatchObject(before.output as object)
    expect(pilot.input_hash).toBe(canonicalHash(pilot.measurements))
    expect(await stepsOf(rows, pilotId)).toMatchObject({
      measure: ['DONE', 1],
      quality: ['DONE', 1],
      report: ['DONE', 2],
    })
    await close(3)
    expect(renderings).toBe(2)
    expect(await storedPilot(rows, pilotId)).toEqual(pilot)
  })

  it('makes the pilot a failed one once it is given up, and is still printed when somebody tries again', async () => {
    const { tenantId, pilotId } = await anOpenPilot()
    const { close, giveUp } = await closer(tenantId, pilotId, failing(4))
    await rows.many(`update storms.pilot set status = 'MEASURING' where id = $1`, [uuidOf(pilotId)])
    for (const attempt of [1, 2, 3, 4]) {
      await expect(close(attempt)).rejects.toThrow('out of paper')
      expect((await storedPilot(rows, pilotId)).status).toBe('MEASURING')
    }
    await giveUp()
    expect((await storedPilot(rows, pilotId)).status).toBe('FAILED')
    await close(1)
    expect((await storedPilot(rows, pilotId)).status).toBe('COMPLETED')
    await giveUp()
    expect((await storedPilot(rows, pilotId)).status).toBe('COMPLETED')
    expect(await stepsOf(rows, pilotId)).toMatchObject({ measure: ['DONE', 1], report: ['DONE', 5] })
  })
})
