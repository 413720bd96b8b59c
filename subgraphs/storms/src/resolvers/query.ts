import { connectionById } from '@stormops/chassis/graphql/page'
import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import { importIds, pilotIds, propertyIds, stormIds } from '../context.ts'
import type { QueryResolvers } from '../generated/resolvers.ts'

const MILLISECONDS = 1_000

export const queryResolvers: EveryField<QueryResolvers> = {
  storm: async (_root, { id }, context) => {
    const stormId = stormIds.decode(id)
    return stormId === null ? null : context.stormById.load(stormId)
  },
  storms: async (_root, { first, after }, { read }) => {
    return connectionById(first, after, (page) => read((stores) => stores.storms.page(page)))
  },
  property: async (_root, { id }, context) => {
    const propertyId = propertyIds.decode(id)
    return propertyId === null ? null : context.propertyById.load(propertyId)
  },
  propertyImport: async (_root, { id }, context) => {
    const importId = importIds.decode(id)
    return importId === null ? null : context.importById.load(importId)
  },
  attribution: async (_root, { stormId, model }, context) => {
    const id = stormIds.decode(stormId)
    if (id === null || (await context.stormById.load(id)) === null) return null
    const rule = model ?? 'LAST_TOUCH'
    const { currency } = await context.tenant()
    return context.read(async (stores) => {
      const tally = await stores.attribution.tally(id, rule)
      const { newestTouchAt } = tally
      return {
        model: rule,
        conversions: tally.conversions,
        unattributed: tally.conversions - tally.attributed,
        freshnessSeconds:
          newestTouchAt === null ? null : (context.now().getTime() - newestTouchAt.getTime()) / MILLISECONDS,
        credits: tally.credits.map(({ value, ...credit }) => ({
          ...credit,
          value: { minorUnits: Math.round(value), currency },
        })),
      }
    })
  },
  pilot: async (_root, { id }, context) => {
    const pilotId = pilotIds.decode(id)
    return pilotId === null ? null : context.pilotById.load(pilotId)
  },
  pilots: async (_root, { first, after }, { read }) => {
    return connectionById(first, after, (page) => read((stores) => stores.pilots.page(page)))
  },
}
