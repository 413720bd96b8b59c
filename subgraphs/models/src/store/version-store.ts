import type { InferEntity } from '@mikro-orm/core'
import type { Tx } from '@stormops/chassis/database/transaction'
import { Fault } from '@stormops/chassis/fault'
import type { UpliftPairTexts } from '../domain/artifact.ts'
import type { ModelVersion } from '../domain/model.ts'
import { ArtifactEntity, ModelVersionEntity } from './entities.ts'

export type VersionStore = {
  /** In any order; what is not there is left out. */
  readonly manyById: (ids: readonly string[]) => Promise<readonly ModelVersion[]>
  readonly maybeById: (id: string) => Promise<ModelVersion | null>
  readonly all: () => Promise<readonly ModelVersion[]>
  readonly ofModels: (names: readonly string[]) => Promise<readonly ModelVersion[]>
  readonly maybeChampion: (modelName: string) => Promise<ModelVersion | null>
  /** The artifact of a version of this tenant. */
  readonly artifact: (sha256: string) => Promise<UpliftPairTexts>
  /** False when the model has a version of this name. */
  readonly insert: (version: ModelVersion, artifact: UpliftPairTexts) => Promise<boolean>
}

export const versionStore = ({ em, tenantId, change }: Tx): VersionStore => ({
  manyById: async (ids) =>
    (await em.find(ModelVersionEntity, { tenantId, id: { $in: [...ids] } })).map(versionOf),
  maybeById: async (id) => maybeVersionOf(await em.findOne(ModelVersionEntity, { tenantId, id })),
  all: async () => (await em.find(ModelVersionEntity, { tenantId })).map(versionOf),
  ofModels: async (names) =>
    (await em.find(ModelVersionEntity, { tenantId, modelName: { $in: [...names] } })).map(versionOf),
  maybeChampion: async (modelName) =>
    maybeVersionOf(await em.findOne(ModelVersionEntity, { tenantId, modelName, state: 'CHAMPION' })),
  artifact: async (sha256) => {
    const found = await em.findOne(ArtifactEntity, { tenantId, sha256 })
    if (found === null) throw new Fault('INTERNAL', `The artifact ${sha256} of a model version is not there.`)
    return { treatedJson: found.treatedJson, controlJson: found.controlJson }
  },
  insert: async (version, artifact) => {
    await change(
      `insert into models.artifact (tenant_id, sha256, treated_json, control_json) values ($1, $2, $3, $4)
       on conflict (tenant_id, sha256) do nothing`,
      [tenantId, version.artifactSha256, artifact.treatedJson, artifact.controlJson],
    )
    const inserted = await change(
      `insert into models.model_version (tenant_id, id, model_name, version, kind, state, artifact_sha256, features,
         tree_count, reference_cut_points, reference_n, registered_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       on conflict (tenant_id, model_name, version) do nothing`,
      [
        tenantId,
        version.id,
        version.modelName,
        version.version,
        version.kind,
        version.state,
        version.artifactSha256,
        version.features,
        version.treeCount,
        version.reference?.cutPoints ?? null,
        version.reference?.n ?? null,
        version.registeredAt,
      ],
    )
    return inserted === 1
  },
})

const maybeVersionOf = (row: InferEntity<typeof ModelVersionEntity> | null): ModelVersion | null =>
  row === null ? null : versionOf(row)

const versionOf = (row: InferEntity<typeof ModelVersionEntity>): ModelVersion => {
  const { referenceCutPoints: cutPoints = null, referenceN: n = null } = row
  return {
    id: row.id,
    modelName: row.modelName,
    version: row.version,
    kind: row.kind,
    state: row.state,
    artifactSha256: row.artifactSha256,
    features: row.features,
    treeCount: row.treeCount,
    reference: cutPoints === null || n === null ? null : { cutPoints, n },
    registeredAt: row.registeredAt,
  }
}
