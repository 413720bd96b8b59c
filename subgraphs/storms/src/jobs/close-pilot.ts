import type { Clock } from '@stormops/chassis/clock'
import type { Database } from '@stormops/chassis/database/database'
import type { Tx } from '@stormops/chassis/database/transaction'
import { failpoint } from '@stormops/chassis/failpoint'
import { Fault } from '@stormops/chassis/fault'
import { handleJob } from '@stormops/chassis/jobs/worker'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import { canonicalHash } from '@stormops/chassis/values/canonical'
import { idCodec } from '@stormops/chassis/values/ids'
import { breachesBetween } from '@stormops/slos/port'
import { tenantProfile } from '@stormops/tenancy/port'
import { dataHealth, healthIssues } from '../domain/data-health.ts'
import type { PilotDesign, PilotMeasurements } from '../domain/pilot-measurements.ts'
import { pilotReport } from '../domain/report-pilot.ts'
import { pilotSubject, reportPath } from '../domain/pilot.ts'
import type { StormsPorts } from '../ports.ts'
import type { Ranking, Tallies } from '../store/measurement-store.ts'
import type { StoredPilot } from '../store/pilot-store.ts'
import type { StormsStores } from '../stores.ts'
import { giveUpPilot, takeUpPilot } from './give-up-pilot.ts'
import { closePilotJob } from './pilot-jobs.ts'

/** What the steps hand to each other; each is stored, so that a later attempt reads instead of measuring again. */
type Measured = Pick<
  PilotMeasurements,
  'primary' | 'exploration' | 'assigned' | 'touched' | 'decisions' | 'daily' | 'segments'
> &
  Ranking
type Quality = Pick<PilotMeasurements, 'rehash' | 'duplicates' | 'dataQuality' | 'sloBreaches'>

/** Closes the window: measure, money, quality, report. */
export const closePilotHandler = (
  database: Database,
  stores: (tx: Tx) => StormsStores,
  ports: Pick<StormsPorts, 'files' | 'renderReport'>,
  clock: Clock,
): JobHandler =>
  handleJob(
    closePilotJob,
    async (context, { pilotId }) => {
      await takeUpPilot(database, stores, { tenantId: context.tenantId, pilotId, to: 'MEASURING' })
      const step = context.steps(pilotSubject(pilotId))
      const measured = await step('measure', async (tx) =>
        measure(tx, stores(tx), await one(stores(tx), pilotId)),
      )
      await step('money', async (tx) => {
        const pilot = await one(stores(tx), pilotId)
        return pilotReport({ ...measured, ...NOT_YET_CHECKED, design: pilot.design }).money
      })
      const quality = await step('quality', async (tx) =>
        checkQuality(tx, stores(tx), await one(stores(tx), pilotId)),
      )
      await step('report', async (tx) => {
        const pilot = await one(stores(tx), pilotId)
        return writeReport(
          tx,
          stores(tx),
          ports,
          pilot,
          { ...measured, ...quality, design: pilot.design },
          clock.now(),
        )
      })
    },
    { onGivenUp: giveUpPilot(database, stores, 'MEASURING') },
  )

const one = async ({ pilots }: StormsStores, pilotId: string): Promise<StoredPilot> => {
  const pilot = await pilots.lockById(pilotId)
  if (pilot === null) throw new Fault('INTERNAL', `There is no pilot ${pilotId}.`)
  return pilot
}

const NOT_YET_CHECKED: Quality = {
  rehash: null,
  duplicates: 0,
  dataQuality: { status: 'NOT_EVALUATED', issues: [] },
  sloBreaches: null,
}

const measure = async (tx: Tx, stores: StormsStores, pilot: StoredPilot): Promise<Measured> => {
  if (pilot.stormId === null) {
    const { primary, segments } = await stores.measurements.ofExperiment(pilot.id)
    const ranking = await stores.measurements.rankingOfExperiment(pilot.id)
    const assigned = { treat: primary.treat.n, control: primary.control.n }
    return {
      primary,
      segments,
      ...ranking,
      exploration: null,
      assigned,
      touched: null,
      decisions: null,
      daily: [],
    }
  }
  // Outcomes wait while the tallies are made, in several statements that have to see the same rows.
  const storm = await stores.storms.lockById(pilot.stormId)
  if (storm === null) throw new Fault('INTERNAL', `The pilot ${pilot.id} has lost its storm.`)
  const { timeZone } = await tenantProfile(tx)
  const tallies: Tallies = await stores.measurements.ofStorm(
    storm.id,
    timeZone,
    storm.capacityCut,
    storm.endsAt,
  )
  const ranking = await stores.measurements.rankingOfStorm(storm.id, storm.capacityCut, storm.endsAt)
  return { ...tallies, ...ranking, segments: [...tallies.segments, ...decileSegments(ranking)] }
}

const decileSegments = ({ deciles }: Ranking): PilotMeasurements['segments'] =>
  deciles.map(({ decile, treat, control }) => ({
    dimension: 'SCORE_DECILE',
    key: String(decile),
    treat,
    control,
  }))

const checkQuality = async (tx: Tx, stores: StormsStores, pilot: StoredPilot): Promise<Quality> => {
  if (pilot.stormId === null) return NOT_YET_CHECKED
  const storm = await stores.storms.maybeById(pilot.stormId)
  if (storm === null) throw new Fault('INTERNAL', `The pilot ${pilot.id} has lost its storm.`)
  const health = dataHealth(await stores.health.counts(storm.id), true)
  const slos = await breachesBetween(tx, windowStart(pilot.design, pilot.startedAt), storm.endsAt)
  return {
    rehash: await stores.measurements.rehash(storm.id, storm.salt),
    duplicates: await stores.imports.duplicatesOfStorm(storm.id),
    dataQuality:
      health === null
        ? { status: 'NOT_EVALUATED', issues: [] }
        : { status: health.status, issues: healthIssues(health) },
    sloBreaches: slos.measured === 0 ? null : slos.breached.length,
  }
}

const windowStart = (design: PilotDesign, startedAt: Date): Date =>
  design.windowStart === null ? startedAt : new Date(design.windowStart)

const pilotIds = idCodec('pilot')

const writeReport = async (
  tx: Tx,
  stores: StormsStores,
  { files, renderReport }: Pick<StormsPorts, 'files' | 'renderReport'>,
  pilot: StoredPilot,
  measurements: PilotMeasurements,
  completedAt: Date,
): Promise<{ readonly inputHash: string; readonly pdfSha256: string }> => {
  const report = pilotReport(measurements)
  const inputHash = canonicalHash(measurements)
  const { timeZone, name } = await tenantProfile(tx)
  const { pdf, sha256 } = await renderReport(report, {
    pilotId: pilotIds.encode(pilot.id),
    stormName: pilot.name,
    tenantName: name,
    generatedFor: name,
    completedAt: completedAt.toISOString(),
    inputHash,
    synthetic: await stores.pilots.isSynthetic(pilot),
    timeZone,
  })
  await files.put(tx.tenantId, reportPath(pilot.id), pdf)
  await failpoint('storms.report.filed')
  await stores.pilots.update(pilot.id, {
    status: 'COMPLETED',
    measurements,
    report,
    inputHash,
    pdfSha256: sha256,
    completedAt,
  })
  return { inputHash, pdfSha256: sha256 }
}
