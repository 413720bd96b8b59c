import { defineEntity, p } from '@mikro-orm/core'
import { tenantRowSecurity } from '@stormops/chassis/database/tenant-entity'
import type { ModelKind, ModelState } from '../domain/model.ts'

export const ArtifactEntity = defineEntity({
  name: 'Artifact',
  schema: 'models',
  tableName: 'artifact',
  properties: {
    tenantId: p.uuid().primary(),
    sha256: p.text().primary(),
    treatedJson: p.text(),
    controlJson: p.text(),
  },
  ...tenantRowSecurity,
})

export const ModelVersionEntity = defineEntity({
  name: 'ModelVersion',
  schema: 'models',
  tableName: 'model_version',
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    modelName: p.text(),
    version: p.text(),
    kind: p.text().$type<ModelKind>(),
    state: p.text().$type<ModelState>(),
    artifactSha256: p.text().fieldName('artifact_sha256'),
    features: p.array(),
    treeCount: p.integer(),
    referenceCutPoints: p.array(Number, String).columnType('double precision[]').nullable(),
    referenceN: p.integer().nullable(),
    registeredAt: p.datetime(),
  },
  ...tenantRowSecurity,
})
