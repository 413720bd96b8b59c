import { openBoss } from '@stormops/chassis/jobs/boss'
import { createQueue } from '@stormops/chassis/jobs/queue'
import type { Queue } from '@stormops/chassis/jobs/queue'
import { createLog } from '@stormops/chassis/telemetry/log'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { syntheticStorm } from '../../subgraphs/storms/src/synthetic/synthetic-storm.ts'
import { until } from '@stormops/chassis/testing/until'
import { openWorld } from '../world/world.ts'
import type { World } from '../world/world.ts'
import { assignmentRows } from './pilot-oracle.ts'
import { stepsOf, storedPilot } from './pilot-state.ts'
import { letItHappen, measuredPilot, startPilot } from './pilot-story.ts'
import { openRows } from './rows.ts'
import type { Rows } from './rows.ts'
import { createStorm, daysFromNow, importProperties, pilotIs, scoreStorm } from './storm-builders.ts'

let world: World
let rows: Rows
let boss: Awaited<ReturnType<typeof openBoss>>
let queue: Queue
beforeAll(async () => {
  world = await openWorld()
  rows = await openRows(world.database.admin)
  boss = await openBoss(world.database.app, createLog('silent'), 'sends')
  queue = createQueue(boss)
})
afterAll(async () => {
  await boss.stop({ graceful: false })
  await rows.close()
  await world.close()
})

it('a pilot whose jobs are run again is the same pilot, and nothing of it happens twice', async () => {
  const tenant = await world.tenant()
  const owner = tenant.as('OWNER')
  const properties = [...syntheticStorm({ seed: 'again', storm: 'dfw', properties: 200 })]
  const startsAt = daysFromNow(-20)
  const stormId = await createStorm(owner, { startsAt, endsAt: daysFromNow(-1) })
  await importProperties(owner, stormId, properties)
  await scoreStorm(owner, stormId)
  const { pilot } = await startPilot(owner, stormId)
  await pilotIs(owner, pilot.id, 'RUNNING')
  await letItHappen(owner, stormId, startsAt, properties)
  await measuredPilot(owner, pilot.id)

  const jobs = await rows.many<{ id: string; name: string }>(
    `select id, name from chassis.job_run where tenant_id = $1 and name like 'storms.%-pilot' order by created_at`,
    [tenant.uuid],
  )
  expect(jobs.map(({ name }) => name)).toEqual(['storms.open-pilot', 'storms.close-pilot'])
  for (const { id } of jobs) await hasSucceeded(id)
  const everything = async () => ({
    pilot: await storedPilot(rows, pilot.id),
    steps: await stepsOf(rows, pilot.id),
    assignments: await assignmentRows(rows, stormId),
    used: await rows.many(
      `select * from billing.usage_event where tenant_id = $1 order by usage_event::text`,
      [tenant.uuid],
    ),
    audit: await rows.many(`select action from tenancy.audit_event where tenant_id = $1 order by action`, [
      tenant.uuid,
    ]),
    storm: await rows.many(`select status, policy_mode from storms.storm where tenant_id = $1`, [
      tenant.uuid,
    ]),
  })
  const before = await everything()
  expect(before.used.length).toBeGreaterThan(0)

  const database = await world.database.open()
  for (const { id } of jobs) {
    const { jobId } = await database.withTenant(tenant.uuid, (tx) => queue.rerun(tx, id))
    await hasSucceeded(jobId)
  }
  expect(await everything()).toEqual(before)
})

const hasSucceeded = (jobId: string): Promise<void> =>
  until(async () => {
    const { state } = await rows.one<{ state: string }>(`select state from chassis.job_run where id = $1`, [
      jobId,
    ])
    return state === 'SUCCEEDED'
  })
