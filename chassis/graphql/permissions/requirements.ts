/**
 * What the graph's documents say about who may ask for a field. A field's requirements are its type's and its own
 * together; a field for which neither says anything is nobody's, and composing refuses it.
 */
import { Kind, valueFromASTUntyped } from 'graphql'
import type {
  ConstDirectiveNode,
  DocumentNode,
  FieldDefinitionNode,
  InputValueDefinitionNode,
  ObjectTypeDefinitionNode,
  ObjectTypeExtensionNode,
} from 'graphql'

/** Lists of permissions: all of an inner list, any of the outer ones. */
export type ScopeLists = readonly (readonly string[])[]

export type Requirement =
  | { readonly kind: 'public' }
  | { readonly kind: 'authenticated' }
  | { readonly kind: 'scopes'; readonly scopes: ScopeLists }
  | { readonly kind: 'plan'; readonly tiers: readonly string[] }

export type Requirements = {
  /** All of them by coordinate, such as `Property.uplift`. */
  readonly ofField: ReadonlyMap<string, readonly Requirement[]>
  /** What giving an argument or an input field asks for, by `Query.jobRuns.first` or `JobRunFilter.tenantId`. */
  readonly ofArgument: ReadonlyMap<string, ScopeLists>
  /** Coordinates nothing is said about. */
  readonly unsaid: readonly string[]
}

/** Reads subgraph documents and supergraphs alike. */
export const requirementsOf = (document: DocumentNode): Requirements => {
  const ofType = new Map<string, Requirement[]>()
  const own = new Map<string, Requirement[]>()
  const ofArgument = new Map<string, ScopeLists>()
  for (const definition of document.definitions) {
    if (isObjectType(definition)) {
      add(ofType, definition.name.value, requirementsIn(definition.directives))
      for (const field of definition.fields ?? []) {
        const coordinate = `${definition.name.value}.${field.name.value}`
        add(own, coordinate, requirementsIn(field.directives))
        readArguments(ofArgument, coordinate, field)
      }
    }
    if (
      definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION ||
      definition.kind === Kind.INPUT_OBJECT_TYPE_EXTENSION
    ) {
      for (const field of definition.fields ?? []) readArgument(ofArgument, definition.name.value, field)
    }
  }
  const ofField = new Map(
    [...own].map(([coordinate, requirements]): [string, readonly Requirement[]] => [
      coordinate,
      [...(ofType.get(typeNameOf(coordinate)) ?? []), ...requirements],
    ]),
  )
  const unsaid = [...ofField].filter(([, requirements]) => requirements.length === 0)
  return { ofField, ofArgument, unsaid: unsaid.map(([coordinate]) => coordinate) }
}

type ObjectType = ObjectTypeDefinitionNode | ObjectTypeExtensionNode

const isObjectType = (definition: DocumentNode['definitions'][number]): definition is ObjectType =>
  definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION

const typeNameOf = (coordinate: string): string => coordinate.slice(0, coordinate.indexOf('.'))

const add = (all: Map<string, Requirement[]>, key: string, more: readonly Requirement[]): void => {
  all.set(key, [...(all.get(key) ?? []), ...more])
}

const readArguments = (
  all: Map<string, ScopeLists>,
  coordinate: string,
  { arguments: given = [] }: FieldDefinitionNode,
): void => {
  for (const argument of given) readArgument(all, coordinate, argument)
}

const readArgument = (
  all: Map<string, ScopeLists>,
  owner: string,
  { name, directives = [] }: InputValueDefinitionNode,
): void => {
  for (const directive of directives) {
    if (directive.name.value === 'argumentRequiresScopes') {
      all.set(`${owner}.${name.value}`, scopesOf(directive))
    }
  }
}

const requirementsIn = (directives: readonly ConstDirectiveNode[] = []): readonly Requirement[] =>
  directives.flatMap((directive): readonly Requirement[] => {
    switch (directive.name.value) {
      case 'public':
        return [{ kind: 'public' }]
      case 'authenticated':
        return [{ kind: 'authenticated' }]
      case 'requiresScopes':
        return [{ kind: 'scopes', scopes: scopesOf(directive) }]
      case 'requiresPlan':
        return [{ kind: 'plan', tiers: textsOf(argumentOf(directive, 'tiers')) }]
      default:
        return []
    }
  })

const scopesOf = (directive: ConstDirectiveNode): ScopeLists => {
  const lists = argumentOf(directive, 'scopes')
  return Array.isArray(lists) ? lists.map(textsOf) : []
}

const argumentOf = (directive: ConstDirectiveNode, name: string): unknown => {
  const given = directive.arguments?.find((argument) => argument.name.value === name)
  return given === undefined ? undefined : valueFromASTUntyped(given.value)
}

const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((text) => typeof text === 'string') : []
