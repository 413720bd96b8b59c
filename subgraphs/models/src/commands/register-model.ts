import { defineCommand } from '@stormops/chassis/command'
import type { IdempotencyKeyReused } from '@stormops/chassis/command'
import { requireScope } from '@stormops/chassis/identity'
import type { ModelsContext, ModelsStores } from '../context.ts'
import { artifactSha256 } from '../domain/artifact.ts'
import type { ArtifactRefusal, UpliftPairTexts } from '../domain/artifact.ts'
import { modelNameFault } from '../domain/model.ts'
import type { ModelKind } from '../domain/model.ts'

export type RegisterModel = {
  readonly name: string
  readonly version: string
  readonly kind: ModelKind
  readonly artifact: UpliftPairTexts
}

/** What a version has besides, once its artifact was inspected; it follows from the artifact alone. */
export type RegisterInspectedModel = RegisterModel & {
  readonly features: readonly string[]
  readonly treeCount: number
}

export type RegisterInspectedModelResult =
  | { readonly kind: 'ok'; readonly versionId: string; readonly artifactSha256: string }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }
  | { readonly kind: 'version-exists'; readonly name: string; readonly version: string }

export type RegisterModelResult =
  | RegisterInspectedModelResult
  | { readonly kind: 'artifact-refused'; readonly refusal: ArtifactRefusal }

const PERMISSION = 'models:manage'

export const registerInspectedModel = defineCommand<
  RegisterInspectedModel,
  RegisterInspectedModelResult,
  ModelsStores
>({
  name: 'models.registerModel',
  permission: PERMISSION,
  audit: (input, result) => ({
    subjectKind: 'model-version',
    subjectId: result.versionId,
    detail: { modelName: input.name, version: input.version, artifactSha256: result.artifactSha256 },
  }),
  run: async ({ stores, clock, newId }, { name, version, kind, artifact, features, treeCount }) => {
    const fault = modelNameFault({ name, version })
    if (fault !== null) return { kind: 'invalid', ...fault }
    const versionId = newId()
    const sha256 = artifactSha256(artifact)
    const inserted = await stores.versions.insert(
      {
        id: versionId,
        modelName: name,
        version,
        kind,
        state: 'REGISTERED',
        artifactSha256: sha256,
        features,
        treeCount,
        reference: null,
        registeredAt: clock.now(),
      },
      artifact,
    )
    if (!inserted) return { kind: 'version-exists', name, version }
    return { kind: 'ok', versionId, artifactSha256: sha256 }
  },
})

/**
 * Inspects the artifact, then registers it. The inspection can take seconds, so it comes before the transaction;
 * who may not register and whose names are wrong is refused before it.
 */
export const registerModel = async (
  { actor, inspect, run }: Pick<ModelsContext, 'actor' | 'inspect' | 'run'>,
  input: RegisterModel,
  idempotencyKey: string | null | undefined,
): Promise<RegisterModelResult | IdempotencyKeyReused> => {
  requireScope(actor(), PERMISSION)
  const fault = modelNameFault(input)
  if (fault !== null) return { kind: 'invalid', ...fault }
  const inspection = await inspect(input.artifact)
  if (inspection.kind === 'refused') return { kind: 'artifact-refused', refusal: inspection.refusal }
  const { features, treeCount } = inspection
  return run(registerInspectedModel, { ...input, features, treeCount }, idempotencyKey)
}
