/** Makes the cost plan of an operation out of its document, the schema and what that says of costs. */
import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isInputObjectType,
  isListType,
  isObjectType,
  Kind,
} from 'graphql'
import type {
  FieldNode,
  GraphQLCompositeType,
  GraphQLField,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLSchema,
  OperationDefinitionNode,
  ValueNode,
} from 'graphql'
import { Fault } from '@stormops/chassis/fault'
import { fieldsAsked } from './asked-fields.ts'
import type { AskedField, AskedSet, Fragments } from './asked-fields.ts'
import { selectionCost } from './cost-estimate.ts'
import type { CostPlan, FieldCost, SelectionCost } from './cost-plan.ts'
import type { CostTable, ListSize } from './cost-table.ts'
import { hasInputWeights, inputCost } from './input-cost.ts'
import { ASSUMED_LIST_SIZE, count, isConstantSize } from './list-size.ts'
import type { ListSizeSource, SliceSource } from './list-size.ts'
import { fieldWeight, INTROSPECTION_WEIGHTS, ownOrInherited } from './weights.ts'

/** Fields times the types that could have them; as many fields as are allowed take a twentieth, unless asked of an interface. */
const MAX_STEPS = 100_000

export type CostCompiler = (operation: OperationDefinitionNode, fragments: Fragments) => CostPlan

/** The returned function throws `QUERY_TOO_COMPLEX` for an operation that could be answered in too many ways. */
export const costCompiler = (schema: GraphQLSchema, table: CostTable): CostCompiler => {
  const weighsInputs = hasInputWeights(table, (name) => isInputObjectType(schema.getType(name)))
  return (operation, fragments) => {
    const rootType = schema.getRootType(operation.operation)
    if (!rootType) return { byType: new Map(), constant: 0 }
    const scene: Scene = {
      schema,
      table,
      fragments,
      weighsInputs,
      defaults: defaultsOf(operation),
      known: new Map(),
      ids: new Map(),
      steps: 0,
    }
    return compileSelection(scene, rootType, [{ set: operation.selectionSet, conditions: [] }], null)
  }
}

type Scene = {
  readonly schema: GraphQLSchema
  readonly table: CostTable
  readonly fragments: Fragments
  readonly weighsInputs: boolean
  readonly defaults: ReadonlyMap<string, ValueNode>
  /** The same selections of the same type cost the same, wherever they are spread. */
  readonly known: Map<string, SelectionCost>
  readonly ids: Map<object, number>
  steps: number
}

const defaultsOf = (operation: OperationDefinitionNode): ReadonlyMap<string, ValueNode> =>
  new Map(
    (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue === undefined ? [] : [[variable.name.value, defaultValue]],
    ),
  )

/** `sized` says how long the fields of the selection are that the field above it sizes. */
type Sized = { readonly fields: readonly string[]; readonly size: ListSizeSource }

const compileSelection = (
  scene: Scene,
  type: GraphQLCompositeType,
  sets: readonly AskedSet[],
  sized: Sized | null,
): SelectionCost => {
  const memo = sized === null ? memoKey(scene, type, sets) : null
  const known = memo === null ? undefined : scene.known.get(memo)
  if (known !== undefined) return known
  const byType = new Map<string, readonly FieldCost[]>()
  const objects = isAbstractType(type) ? scene.schema.getPossibleTypes(type) : [type]
  for (const object of objects) {
    if (!isObjectType(object)) continue
    const costs: FieldCost[] = []
    for (const asked of fieldsAsked(scene, object, sets).values()) {
      scene.steps += 1
      if (scene.steps > MAX_STEPS) throw tooManyWays()
      const cost = compileField(scene, object, asked, sized)
      if (cost !== null) costs.push(cost)
    }
    byType.set(object.name, costs)
  }
  const open = { byType, constant: null }
  const constant = isConstant(byType) ? selectionCost(open, {}) : null
  const selection = { byType, constant }
  if (memo !== null) scene.known.set(memo, selection)
  return selection
}

const memoKey = (scene: Scene, type: GraphQLCompositeType, sets: readonly AskedSet[]): string => {
  const parts = sets.map(({ set, conditions }) => {
    const id = scene.ids.get(set) ?? scene.ids.size
    scene.ids.set(set, id)
    return `${id}${conditions.map(({ variable, holdsWhen }) => `${holdsWhen ? '+' : '-'}${variable}`).join('')}`
  })
  return `${type.name} ${parts.join(' ')}`
}

const isConstant = (byType: SelectionCost['byType']): boolean =>
  [...byType.values()].every((fields) =>
    fields.every(
      ({ asked, size, selection, inputs }) =>
        asked === null &&
        inputs.length === 0 &&
        (size === null || isConstantSize(size)) &&
        (selection === null || selection.constant !== null),
    ),
  )

