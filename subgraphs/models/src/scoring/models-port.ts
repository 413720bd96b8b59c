/** The port as a function call, for whoever runs in the same process. */
import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import type { Database } from '@stormops/chassis/database/database'
import type { Tx } from '@stormops/chassis/database/transaction'
import { Fault } from '@stormops/chassis/fault'
import { artifactSha256 } from '../domain/artifact.ts'
import type { UpliftPairTexts } from '../domain/artifact.ts'
import { UPLIFT_MODEL } from '../domain/model.ts'
import { columnsFor } from '../inference/feature-columns.ts'
import type { UpliftPair } from '../inference/uplift-pair.ts'
import { upliftScores } from '../inference/uplift-pair.ts'
import { readUpliftPair } from '../inspection/read-uplift-pair.ts'
import type { ModelsPort, ScoringBatch } from '../port.ts'
import type { VersionStore } from '../store/version-store.ts'
import { pairCache } from './pair-cache.ts'

export type ModelsPortDependencies = {
  readonly database: Database
  readonly versions: (tx: Tx) => VersionStore
}

/** About 20 ms of work; then whatever else the process has to answer gets its turn. */
const ROWS_PER_TURN = 16_384
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Throws a Fault INTERNAL for a batch that is no table: columns doubled, missing or too short. */
export const modelsPort = ({ database, versions }: ModelsPortDependencies): ModelsPort => {
  const cache = pairCache()

  /** Whose version it is, is asked anew every time; only what was read of it is remembered. */
  const maybePair = async (tenantId: string, versionId: string): Promise<UpliftPair | null> => {
    if (!UUID.test(versionId)) return null
    const found = await database.withTenant(
      tenantId,
      async (tx) => {
        const version = await versions(tx).maybeById(versionId)
        if (version === null) return null
        const sha256 = version.artifactSha256
        const known = cache.maybe(sha256)
        return { sha256, known, texts: known === null ? await versions(tx).artifact(sha256) : null }
      },
      { readOnly: true },
    )
    if (found === null || found.texts === null) return found?.known ?? null
    const pair = readStoredPair(found.sha256, found.texts)
    cache.keep(found.sha256, pair)
    return pair
  }

  return {
    activeUpliftModel: async (tenantId) => {
      const champion = await database.withTenant(tenantId, (tx) => versions(tx).maybeChampion(UPLIFT_MODEL), {
        readOnly: true,
      })
      if (champion === null) return null
      const { id, version, features, reference } = champion
      return { versionId: id, version, features, reference }
    },
    scoreUplift: async (batch) => {
      const pair = await maybePair(batch.tenantId, batch.versionId)
      if (pair === null) return { kind: 'unknown-version' }
      const aligned = alignedColumns(pair.featureNames, batch)
      if (aligned.kind === 'missing-features') return aligned
      return { kind: 'scored', scores: await scoresInTurns(pair, aligned.columns, batch.rowCount) }
    },
  }
}

/** The hash is checked again: a pair must never be remembered under the hash of another. */
const readStoredPair = (sha256: string, texts: UpliftPairTexts): UpliftPair => {
  const reading = artifactSha256(texts) === sha256 ? readUpliftPair(texts) : null
  if (reading?.kind === 'ok') return reading.pair
  throw new Fault('INTERNAL', `The stored artifact ${sha256} is not the one that was registered.`)
}

type Aligned =
  | { readonly kind: 'aligned'; readonly columns: readonly Float32Array[] }
  | { readonly kind: 'missing-features'; readonly names: readonly string[] }

const alignedColumns = (features: readonly string[], { names, columns, rowCount }: ScoringBatch): Aligned => {
  if (!Number.isSafeInteger(rowCount) || rowCount < 0) {
    throw new Fault('INTERNAL', `A batch cannot have ${rowCount} rows.`)
  }
  const short = columns.findIndex((column) => column.length < rowCount)
  if (short !== -1) {
    throw new Fault('INTERNAL', `Column ${names[short]} has fewer values than the ${rowCount} rows.`)
  }
  const rows = columns.map((column) => column.subarray(0, rowCount))
  const aligned = columnsFor(features, names, rows)
  switch (aligned.kind) {
    case 'aligned':
      return aligned
    case 'missing-features':
      return { kind: 'missing-features', names: aligned.names }
    default:
      throw new Fault('INTERNAL', aligned.message)
  }
}

const scoresInTurns = async (
  pair: UpliftPair,
  columns: readonly Float32Array[],
  rowCount: number,
): Promise<Float64Array> => {
  const scores = new Float64Array(rowCount)
  for (let start = 0; start < rowCount; start += ROWS_PER_TURN) {
    if (start > 0) await turnOfTheLoop()
    const end = Math.min(rowCount, start + ROWS_PER_TURN)
    const slice = columns.map((column) => column.subarray(start, end))
    scores.set(upliftScores(pair, slice, end - start), start)
  }
  return scores
}
