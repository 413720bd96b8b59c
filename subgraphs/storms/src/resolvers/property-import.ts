import { Fault } from '@stormops/chassis/fault'
import type { FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import { importIds } from '../context.ts'
import type { PropertyImport } from '../domain/property-import.ts'
import type { PropertyImportResolvers } from '../generated/resolvers.ts'

const MOST_REJECTIONS = 1_000

export const propertyImportResolvers: FieldsBeyond<PropertyImport, PropertyImportResolvers> = {
  id: ({ id }) => importIds.encode(id),
  storm: async ({ stormId }, _arguments, context) => {
    const storm = await context.stormById.load(stormId)
    if (storm === null) throw new Fault('INTERNAL', 'The import has lost its storm.')
    return storm
  },
  rejections: async ({ id }, { first, afterLine }, { read }) => {
    const size = first ?? MOST_REJECTIONS
    if (size < 1 || size > MOST_REJECTIONS) {
      throw new Fault('BAD_INPUT', `first must be from 1 to ${MOST_REJECTIONS}, and is ${size}.`, {
        facts: { field: 'first' },
      })
    }
    return [...(await read((stores) => stores.imports.rejections(id, size, afterLine ?? 0)))]
  },
}
