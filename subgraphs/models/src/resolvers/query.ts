import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import { modelVersionIds } from '../context.ts'
import { championOf, modelsOf } from '../domain/model.ts'
import type { QueryResolvers } from '../generated/resolvers.ts'

export const queryResolvers: EveryField<QueryResolvers> = {
  model: async (_root, { name }, context) => {
    return context.modelByName.load(name)
  },
  models: async (_root, _arguments, context) => {
    return [...modelsOf(await context.read(({ versions }) => versions.all()))]
  },
  modelVersion: async (_root, { id }, context) => {
    const versionId = modelVersionIds.decode(id)
    return versionId === null ? null : context.versionById.load(versionId)
  },
  // There is one environment, and the champion answers in it.
  activeModel: async (_root, { name }, context) => {
    const model = await context.modelByName.load(name)
    return model === null ? null : championOf(model)
  },
}
