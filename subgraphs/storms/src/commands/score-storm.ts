import { countWork } from '@stormops/billing/port'
import { defineCommand } from '@stormops/chassis/command'
import { BULK_DEADLINE_MS } from '@stormops/chassis/database/database'
import { Fault } from '@stormops/chassis/fault'
import type { ActiveModel, ModelsPort } from '@stormops/models/port'
import { recordMeasurements } from '@stormops/slos/port'
import type { Measurement } from '@stormops/slos/port'
import type { PolicyMode } from '../domain/pilot-measurements.ts'
import { takesProperties } from '../domain/storm.ts'
import type { StormStatus } from '../domain/storm.ts'
import { fixedMode } from './apply-policy.ts'
import { FEATURE_COLUMNS } from '../domain/feature-columns.ts'
import type { FeaturePage } from '../store/property-store.ts'
import type { StormsStores } from '../stores.ts'

export type ScoreStorm = { readonly stormId: string }

export type ScoreStormResult =
  | {
      readonly kind: 'ok'
      readonly stormId: string
      readonly scored: number
      readonly modelVersionId: string
    }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'wrong-status'; readonly status: StormStatus }
  | { readonly kind: 'frozen'; readonly mode: PolicyMode }
  | { readonly kind: 'no-active-model' }

/** Large enough that a round trip costs little, small enough that a page is a few megabytes. */
const PAGE_SIZE = 10_000
const MILLISECONDS = 1_000

/** Scores again from nothing, so that a second run with the same version gives the same scores. */
export const scoreStorm = (models: ModelsPort) =>
  defineCommand<ScoreStorm, ScoreStormResult, StormsStores>({
    name: 'storms.scoreStorm',
    permission: 'pilots:run',
    statementTimeoutMs: BULK_DEADLINE_MS,
    audit: (_input, { stormId, scored, modelVersionId }) => ({
      subjectKind: 'storm',
      subjectId: stormId,
      detail: { scored, modelVersionId },
    }),
    run: async ({ tx, stores, clock }, { stormId }) => {
      const storm = await stores.storms.lockById(stormId)
      if (storm === null) return { kind: 'not-found' }
      if (!takesProperties(storm.status)) return { kind: 'wrong-status', status: storm.status }
      const mode = await fixedMode(stores, storm)
      if (mode !== null) return { kind: 'frozen', mode }
      const model = await models.activeUpliftModel(tx.tenantId)
      if (model === null) return { kind: 'no-active-model' }
      await stores.scores.clear(stormId)
      let scored = 0
      const latencies: Measurement[] = []
      for await (const page of stores.properties.featurePages(stormId, PAGE_SIZE)) {
        const begun = clock.now().getTime()
        const uplifts = await scoresOf(models, model, tx.tenantId, page)
        await stores.scores.insert(stormId, page.ids, uplifts)
        scored += uplifts.filter((uplift) => uplift !== null).length
        const at = clock.now()
        latencies.push({
          slo: 'MODEL_SCORING_LATENCY',
          value: (at.getTime() - begun) / MILLISECONDS,
          at,
        })
      }
      await stores.storms.update(stormId, { modelVersionId: model.versionId, modelVersion: model.version })
      await recordMeasurements(tx, latencies)
      await countWork(tx, {
        metric: 'MODEL_CALLS',
        quantity: scored,
        source: 'storms.scoreStorm',
        subject: stormId,
        at: clock.now(),
      })
      return { kind: 'ok', stormId, scored, modelVersionId: model.versionId }
    },
  })

/** A property of which nothing is known gets no score: the model would answer the same for every such roof. */
const scoresOf = async (
  models: ModelsPort,
  model: ActiveModel,
  tenantId: string,
  { features }: FeaturePage,
): Promise<(number | null)[]> => {
  const columns = FEATURE_COLUMNS.map((_name, column) =>
    Float32Array.from(features, (row) => row[column] ?? Number.NaN),
  )
  const result = await models.scoreUplift({
    tenantId,
    versionId: model.versionId,
    names: FEATURE_COLUMNS,
    columns,
    rowCount: features.length,
  })
  if (result.kind === 'missing-features') {
    throw new Fault(
      'BAD_INPUT',
      `Version ${model.version} reads features that properties do not have: ${result.names.join(', ')}.`,
    )
  }
  if (result.kind === 'unknown-version') throw new Fault('INTERNAL', 'The active model version is not there.')
  return features.map((row, index) =>
    row.every((value) => value === null) ? null : (result.scores[index] ?? null),
  )
}
