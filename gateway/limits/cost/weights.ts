/** What one item of a field costs by itself: what the schema says, else 1 for an object and nothing for a value. */
import { getNamedType, isAbstractType, isCompositeType } from 'graphql'
import type { GraphQLField, GraphQLNamedType, GraphQLObjectType, GraphQLSchema } from 'graphql'
import type { CostTable } from './cost-table.ts'

/** Of one object, whatever it is. */
const OBJECT_WEIGHT = 1

/** Of one root field of a mutation of which nothing is said: it writes, and leaves a line in the audit. */
export const MUTATION_WEIGHT = 10

/** The shape of the whole graph is as much text as some hundred objects. */
export const INTROSPECTION_WEIGHTS: ReadonlyMap<string, number> = new Map([
  ['__schema', 100],
  ['__type', 10],
])

export type WeightScene = { readonly schema: GraphQLSchema; readonly table: CostTable }

/** `isDeclared` where the schema says it, or it is a change: the work is done even if nothing comes of it. */
export const fieldWeight = (
  { table, schema }: WeightScene,
  parent: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
): { readonly weight: number; readonly isDeclared: boolean } => {
  const declared = ownOrInherited(table.weights, parent, field.name)
  if (declared !== undefined) return { weight: declared, isDeclared: true }
  const base = parent === schema.getMutationType() ? MUTATION_WEIGHT : 0
  return { weight: base + typeWeight(schema, table, getNamedType(field.type)), isDeclared: base > 0 }
}

const typeWeight = (schema: GraphQLSchema, table: CostTable, type: GraphQLNamedType): number => {
  if (isAbstractType(type)) {
    const possible = schema.getPossibleTypes(type).map((object) => typeWeight(schema, table, object))
    return Math.max(OBJECT_WEIGHT, ...possible)
  }
  return table.weights.get(type.name) ?? (isCompositeType(type) ? OBJECT_WEIGHT : 0)
}

/** What an interface says of its field holds for those that implement it and say nothing themselves. */
export const ownOrInherited = <Value>(
  all: ReadonlyMap<string, Value>,
  parent: GraphQLObjectType,
  field: string,
): Value | undefined => {
  for (const { name } of [parent, ...parent.getInterfaces()]) {
    const found = all.get(`${name}.${field}`)
    if (found !== undefined) return found
  }
  return undefined
}
