/** What the gateway, or a server of its own, needs of a subgraph: its schema and a way to answer one fetch. */
import type { GraphQLSchema } from 'graphql'

/** What travels with every fetch from the gateway. `bearer` is verified again by the subgraph. */
export type SubgraphRequest = {
  readonly bearer: string | null
  readonly requestId: string
  /** Milliseconds since the epoch after which nobody waits for the answer. */
  readonly deadline: number
}

/** The context of one fetch. `close` ends its read transaction; it must be called once, whatever happened. */
export type SubgraphSession = { readonly context: unknown; readonly close: () => Promise<void> }

export type Subgraph = {
  readonly name: string
  readonly schema: GraphQLSchema
  /** Throws `Fault` UNAUTHENTICATED for a bearer that is not valid; a null bearer gives an actor that sees nothing. */
  readonly open: (request: SubgraphRequest) => Promise<SubgraphSession>
}
