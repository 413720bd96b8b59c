/** What the gateway, or a server of its own, needs of a subgraph: its schema and a way to answer one fetch. */
import type { DocumentNode, GraphQLSchema } from 'graphql'
import type { Actor } from '../identity.ts'

/** What the gateway vouches for with every fetch. */
export type FetchContext = {
  /** Null for somebody not signed in. */
  readonly actor: Actor | null
  readonly requestId: string
  /** Milliseconds since the epoch after which nobody waits for the answer. */
  readonly deadline: number
  /** The refresh token of a browser's cookie, for the subgraph that signs people in; null for every other. */
  readonly refreshToken: string | null
  /** How the actor's limit stands, for the subgraph that shows it; null for every other, and where nothing is limited. */
  readonly rateLimit: RateLimitState | null
  /** The tier of the company's plan, where the operation asks for something that a plan may lack; null elsewhere. */
  readonly tier: string | null
  /** What the client calls itself, for the same subgraph. */
  readonly userAgent: string | null
}

/** What an actor may still spend. Costs are points, estimated before an operation and counted after it. */
export type RateLimitState = {
  /** The most that can be available. */
  readonly limit: number
  /** What this operation may cost at most. */
  readonly cost: number
  /** What is available while this operation is answered. */
  readonly remaining: number
  readonly used: number
  /** When all of it is available again, if nothing more is asked. */
  readonly resetAt: Date
  /** How many objects this operation may return. */
  readonly nodeCount: number
}

/** What is asked: the part of an operation that this subgraph answers. */
export type FetchBody = {
  readonly document: DocumentNode
  readonly operationName: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
}

/** Proof, for one fetch of one subgraph, that the gateway asks, and who asks it. Opaque to whoever carries it. */
export type SealedContext = object

export type SubgraphFetch = FetchBody & {
  readonly sealed: SealedContext
  /** Aborts once nobody waits for the answer any more. */
  readonly signal?: AbortSignal
}

/** What a session is opened with. */
export type OpenedFetch = FetchContext & { readonly signal?: AbortSignal }

/** What an answer asks of HTTP beside its data: a refresh token to keep in a cookie, or null to forget it. */
export type AnswerNotes = {
  readonly refreshToken?: { readonly value: string; readonly expiresAt: Date } | null
}

/** The context of one fetch. `close` ends its read transaction; it must be called once, whatever happened. */
export type SubgraphSession = {
  readonly context: unknown
  /** Asked once the fetch is answered. */
  readonly notes?: () => AnswerNotes
  readonly close: () => Promise<void>
}

export type Subgraph = {
  readonly name: string
  readonly schema: GraphQLSchema
  /** Throws `Fault` UNAUTHENTICATED for a fetch the gateway did not seal as it is, FORBIDDEN for what the actor may not ask. */
  readonly open: (fetch: SubgraphFetch) => Promise<SubgraphSession>
}
