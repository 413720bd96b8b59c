/** Builds one subgraph's executable schema from its documents and typed resolvers, and opens sessions on it. */
import { buildSubgraphSchema } from '@apollo/subgraph'
import { parse } from 'graphql'
import type { GraphQLScalarType } from 'graphql'
import { DateTimeResolver, LocalDateResolver, SafeIntResolver } from 'graphql-scalars'
import type { Unseal } from './seal.ts'
import type { OpenedFetch, Subgraph, SubgraphSession } from './subgraph.ts'

export type SubgraphOptions = {
  readonly name: string
  readonly sdl: string
  /** Typed by the subgraph's generated resolver types, which differ from subgraph to subgraph. */
  readonly resolvers: object
  readonly unseal: Unseal
  /** Opens what the resolvers of one fetch work with. */
  readonly session: (fetch: OpenedFetch) => SubgraphSession
}

/** What each scalar of the graph takes and gives; the gateway checks input by the same rules. */
export const SCALARS: Readonly<Record<string, GraphQLScalarType>> = {
  DateTime: DateTimeResolver,
  LocalDate: LocalDateResolver,
  SafeInt: SafeIntResolver,
}

export const buildSubgraph = (options: SubgraphOptions): Subgraph => {
  const typeDefs = parse(options.sdl)
  const declared = typeDefs.definitions.flatMap((definition) =>
    definition.kind === 'ScalarTypeDefinition' ? [definition.name.value] : [],
  )
  const scalars = Object.fromEntries(Object.entries(SCALARS).filter(([name]) => declared.includes(name)))
  return {
    name: options.name,
    schema: buildSubgraphSchema([{ typeDefs, resolvers: { ...scalars, ...options.resolvers } }]),
    open: async (fetch) => {
      const context = options.unseal(options.name, fetch.sealed, fetch)
      return options.session(fetch.signal === undefined ? context : { ...context, signal: fetch.signal })
    },
  }
}
