/** A pilot whose worker is lost in each of its steps: once with the step's work done and not committed, and once after. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { syntheticStorm } from '../../subgraphs/storms/src/synthetic/synthetic-storm.ts'
import { CLOSING_STEPS, OPENING_STEPS } from '../../subgraphs/storms/src/domain/pilot.ts'
import { stepsOf, storedPilot } from '../storms/pilot-state.ts'
import { letItHappen } from '../storms/pilot-story.ts'
import {
  COMPLETE_PILOT,
  createStorm,
  daysFromNow,
  importProperties,
  pilotIs,
  scoreStorm,
  START_PILOT,
} from '../storms/storm-builders.ts'
import { assertUnharmed } from './invariants.ts'
import { openKilledPlatform } from './killed-platform.ts'
import type { KilledPlatform } from './killed-platform.ts'

const isLong = process.env['STORMOPS_LONG_FAULTS'] === '1'
const properties = [...syntheticStorm({ seed: 'steps', storm: 'dfw', properties: 300 })]

let platform: KilledPlatform
let hurrying: NodeJS.Timeout
beforeAll(async () => {
  platform = await openKilledPlatform()
  // Between two attempts a job waits for seconds, which says nothing here.
  hurrying = setInterval(() => {
    platform.rows
      .many(`update pgboss.job set start_after = now() where state = 'retry' and start_after > now()`)
      .catch(() => undefined)
  }, 250)
})
afterAll(async () => {
  clearInterval(hurrying)
  await platform?.close()
})

/** Starts the platform so that it is lost at each place in turn, and once more so that it is not. */
const lostAt = async (places: readonly string[]): Promise<void> => {
  const { killable } = platform
  for (const place of places) {
    await killable.start({ failpoints: `${place}=kill` })
    await killable.died()
  }
  await killable.start()
}

const expectOnePilotLostAt = async (moment: 'begun' | 'worked' | 'done'): Promise<void> => {
  const { killable, rows, journal } = platform
  await killable.start()
  const company = await platform.company(`Steps ${moment} Roofing`)
  const owner = await killable.client(company.uuid)
  const [startsAt, endsAt] = [daysFromNow(-20), daysFromNow(-1)]
  const stormId = await createStorm(owner, { startsAt, endsAt })
  await importProperties(owner, stormId, properties)
  await scoreStorm(owner, stormId)
  await killable.kill()

  const [first = '', ...opening] = OPENING_STEPS.map((step) => `step.${step}.${moment}`)
  await killable.start({ failpoints: `${first}=kill` })
  const asked = owner.data(START_PILOT, { input: { stormId, policyMode: 'MODERATE' } }).catch(() => null)
  await killable.died()
  await asked
  await lostAt(opening)
  const { id } = await rows.one<{ id: string }>(`select id from storms.pilot where tenant_id = $1`, [
    company.uuid,
  ])
  const pilotId = `pilot_${id.replaceAll('-', '')}`
  journal.keep(company, { kind: 'pilot', pilotId })
  await pilotIs(owner, pilotId, 'RUNNING')
  await letItHappen(owner, stormId, startsAt, properties)
  await killable.kill()

  const [measure = '', ...closing] = CLOSING_STEPS.map((step) => `step.${step}.${moment}`)
  await killable.start({ failpoints: `${measure}=kill` })
  const completing = owner.data(COMPLETE_PILOT, { input: { pilotId } }).catch(() => null)
  await killable.died()
  await completing
  await lostAt(closing)
  await pilotIs(owner, pilotId, 'COMPLETED')

  // Every step is done, with one attempt more for each loss before its end.
  const attempts = moment === 'done' ? 1 : 2
  expect(await stepsOf(rows, pilotId)).toEqual(
    Object.fromEntries([...OPENING_STEPS, ...CLOSING_STEPS].map((step) => [step, ['DONE', attempts]])),
  )
  const { pilot } = await owner.data(
    `query ($id: ID!) { pilot(id: $id) { reportPdf { url sha256 } report { verdict } } }`,
    { id: pilotId },
  )
  const bytes = new Uint8Array(await (await fetch(pilot.reportPdf.url)).arrayBuffer())
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(pilot.reportPdf.sha256)
  expect((await storedPilot(rows, pilotId)).pdf_sha256).toBe(pilot.reportPdf.sha256)
  await assertUnharmed(platform)
  await killable.kill()
}

describe('a worker that is lost in each step of a pilot', () => {
  it('leaves one pilot with one report, when it is lost before a step is committed', () =>
    expectOnePilotLostAt('worked'))

  it.skipIf(!isLong)('and when it is lost after (STORMOPS_LONG_FAULTS)', () => expectOnePilotLostAt('done'))

  it.skipIf(!isLong)('and when it is lost before a step does anything (STORMOPS_LONG_FAULTS)', () =>
    expectOnePilotLostAt('begun'),
  )
})
