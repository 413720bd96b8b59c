/** Somebody who did not sign in may ask how the graph is shaped, and nothing else. */
import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server'
import { Kind } from 'graphql'
import type { DocumentNode, SelectionSetNode } from 'graphql'
import { Fault } from '@stormops/chassis/fault'
import type { GatewayContext } from '../context.ts'
import { refusal } from '../refusal.ts'

/** Refuses with `UNAUTHENTICATED`. */
export const anonymousGatePlugin = (): ApolloServerPlugin<GatewayContext> => {
  const listener: GraphQLRequestListener<GatewayContext> = {
    didResolveOperation: async ({ operation, document, contextValue }) => {
      if (contextValue.actor !== null) return
      if (operation !== undefined && asksOnlyForShape(operation.selectionSet, fragmentsOf(document))) return
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

/** `__typename`, `__schema` and `__type` alone. The document guard has bounded what fragments can grow to. */
const asksOnlyForShape = (set: SelectionSetNode, fragments: Fragments): boolean =>
  set.selections.every((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value.startsWith('__')
    const inner =
      selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragments.get(selection.name.value)
    return inner !== undefined && asksOnlyForShape(inner, fragments)
  })
