/**
 * The document guard as a stage between parsing and validating. A document that is too large is never walked by the
 * validator, nor by a plugin after this one: an empty document takes its place, and the rule says why.
 */
import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server'
import { Kind } from 'graphql'
import type { DocumentNode, GraphQLError, ValidationRule } from 'graphql'
import { Fault } from '@stormops/chassis/fault'
import type { GatewayContext } from './context.ts'
import { guardDocument } from './document-guard.ts'
import { refusal } from './refusal.ts'

export type DocumentGuard = {
  readonly plugin: ApolloServerPlugin<GatewayContext>
  /** Must be among the rules of the same server; without it a refused document would be an empty one. */
  readonly rule: ValidationRule
}

export const documentGuard = (): DocumentGuard => {
  const refused = new WeakMap<DocumentNode, GraphQLError>()
  const listener: GraphQLRequestListener<GatewayContext> = {
    validationDidStart: async (operation) => {
      const error = refusalOf(operation.document)
      if (error === null) return
      const empty: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] }
      refused.set(empty, error)
      // Read-only for plugins by its type alone; the server validates what it finds here.
      Object.assign(operation, { document: empty })
    },
  }
  return {
    plugin: { requestDidStart: async () => listener },
    rule: (context) => {
      const error = refused.get(context.getDocument())
      if (error !== undefined) context.reportError(error)
      return {}
    },
  }
}

const refusalOf = (document: DocumentNode): GraphQLError | null => {
  try {
    guardDocument(document)
    return null
  } catch (cause) {
    if (cause instanceof Fault) return refusal(cause)
    throw cause
  }
}
