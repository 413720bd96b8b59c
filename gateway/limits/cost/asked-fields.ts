/** Which fields of an object are asked, fragments written out and fields of one key put together as in the answer. */
import { isAbstractType, Kind } from 'graphql'
import type {
  DirectiveNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLObjectType,
  GraphQLSchema,
  SelectionSetNode,
  ValueNode,
} from 'graphql'
import type { Condition } from './cost-plan.ts'

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>

/** A selection set, and what must hold for it to be asked. */
export type AskedSet = { readonly set: SelectionSetNode; readonly conditions: readonly Condition[] }

export type AskedField = {
  readonly key: string
  readonly node: FieldNode
  /** One for each time it is written; any of them is enough. */
  readonly conditions: (readonly Condition[])[]
  readonly sets: AskedSet[]
}

export type AskedScene = {
  readonly schema: GraphQLSchema
  readonly fragments: Fragments
  /** Of variables that have a default. */
  readonly defaults: ReadonlyMap<string, ValueNode>
}

/** By the key of the answer. What is never asked is left out. */
export const fieldsAsked = (
  scene: AskedScene,
  object: GraphQLObjectType,
  sets: readonly AskedSet[],
): ReadonlyMap<string, AskedField> => {
  const fields = new Map<string, AskedField>()
  for (const { set, conditions } of sets) collect(scene, object, set, conditions, fields)
  return fields
}

const collect = (
  scene: AskedScene,
  object: GraphQLObjectType,
  set: SelectionSetNode,
  above: readonly Condition[],
  fields: Map<string, AskedField>,
): void => {
  for (const selection of set.selections) {
    const conditions = withDirectives(above, selection.directives ?? [], scene.defaults)
    if (conditions === null) continue
    if (selection.kind === Kind.FIELD) {
      addField(fields, selection, conditions)
      continue
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : scene.fragments.get(selection.name.value)
    if (fragment === undefined || !applies(scene.schema, object, fragment.typeCondition?.name.value)) continue
    collect(scene, object, fragment.selectionSet, conditions, fields)
  }
}

const addField = (
  fields: Map<string, AskedField>,
  node: FieldNode,
  conditions: readonly Condition[],
): void => {
  const key = node.alias?.value ?? node.name.value
  const field = fields.get(key) ?? { key, node, conditions: [], sets: [] }
  fields.set(key, field)
  field.conditions.push(conditions)
  if (node.selectionSet !== undefined) field.sets.push({ set: node.selectionSet, conditions })
}

const applies = (
  schema: GraphQLSchema,
  object: GraphQLObjectType,
  condition: string | undefined,
): boolean => {
  if (condition === undefined || condition === object.name) return true
  const type = schema.getType(condition)
  return isAbstractType(type) && schema.isSubType(type, object)
}

/** Null for what is never asked. */
const withDirectives = (
  above: readonly Condition[],
  directives: readonly DirectiveNode[],
  defaults: AskedScene['defaults'],
): readonly Condition[] | null => {
  const conditions: Condition[] = []
  for (const directive of directives) {
    const name = directive.name.value
    if (name !== 'skip' && name !== 'include') continue
    const holdsWhen = name === 'include'
    const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value
    if (value?.kind === Kind.BOOLEAN && value.value !== holdsWhen) return null
    if (value?.kind !== Kind.VARIABLE) continue
    const variable = value.name.value
    const fallback = defaults.get(variable)
    // A variable that is neither given nor has a default is refused later; until then it counts.
    const isTrue = fallback?.kind === Kind.BOOLEAN ? fallback.value : holdsWhen
    conditions.push({ variable, holdsWhen, fallback: isTrue })
  }
  return conditions.length === 0 ? above : [...above, ...conditions]
}
