import type { FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import { modelVersionIds } from '../context.ts'
import type { ModelVersion } from '../domain/model.ts'
import type { ModelVersionResolvers } from '../generated/resolvers.ts'

export const modelVersionResolvers: FieldsBeyond<ModelVersion, ModelVersionResolvers> = {
  id: ({ id }) => modelVersionIds.encode(id),
  __resolveReference: async (reference, context) => {
    const id = modelVersionIds.decode(reference.id)
    return id === null ? null : context.versionById.load(id)
  },
}
