/** Walks the public schema: which root fields there are, where they take an id, and how to ask them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { requirementsOf } from '@stormops/chassis/graphql/permissions/requirements'
import { readSupergraph } from '@stormops/schema/compose.ts'
import { SCHEMA_DIRECTORY } from '@stormops/schema/subgraphs.ts'
import {
  buildSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  parse,
} from 'graphql'
import type { GraphQLField, GraphQLInputType, GraphQLOutputType } from 'graphql'

export type RootField = {
  readonly operation: 'query' | 'mutation'
  /** `Query.storm` */
  readonly name: string
  readonly field: GraphQLField<unknown, unknown>
}

export const apiSchema = buildSchema(readFileSync(join(SCHEMA_DIRECTORY, 'api.graphql'), 'utf8'))

export const rootFields: readonly RootField[] = (['query', 'mutation'] as const).flatMap((operation) => {
  const type = operation === 'query' ? apiSchema.getQueryType() : apiSchema.getMutationType()
  return Object.values(type?.getFields() ?? {}).map((field) => ({
    operation,
    name: `${type?.name ?? ''}.${field.name}`,
    field,
  }))
})

/** Where an argument holds an ID: `id`, `input.stormId`, `input.outcomes.propertyId`. */
const idPaths = (name: string, type: GraphQLInputType): readonly string[] => {
  const named = getNamedType(type)
  if (named.name === 'ID') return [name]
  if (!isInputObjectType(named)) return []
  return Object.values(named.getFields()).flatMap((field) => idPaths(`${name}.${field.name}`, field.type))
}

/** Every place of a root field that takes an id: `Mutation.recordOutcomes.input.outcomes.propertyId`. */
export const idPlaces: readonly { readonly place: string; readonly root: RootField }[] = rootFields.flatMap(
  (root) =>
    root.field.args
      .flatMap((argument) => idPaths(argument.name, argument.type))
      .map((path) => ({ place: `${root.name}.${path}`, root })),
)

const isList = (type: GraphQLOutputType): boolean =>
  isListType(isNonNullType(type) ? type.ofType : type) || getNamedType(type).name.endsWith('Connection')

export const listFields: readonly RootField[] = rootFields.filter(
  ({ operation, field }) => operation === 'query' && isList(field.type),
)

const requirements = requirementsOf(parse(readSupergraph()))

/** No company may ask for it, whatever the role. */
export const isForStaffAlone = (coordinate: string): boolean =>
  (requirements.ofField.get(coordinate) ?? []).some(
    (requirement) =>
      requirement.kind === 'scopes' && requirement.scopes.every((all) => all.includes('platform:staff')),
  )

/** Selects everything that needs no argument, down to `depth` objects: a company's alone, unless staff ask. */
export const everythingOf = (type: GraphQLOutputType, depth: number, asStaff = false): string => {
  const named = getNamedType(type)
  if (isUnionType(named)) {
    const members = named
      .getTypes()
      .map((member) => `... on ${member.name} ${everythingOf(member, depth, asStaff)}`)
    // Members may give one name different types, so each field is named after its member.
    return `{ __typename ${members.map((member) => member.replaceAll('{ __typename ', '{ ')).join(' ')} }`
  }
  if (!isObjectType(named) && !isInterfaceType(named)) return ''
  const fields = Object.values(named.getFields()).flatMap((field) => {
    if (!asStaff && isForStaffAlone(`${named.name}.${field.name}`)) return []
    const isLeaf = isLeafType(getNamedType(field.type))
    if (field.args.some((argument) => isNonNullType(argument.type) && argument.defaultValue === undefined))
      return []
    if (isLeaf) return [field.name]
    return depth === 0 ? [] : [`${field.name} ${everythingOf(field.type, depth - 1, asStaff)}`]
  })
  return `{ __typename ${fields.join(' ')} }`
}

/** What a caller is told by a union: which member, and a refusal's words. */
const refusalOf = (type: GraphQLOutputType): string => {
  const named = getNamedType(type)
  if (!isUnionType(named)) return '{ __typename }'
  const refused = named.getTypes().some(({ name }) => name === 'OutcomesRefused')
  return `{ __typename ... on UserError { message } ${refused ? '... on OutcomesRefused { rejections { index reason } }' : ''} }`
}

/** The operation that asks one root field with all its arguments as variables of the same names. */
export const operationOf = ({ operation, field }: RootField, selection = refusalOf(field.type)): string => {
  const variables = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ')
  const values = field.args.map(({ name }) => `${name}: $${name}`).join(', ')
  return field.args.length === 0
    ? `${operation} { ${field.name} ${selection} }`
    : `${operation} (${variables}) { ${field.name}(${values}) ${selection} }`
}
