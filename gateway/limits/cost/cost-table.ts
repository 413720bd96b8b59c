/**
 * What the graph says of its own cost: `@cost` and `@listSize` of the supergraph, by schema coordinate
 * (`Query.storms`, `Query.storms(first:)`, `Storm`, `MoneyInput.currency`), read once at the start.
 */
import { Kind, parse, valueFromASTUntyped } from 'graphql'
import type { ConstDirectiveNode, DefinitionNode, DirectiveNode, DocumentNode } from 'graphql'

export type ListSize = {
  /** Items that the list is taken to have where no argument says how many. */
  readonly assumedSize: number | null
  /** Arguments that say how many. */
  readonly slicingArguments: readonly string[]
  /** Fields of the returned object that are the list; none where the field itself is. */
  readonly sizedFields: readonly string[]
  readonly requireOneSlicingArgument: boolean
}

export type CostTable = {
  readonly weights: ReadonlyMap<string, number>
  readonly listSizes: ReadonlyMap<string, ListSize>
}

const COST_FEATURE = /^https:\/\/specs\.apollo\.dev\/cost\/v0\.\d+$/

/** Weights of several subgraphs for one coordinate were merged by the composition, which takes the largest. */
export const costTable = (supergraphSdl: string): CostTable => {
  const document = parse(supergraphSdl, { noLocation: true })
  const names = directiveNames(document)
  const weights = new Map<string, number>()
  const listSizes = new Map<string, ListSize>()
  const read = (coordinate: string, directives: readonly ConstDirectiveNode[] = []): void => {
    for (const directive of directives) {
      if (directive.name.value === names.cost) weights.set(coordinate, numberIn(directive, 'weight') ?? 0)
      if (directive.name.value === names.listSize) listSizes.set(coordinate, listSizeOf(directive))
    }
  }
  for (const definition of document.definitions) readDefinition(definition, read)
  return { weights, listSizes }
}

type Read = (coordinate: string, directives?: readonly ConstDirectiveNode[]) => void

const readDefinition = (definition: DefinitionNode, read: Read): void => {
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      read(definition.name.value, definition.directives)
      for (const { name, directives, arguments: given = [] } of definition.fields ?? []) {
        const coordinate = `${definition.name.value}.${name.value}`
        read(coordinate, directives)
        for (const argument of given) read(`${coordinate}(${argument.name.value}:)`, argument.directives)
      }
      return
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      for (const { name, directives } of definition.fields ?? []) {
        read(`${definition.name.value}.${name.value}`, directives)
      }
      return
    case Kind.SCALAR_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_DEFINITION:
      read(definition.name.value, definition.directives)
      return
    default:
  }
}

/** A supergraph may import a directive under another name; without an import it is prefixed. */
const directiveNames = (document: DocumentNode): { readonly cost: string; readonly listSize: string } => {
  const links = document.definitions
    .flatMap((definition) =>
      definition.kind === Kind.SCHEMA_DEFINITION ? (definition.directives ?? []) : [],
    )
    .filter(({ name }) => name.value === 'link')
  const link = links.find((directive) => COST_FEATURE.test(String(argumentOf(directive, 'url'))))
  const imports = link === undefined ? [] : argumentOf(link, 'import')
  const renamed = new Map<unknown, string>()
  for (const one of Array.isArray(imports) ? Array.from<unknown>(imports) : []) {
    if (typeof one !== 'object' || one === null || !('name' in one) || !('as' in one)) continue
    if (typeof one.as === 'string') renamed.set(one.name, one.as.slice(1))
  }
  return { cost: renamed.get('@cost') ?? 'cost', listSize: renamed.get('@listSize') ?? 'listSize' }
}

const listSizeOf = (directive: DirectiveNode): ListSize => ({
  assumedSize: numberIn(directive, 'assumedSize'),
  slicingArguments: textsIn(directive, 'slicingArguments'),
  sizedFields: textsIn(directive, 'sizedFields'),
  requireOneSlicingArgument: argumentOf(directive, 'requireOneSlicingArgument') !== false,
})

const argumentOf = (directive: DirectiveNode, name: string): unknown => {
  const given = directive.arguments?.find((argument) => argument.name.value === name)
  return given === undefined ? undefined : valueFromASTUntyped(given.value)
}

const numberIn = (directive: DirectiveNode, name: string): number | null => {
  const value = argumentOf(directive, name)
  return typeof value === 'number' && Number.isFinite(value) ? Math.max(0, value) : null
}

const textsIn = (directive: DirectiveNode, name: string): readonly string[] => {
  const value = argumentOf(directive, name)
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : []
}
