import { createHash } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientConfig } from '@stormops/chassis/database/connection'
import { localFiles } from '@stormops/chassis/files/tenant-files'
import { canonicalHash } from '@stormops/chassis/values/canonical'
import { syntheticStorm } from '../../subgraphs/storms/src/synthetic/synthetic-storm.ts'
import { killablePlatform } from '../world/killable-platform.ts'
import type { KillablePlatform } from '../world/killable-platform.ts'
import { until } from '@stormops/chassis/testing/until'
import { uuidOf } from '../world/world.ts'
import { assignmentRows, expectedMeasurements } from './pilot-oracle.ts'
import { stepsOf, storedPilot } from './pilot-state.ts'
import { letItHappen } from './pilot-story.ts'
import { openRows } from './rows.ts'
import type { Rows } from './rows.ts'
import {
  COMPLETE_PILOT,
  createStorm,
  daysFromNow,
  importProperties,
  pilotIs,
  scoreStorm,
  START_PILOT,
} from './storm-builders.ts'

const properties = [...syntheticStorm({ seed: 'crash', storm: 'dfw', properties: 400 })]

describe('a worker that is killed', () => {
  let platform: KillablePlatform
  let rows: Rows

  beforeAll(async () => {
    platform = await killablePlatform()
    rows = await openRows(platform.database.admin)
  })
  afterAll(async () => {
    await rows.close()
    await platform.close()
  })

  /** Holds what a statement locks until it is let go, so that the worker stands still at a known place. */
  const holding = async (
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<{ readonly letGo: () => Promise<void> }> => {
    const client = new pg.Client(clientConfig(platform.database.admin))
    await client.connect()
    await client.query('begin')
    await client.query(sql, [...parameters])
    return {
      letGo: async () => {
        await client.query('rollback')
        await client.end()
      },
    }
  }

  const somebodyWaits = async (): Promise<boolean> =>
    (
      await rows.many(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' limit 1`,
      )
    ).length > 0

  /** No other step of the pilot may begin while this is held. */
  const holdStep = (tenantId: string, pilotId: string, step: string) =>
    holding(
      `insert into chassis.job_step (tenant_id, subject, step, status) values ($1, $2, $3, 'RUNNING')`,
      [tenantId, `pilot:${uuidOf(pilotId)}`, step],
    )

  it('leaves a pilot that the next one takes up where it stood, and no effect happens twice', async () => {
    const { start, kill, home } = platform
    await start()
    const tenantId = await platform.company('Killed Roofing')
    const owner = await platform.client(tenantId)
    const startsAt = daysFromNow(-20)
    const endsAt = daysFromNow(-1)
    const stormId = await createStorm(owner, { startsAt, endsAt })
    await importProperties(owner, stormId, properties)
    await scoreStorm(owner, stormId)

    // Killed in the middle of a step: some of its rows are written, none is committed.
    const assignments = await holding(`lock table storms.assignment in exclusive mode`)
    const cut = owner.data(START_PILOT, { input: { stormId, policyMode: 'MODERATE' } }).catch(() => null)
    await until(somebodyWaits)
    const { id } = await rows.one<{ id: string }>(`select id from storms.pilot`)
    const pilotId = `pilot_${id.replaceAll('-', '')}`
    expect(await stepsOf(rows, pilotId)).toEqual({ backup: ['DONE', 1], 'apply-policy': ['RUNNING', 1] })
    await kill()
    await cut
    await assignments.letGo()

    // Killed between two steps.
    const baseline = await holdStep(tenantId, pilotId, 'baseline')
    await start()
    await until(async () => (await stepsOf(rows, pilotId))['apply-policy']?.[0] === 'DONE')
    await until(somebodyWaits)
    const decided = await assignmentRows(rows, stormId)
    expect(decided).toHaveLength(properties.length)
    await kill()
    await baseline.letGo()

    await start()
    await pilotIs(owner, pilotId, 'RUNNING')
    expect(byId(await assignmentRows(rows, stormId))).toEqual(byId(decided))
    await letItHappen(owner, stormId, startsAt, properties)

    // Killed after measuring, before anything was made of it.
    const money = await holdStep(tenantId, pilotId, 'money')
    const closing = owner.data(COMPLETE_PILOT, { input: { pilotId } }).catch(() => null)
    await until(
      async () => (await stepsOf(rows, pilotId))['measure']?.[0] === 'DONE' && (await somebodyWaits()),
    )
    const measured = await rows.one<{ output: any; at: Date }>(
      `select output, ended_at as at from chassis.job_step where step = 'measure'`,
    )
    await kill()
    await closing
    await money.letGo()

    // Killed when the report lies there, but is not yet the pilot's.
    const completion = await holding(`lock table storms.pilot in share mode`)
    await start()
    const files = localFiles(home)
    await until(() => files.exists(tenantId, `pilots/${id}/report.pdf`))
    await until(somebodyWaits)
    await kill()
    await completion.letGo()

    await start()
    await pilotIs(owner, pilotId, 'COMPLETED')
    expect(await stepsOf(rows, pilotId)).toEqual({
      backup: ['DONE', 1],
      'apply-policy': ['DONE', 2],
      baseline: ['DONE', 1],
      execute: ['DONE', 1],
      measure: ['DONE', 1],
      money: ['DONE', 1],
      quality: ['DONE', 1],
      report: ['DONE', 2],
    })
    const pilot = await storedPilot(rows, pilotId)
    expect(pilot.measurements).toMatchObject(measured.output)
    expect(pilot.input_hash).toBe(canonicalHash(pilot.measurements))
    const { primary, ranking } = expectedMeasurements(await assignmentRows(rows, stormId), {
      end: new Date(endsAt),
      timeZone: 'America/Chicago',
      cut: null,
    })
    expect(pilot.measurements).toMatchObject({
      primary,
      ranking,
      rehash: { checked: properties.length, differences: 0 },
    })
    const { pilot: seen } = await owner.data(
      `query ($id: ID!) { pilot(id: $id) { reportPdf { url sha256 } } }`,
      {
        id: pilotId,
      },
    )
    const bytes = new Uint8Array(await (await fetch(seen.reportPdf.url)).arrayBuffer())
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(seen.reportPdf.sha256)
    expect(seen.reportPdf.sha256).toBe(pilot.pdf_sha256)
    const { n } = await rows.one<{ n: number }>(`select count(*)::int as n from storms.pilot`)
    expect(n).toBe(1)
    await kill()
  })
})

const byId = <Row extends { readonly id: string }>(rows: readonly Row[]): Row[] =>
  rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
