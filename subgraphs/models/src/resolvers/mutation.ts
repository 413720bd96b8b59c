import { Fault, unreachable } from '@stormops/chassis/fault'
import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import { invalidInput, keyReused } from '@stormops/chassis/graphql/results'
import { registerModel } from '../commands/register-model.ts'
import type { MutationResolvers } from '../generated/resolvers.ts'

export const mutationResolvers: EveryField<MutationResolvers> = {
  registerModel: async (_root, { input, idempotencyKey }, context) => {
    const { name, version, type, artifact } = input
    const { treatedJson, controlJson } = artifact
    const result = await registerModel(
      context,
      { name, version, kind: type, artifact: { treatedJson, controlJson } },
      idempotencyKey,
    )
    switch (result.kind) {
      case 'ok': {
        const modelVersion = await context.versionById.load(result.versionId)
        if (modelVersion === null)
          throw new Fault('INTERNAL', 'The version that was just registered is not there.')
        return { __typename: 'RegisterModelSuccess', modelVersion }
      }
      case 'artifact-refused':
        return { __typename: 'ArtifactRefused', ...result.refusal }
      case 'version-exists':
        return {
          __typename: 'ModelVersionExists',
          message: `The model ${result.name} has a version ${result.version}, and versions never change. Give the new one another name.`,
        }
      case 'invalid':
        return invalidInput(result)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
}
