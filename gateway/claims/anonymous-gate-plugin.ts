/** Somebody who did not sign in may ask how the graph is shaped, and for what the graph says is public. */
import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server'
import { Kind, parse } from 'graphql'
import type { DocumentNode, SelectionSetNode } from 'graphql'
import { Fault } from '@stormops/chassis/fault'
import type { GatewayContext } from '../context.ts'
import { refusal } from '../refusal.ts'

/** Refuses with `UNAUTHENTICATED`. Which root fields are public is said by the supergraph. */
export const anonymousGatePlugin = (supergraphSdl: string): ApolloServerPlugin<GatewayContext> => {
  const publicFields = publicRootFields(parse(supergraphSdl, { noLocation: true }))
  const listener: GraphQLRequestListener<GatewayContext> = {
    didResolveOperation: async ({ operation, document, contextValue }) => {
      if (contextValue.actor !== null) return
      const allowed = publicFields.get(operation?.operation ?? '') ?? NOTHING
      if (operation !== undefined && asksOnlyFor(allowed, operation.selectionSet, fragmentsOf(document)))
        return
      throw refusal(new Fault('UNAUTHENTICATED', 'Sign in, or send a token or an API key, to ask for this.'))
    },
  }
  return { requestDidStart: async () => listener }
}

type Fragments = ReadonlyMap<string, SelectionSetNode>

const fragmentsOf = (document: DocumentNode): Fragments =>
  new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition.selectionSet]] : [],
    ),
  )

type FieldNames = ReadonlySet<string>

const NOTHING: FieldNames = new Set()

const ROOT_TYPES = new Map([
  ['Query', 'query'],
  ['Mutation', 'mutation'],
])

/** By operation, the fields marked `@public`. */
const publicRootFields = ({ definitions }: DocumentNode): ReadonlyMap<string, FieldNames> =>
  new Map(
    definitions.flatMap((definition): [string, FieldNames][] => {
      if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return []
      const operation = ROOT_TYPES.get(definition.name.value)
      if (operation === undefined) return []
      const fields = (definition.fields ?? []).filter(({ directives }) =>
        directives?.some(({ name }) => name.value === 'public'),
      )
      return [[operation, new Set(fields.map(({ name }) => name.value))]]
    }),
  )

/** Fields of that name, `__typename`, `__schema` and `__type`. The document guard has bounded what fragments grow to. */
const asksOnlyFor = (allowed: FieldNames, set: SelectionSetNode, fragments: Fragments): boolean =>
  set.selections.every((selection) => {
    if (selection.kind === Kind.FIELD) {
      return selection.name.value.startsWith('__') || allowed.has(selection.name.value)
    }
    const inner =
      selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragments.get(selection.name.value)
    return inner !== undefined && asksOnlyFor(allowed, inner, fragments)
  })
