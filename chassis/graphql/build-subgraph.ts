/** Builds one subgraph's executable schema from its documents and typed resolvers, and opens sessions on it. */
import { buildSubgraphSchema } from '@apollo/subgraph'
import { parse } from 'graphql'
import type { DocumentNode, GraphQLSchema } from 'graphql'
import { Fault } from '../fault.ts'
import { operationIn, operationPermissions } from './permissions/operation-permissions.ts'
import { requirementsOf } from './permissions/requirements.ts'
import type { Asker } from './permissions/rules.ts'
import { SCALARS } from './scalars.ts'
import type { Unseal } from './seal.ts'
import type { FetchBody, FetchContext, OpenedFetch, Subgraph, SubgraphSession } from './subgraph.ts'

export type SubgraphOptions = {
  readonly name: string
  readonly sdl: string
  /** Typed by the subgraph's generated resolver types, which differ from subgraph to subgraph. */
  readonly resolvers: object
  readonly unseal: Unseal
  /** Opens what the resolvers of one fetch work with. */
  readonly session: (fetch: OpenedFetch) => SubgraphSession
}

export const buildSubgraph = (options: SubgraphOptions): Subgraph => {
  const typeDefs = parse(options.sdl)
  const declared = typeDefs.definitions.flatMap((definition) =>
    definition.kind === 'ScalarTypeDefinition' ? [definition.name.value] : [],
  )
  const scalars = Object.fromEntries(Object.entries(SCALARS).filter(([name]) => declared.includes(name)))
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: { ...scalars, ...options.resolvers } }])
  const permitted = permittedIn(schema, typeDefs)
  return {
    name: options.name,
    schema,
    open: async (fetch) => {
      const context = options.unseal(options.name, fetch.sealed, fetch)
      await permitted(fetch, context)
      return options.session(fetch.signal === undefined ? context : { ...context, signal: fetch.signal })
    },
  }
}

/** The gateway has asked the same over the whole operation; here it is asked of what arrives, entities included. */
const permittedIn = (
  schema: GraphQLSchema,
  typeDefs: DocumentNode,
): ((body: FetchBody, context: FetchContext) => Promise<void>) => {
  const permissions = operationPermissions({
    schema,
    requirements: requirementsOf(typeDefs),
    machinery: MACHINERY,
  })
  return async ({ document, operationName, variables }, { actor, tier }) => {
    const operation = operationIn(document, operationName)
    if (operation === null) throw new Fault('BAD_INPUT', 'The fetch does not say which operation it means.')
    const asker: Asker = { actor, tier: async () => tier }
    const refusal = await permissions.refusalOf({ document, operation, variables }, asker)
    if (refusal !== null) throw refusal
  }
}

/** Entities are asked for as what they are, field by field; a subgraph's own text is in the repository. */
const MACHINERY: Parameters<typeof operationPermissions>[0]['machinery'] = {
  'Query._entities': () => null,
}
