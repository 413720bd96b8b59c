import type { FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import { propertyIds } from '../context.ts'
import type { Property } from '../domain/property.ts'
import type { PropertyResolvers } from '../generated/resolvers.ts'

export const propertyResolvers: FieldsBeyond<Property, PropertyResolvers> = {
  __resolveReference: async (reference, context) => {
    const id = propertyIds.decode(reference.id)
    return id === null ? null : context.propertyById.load(id)
  },
  id: ({ id }) => propertyIds.encode(id),
  owner: ({ ownerName, ownerPhone, ownerEmail }) => {
    return ownerName === null && ownerPhone === null && ownerEmail === null
      ? null
      : { name: ownerName, phone: ownerPhone, email: ownerEmail }
  },
  uplift: ({ id }, _arguments, context) => {
    return context.upliftByProperty.load(id)
  },
  decision: async ({ id }, _arguments, context) =>
    (await context.assignmentByProperty.load(id))?.decision ?? null,
  decisionReason: async ({ id }, _arguments, context) => {
    return (await context.assignmentByProperty.load(id))?.reason ?? null
  },
  outcome: async ({ id }, _arguments, context) => {
    const assignment = await context.assignmentByProperty.load(id)
    if (assignment === null || assignment.converted === null || assignment.outcomeAt === null) return null
    const { converted, value, currency, outcomeAt } = assignment
    const money = value === null || currency === null ? null : { minorUnits: value, currency }
    return { converted, value: money, at: outcomeAt }
  },
}