const compileField = (
  scene: Scene,
  parent: GraphQLObjectType,
  { key, node, sets, conditions }: AskedField,
  sizedAbove: Sized | null,
): FieldCost | null => {
  const name = node.name.value
  const asked = conditions.some((all) => all.length === 0) ? null : conditions
  const introspected = INTROSPECTION_WEIGHTS.get(name)
  const plain = { key, asked, size: null, selection: null, inputs: [] }
  if (introspected !== undefined) return { ...plain, weight: introspected, isDeclared: true }
  const field = parent.getFields()[name]
  if (field === undefined) return null
  const declared = declaredListSize(scene, parent, field, node)
  const own = declared === null ? null : declared.source
  const named = getNamedType(field.type)
  const listDepth = listDepthOf(field.type)
  const isSizedAbove = sizedAbove !== null && sizedAbove.fields.includes(name)
  const size = listDepth === 0 ? null : withDepth(isSizedAbove ? sizedAbove.size : own, listDepth)
  const sized =
    declared !== null && own !== null && declared.fields.length > 0
      ? { fields: declared.fields, size: own }
      : null
  const selection = isCompositeType(named) ? compileSelection(scene, named, sets, sized) : null
  const { weight, isDeclared } = fieldWeight(scene, parent, field)
  const inputs = inputsOf(scene, parent, field, node)
  if (selection === null && weight === 0 && inputs.length === 0) return null
  return { key, asked, weight, isDeclared, size, selection, inputs }
}

const declaredListSize = (
  scene: Scene,
  parent: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
): { readonly source: ListSizeSource; readonly fields: readonly string[] } | null => {
  const declared = ownOrInherited(scene.table.listSizes, parent, field.name)
  if (declared === undefined) return null
  refuseUnsliced(declared, field, node)
  const slices = declared.slicingArguments.flatMap((name) => sliceOf(scene, field, node, name))
  const assumed = declared.assumedSize ?? ASSUMED_LIST_SIZE
  return { source: { slices, assumed, factor: 1 }, fields: declared.sizedFields }
}

const refuseUnsliced = (
  { slicingArguments, requireOneSlicingArgument }: ListSize,
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
): void => {
  if (!requireOneSlicingArgument || slicingArguments.length === 0) return
  const given = (node.arguments ?? []).filter(({ name }) => slicingArguments.includes(name.value))
  if (given.length === 1) return
  const names = slicingArguments.join(' or ')
  throw new Fault(
    'BAD_INPUT',
    `${field.name} needs exactly one of its arguments ${names}, to say how many.`,
    {
      facts: { field: field.name, slicingArguments },
    },
  )
}

/** An argument that is null, or a variable that is not given, is as good as left out. */
const sliceOf = (
  { defaults }: Scene,
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  name: string,
): readonly SliceSource[] => {
  const fallback = count(field.args.find((argument) => argument.name === name)?.defaultValue)
  const value = node.arguments?.find((argument) => argument.name.value === name)?.value
  if (value?.kind === Kind.VARIABLE) {
    const given = numberOf(defaults.get(value.name.value))
    return [{ kind: 'variable', name: value.name.value, fallback: given ?? fallback }]
  }
  const size = numberOf(value) ?? fallback
  return size === null ? [] : [{ kind: 'number', value: size }]
}

const numberOf = (value: ValueNode | undefined): number | null =>
  value?.kind === Kind.INT || value?.kind === Kind.FLOAT ? count(Number(value.value)) : null

const listDepthOf = (type: GraphQLOutputType): number => {
  const nullable = getNullableType(type)
  return isListType(nullable) ? 1 + listDepthOf(nullable.ofType) : 0
}

const withDepth = (source: ListSizeSource | null, depth: number): ListSizeSource => ({
  ...(source ?? { slices: [], assumed: ASSUMED_LIST_SIZE }),
  factor: ASSUMED_LIST_SIZE ** (depth - 1),
})

const inputsOf = (
  { table, weighsInputs }: Scene,
  parent: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
): FieldCost['inputs'] => {
  if (!weighsInputs) return []
  return (node.arguments ?? []).flatMap(({ name, value }) => {
    const argument = field.args.find((one) => one.name === name.value)
    if (argument === undefined) return []
    const cost = inputCost(table, `${parent.name}.${field.name}(${name.value}:)`, argument.type, value)
    return cost === null ? [] : [cost]
  })
}

const tooManyWays = (): Fault =>
  new Fault('QUERY_TOO_COMPLEX', 'This operation could be answered in too many ways. Ask for less at once.', {
    facts: { maxSteps: MAX_STEPS },
  })
