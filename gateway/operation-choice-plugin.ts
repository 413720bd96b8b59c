/** The document must hold the operation that the request means, and it must be one this graph can serve. */
import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server'
import { Kind } from 'graphql'
import type { DocumentNode, GraphQLError } from 'graphql'
import { Fault } from '@stormops/chassis/fault'
import type { GatewayContext, OperationType } from './context.ts'
import { codedRefusal, refusal } from './refusal.ts'

/** Characters of a name that is told back to whoever made it up. */
const TOLD_NAME_CHARACTERS = 100

const BAD_REQUEST = 400
const METHOD_NOT_ALLOWED = 405

/** Refuses with `OPERATION_RESOLUTION_FAILURE`, or `BAD_INPUT`; otherwise notes the operation among the facts. */
export const operationChoicePlugin = (): ApolloServerPlugin<GatewayContext> => {
  const listener: GraphQLRequestListener<GatewayContext> = {
    didResolveOperation: async ({ operation, document, request, contextValue }) => {
      if (operation === undefined) throw noOperation(document, request.operationName)
      const type: OperationType = operation.operation
      contextValue.facts.operation = { name: operation.name?.value ?? null, type }
      refuseUnservable(type, contextValue.readOnly)
    },
  }
  return { requestDidStart: async () => listener }
}

const noOperation = (document: DocumentNode, name: string | undefined): GraphQLError =>
  codedRefusal('OPERATION_RESOLUTION_FAILURE', whyNoOperation(document, name), { status: BAD_REQUEST })

const whyNoOperation = (document: DocumentNode, name: string | undefined): string => {
  if (name !== undefined) {
    return `The document has no operation named "${name.slice(0, TOLD_NAME_CHARACTERS)}".`
  }
  return document.definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION)
    ? 'The document holds several operations; say which one with operationName.'
    : 'The document holds no operation.'
}

const refuseUnservable = (type: OperationType, readOnly: boolean): void => {
  if (type === 'subscription') {
    throw refusal(new Fault('BAD_INPUT', 'This graph has no subscriptions; ask again to see what changed.'))
  }
  if (readOnly && type === 'mutation') {
    throw refusal(new Fault('BAD_INPUT', 'A GET request can only ask; send a mutation with POST.'), {
      status: METHOD_NOT_ALLOWED,
      headers: { allow: 'POST' },
    })
  }
}
