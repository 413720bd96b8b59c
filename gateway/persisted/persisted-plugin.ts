/**
 * The stage that finds the document a request names. A plugin may not throw where the document is still open, so a
 * refused request goes on with a document that asks for nothing, and is refused as soon as it can be.
 */
import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server'
import type { GatewayContext } from '../context.ts'
import { refusal } from '../refusal.ts'
import { chooseDocument } from './chosen-document.ts'
import type { AskedDocument, ChoiceOptions, ChosenDocument } from './chosen-document.ts'

const ASKS_FOR_NOTHING = '{ __typename }'

const OK = 200

/**
 * Must be the first of its kind, since what a refused request asks for is nothing. Refuses with
 * `PERSISTED_DOCUMENT_ID_REQUIRED`, `PERSISTED_QUERY_NOT_FOUND` or `BAD_INPUT`.
 */
export const persistedPlugin = (options: ChoiceOptions): ApolloServerPlugin<GatewayContext> => ({
  requestDidStart: async ({ request, contextValue: { actor, named } }) => {
    const text = request.query
    const chosen = await safely(chooseDocument, { actor, text, named }, options)
    if (chosen.kind === 'sent') return registering(chosen.registerAs, text, options)
    if (chosen.kind !== 'kept') {
      request.query = ASKS_FOR_NOTHING
      delete request.operationName
      return { didResolveOperation: () => Promise.reject(reasonOf(chosen)) }
    }
    request.query = chosen.text
    // A plan is kept by text and name; the one operation of a published document needs no name.
    if (chosen.operationName !== null && request.operationName === chosen.operationName) {
      delete request.operationName
    }
    return undefined
  },
})

type Broken = { readonly kind: 'broken'; readonly cause: unknown }

/** What a lookup throws is thrown where a refusal can be. */
const safely = async (
  choose: typeof chooseDocument,
  asked: AskedDocument,
  options: ChoiceOptions,
): Promise<ChosenDocument | Broken> => {
  try {
    return await choose(asked, options)
  } catch (cause) {
    return { kind: 'broken', cause }
  }
}

const reasonOf = (chosen: Extract<ChosenDocument, { kind: 'refused' }> | Broken): Error => {
  if (chosen.kind === 'broken') {
    return chosen.cause instanceof Error ? chosen.cause : new Error(String(chosen.cause))
  }
  // Apollo's native clients read the errors of a 200 alone.
  return chosen.isApolloMiss ? refusal(chosen.fault, { status: OK }) : refusal(chosen.fault)
}

/** Registered only once every stage let it pass, so that nothing is kept that could not be asked. */
const registering = (
  hash: string | null,
  text: string | undefined,
  { registered, count }: ChoiceOptions,
): GraphQLRequestListener<GatewayContext> | undefined => {
  if (hash === null || text === undefined) return undefined
  return {
    responseForOperation: async ({ contextValue: { actor } }) => {
      if (await registered.register(actor, hash, text)) count('registered', 'registered')
      return null
    },
  }
}
