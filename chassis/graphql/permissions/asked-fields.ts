/**
 * Which fields an operation asks for, whatever way it spells them: aliases, fragments within fragments, interfaces and
 * unions (every type an object could be counts), `@skip` and `@include`. Read once for each document.
 */
import { getNamedType, isAbstractType, isCompositeType, isInputObjectType, isObjectType, Kind } from 'graphql'
import type {
  ArgumentNode,
  DirectiveNode,
  DocumentNode,
  FieldNode,
  GraphQLField,
  GraphQLInputObjectType,
  GraphQLNamedType,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql'
import { fragmentsOf } from '../fragments.ts'
import type { Fragments } from '../fragments.ts'

/** A selection counts where all its conditions hold. */
export type Condition = { readonly variable: string; readonly is: boolean }

export type GuardedArguments = {
  readonly field: GraphQLField<unknown, unknown>
  readonly nodes: readonly ArgumentNode[]
}

export type AskedField = {
  /** `Property.uplift`; an introspection field keeps its bare name, such as `__schema`. */
  readonly coordinate: string
  readonly conditions: readonly Condition[]
  /** Set where giving an argument may ask for more. */
  readonly guarded: GuardedArguments | null
}

export type AskedOptions = {
  readonly schema: GraphQLSchema
  /** Whether a field's arguments, or what they are made of, ask for anything. */
  readonly isGuarded: (coordinate: string, field: GraphQLField<unknown, unknown>) => boolean
}

/** The document is valid and bounded in size: the guard and the validator have seen it. */
export const askedFields = (
  options: AskedOptions,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): readonly AskedField[] => {
  const root = options.schema.getRootType(operation.operation)
  if (root === null || root === undefined) return []
  const walk: Walk = { ...options, fragments: fragmentsOf(document), seen: new Set(), asked: new Map() }
  walkSelections(walk, operation.selectionSet, [root], [])
  return [...walk.asked.values()]
}

type Walk = AskedOptions & {
  readonly fragments: Fragments
  /** Selections that were walked for these types under these conditions. */
  readonly seen: Set<string>
  readonly asked: Map<string, AskedField>
}

const walkSelections = (
  walk: Walk,
  set: SelectionSetNode,
  types: readonly GraphQLObjectType[],
  conditions: readonly Condition[],
): void => {
  if (types.length === 0) return
  for (const selection of set.selections) {
    const here = conditionsOf(selection.directives, conditions)
    if (here === null) continue
    switch (selection.kind) {
      case Kind.FIELD:
        walkField(walk, selection, types, here)
        break
      case Kind.INLINE_FRAGMENT:
        walkSelections(
          walk,
          selection.selectionSet,
          narrowed(walk, types, selection.typeCondition?.name.value),
          here,
        )
        break
      case Kind.FRAGMENT_SPREAD:
        walkFragment(walk, selection.name.value, types, here)
    }
  }
}

const walkFragment = (
  walk: Walk,
  name: string,
  types: readonly GraphQLObjectType[],
  conditions: readonly Condition[],
): void => {
  const fragment = walk.fragments.get(name)
  if (fragment === undefined) return
  const inner = narrowed(walk, types, fragment.typeCondition.name.value)
  // A fragment used in many places is walked once for each set of types and conditions it is used under.
  const visit = `${name}|${inner.map((type) => type.name).join(',')}|${JSON.stringify(conditions)}`
  if (walk.seen.has(visit)) return
  walk.seen.add(visit)
  walkSelections(walk, fragment.selectionSet, inner, conditions)
}

const walkField = (
  walk: Walk,
  node: FieldNode,
  types: readonly GraphQLObjectType[],
  conditions: readonly Condition[],
): void => {
  const name = node.name.value
  if (name === '__typename') return
  if (name.startsWith('__')) {
    note(walk, { coordinate: name, conditions, guarded: null })
    return
  }
  const inner = new Set<GraphQLObjectType>()
  for (const type of types) {
    const field = type.getFields()[name]
    if (field === undefined) continue
    const coordinate = `${type.name}.${name}`
    const isGuarded = walk.isGuarded(coordinate, field) && (node.arguments?.length ?? 0) > 0
    note(walk, { coordinate, conditions, guarded: isGuarded ? { field, nodes: node.arguments ?? [] } : null })
    for (const possible of objectsOf(walk.schema, getNamedType(field.type))) inner.add(possible)
  }
  if (node.selectionSet !== undefined) walkSelections(walk, node.selectionSet, [...inner], conditions)
}

/** Asked for without a condition it is asked for anyhow. */
const note = ({ asked }: Walk, field: AskedField): void => {
  const plain = asked.get(field.coordinate)
  if (field.guarded === null && plain !== undefined) return
  if (field.guarded === null && field.conditions.length === 0) asked.set(field.coordinate, field)
  else asked.set(`${field.coordinate}#${asked.size}`, field)
}

const objectsOf = (schema: GraphQLSchema, type: GraphQLNamedType): readonly GraphQLObjectType[] => {
  if (isObjectType(type)) return [type]
  return isAbstractType(type) ? schema.getPossibleTypes(type) : []
}

const narrowed = (
  { schema }: Walk,
  types: readonly GraphQLObjectType[],
  condition: string | undefined,
): readonly GraphQLObjectType[] => {
  if (condition === undefined) return types
  const type = schema.getType(condition)
  if (type === undefined || !isCompositeType(type)) return []
  const possible = new Set(objectsOf(schema, type))
  return types.filter((candidate) => possible.has(candidate))
}

/** Null where the selection never counts. */
const conditionsOf = (
  directives: readonly DirectiveNode[] = [],
  outer: readonly Condition[],
): readonly Condition[] | null => {
  const own: Condition[] = []
  for (const { name, arguments: given = [] } of directives) {
    if (name.value !== 'skip' && name.value !== 'include') continue
    const wanted = name.value === 'include'
    const value = given.find((argument) => argument.name.value === 'if')?.value
    if (value?.kind === Kind.BOOLEAN && value.value !== wanted) return null
    if (value?.kind === Kind.VARIABLE) {
      own.push({ variable: value.name.value, is: wanted })
    }
  }
  return own.length === 0 ? outer : [...outer, ...own]
}

/** Whether an input type, or one it is made of, has a guarded field. */
export const hasGuardedField = (
  type: GraphQLNamedType,
  isGuarded: (coordinate: string) => boolean,
  seen: Set<GraphQLInputObjectType> = new Set(),
): boolean => {
  if (!isInputObjectType(type) || seen.has(type)) return false
  seen.add(type)
  return Object.values(type.getFields()).some(
    (field) =>
      isGuarded(`${type.name}.${field.name}`) || hasGuardedField(getNamedType(field.type), isGuarded, seen),
  )
}
