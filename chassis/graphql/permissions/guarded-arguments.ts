/** Arguments that ask for more than their field: which of them an operation really gives, inside variables too. */
import { getNamedType, isInputObjectType, isListType, isNonNullType, valueFromASTUntyped } from 'graphql'
import type { GraphQLInputType } from 'graphql'
import type { GuardedArguments } from './asked-fields.ts'
import type { ScopeLists } from './requirements.ts'

export type GivenArgument = { readonly coordinate: string; readonly scopes: ScopeLists }

type Asked = ReadonlyMap<string, ScopeLists>
type Variables = Readonly<Record<string, unknown>>

/** Null counts as not given. */
export const givenArguments = (
  asked: Asked,
  coordinate: string,
  { field, nodes }: GuardedArguments,
  variables: Variables,
): readonly GivenArgument[] =>
  nodes.flatMap((node) => {
    const argument = field.args.find(({ name }) => name === node.name.value)
    if (argument === undefined) return []
    const value: unknown = valueFromASTUntyped(node.value, variables)
    return givenIn(asked, `${coordinate}.${argument.name}`, argument.type, value)
  })

const givenIn = (
  asked: Asked,
  coordinate: string,
  type: GraphQLInputType,
  value: unknown,
): readonly GivenArgument[] => {
  if (value === null || value === undefined) return []
  const scopes = asked.get(coordinate)
  return [...(scopes === undefined ? [] : [{ coordinate, scopes }]), ...givenInside(asked, type, value)]
}

const givenInside = (asked: Asked, type: GraphQLInputType, value: unknown): readonly GivenArgument[] => {
  if (isNonNullType(type)) return givenInside(asked, type.ofType, value)
  if (isListType(type)) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value]
    return items.flatMap((item) => givenInside(asked, type.ofType, item))
  }
  const named = getNamedType(type)
  if (!isInputObjectType(named) || typeof value !== 'object' || value === null) return []
  const members = new Map(Object.entries(value))
  return Object.values(named.getFields()).flatMap((field) =>
    givenIn(asked, `${named.name}.${field.name}`, field.type, members.get(field.name)),
  )
}
