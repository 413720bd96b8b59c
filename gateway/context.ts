/** What travels with one operation through every stage: ours, and the plugins of whoever runs the gateway. */
import type { AnswerNotes, RateLimitState } from '@stormops/chassis/graphql/subgraph'
import type { Actor } from '@stormops/chassis/identity'
import type { NamedDocument } from './persisted/named-document.ts'

export type OperationType = 'query' | 'mutation' | 'subscription'

export type ChosenOperation = { readonly name: string | null; readonly type: OperationType }

/** What is learnt of one operation on its way. Apollo Server copies the context, but not what it holds. */
export type OperationFacts = {
  /** Null until the document is known to hold the operation that the request means. */
  operation: ChosenOperation | null
  /** What broke in a hook where nothing may break; undefined as long as all is well. */
  failure: unknown
  /** A refresh token that a subgraph asks the client to keep, or null to forget its own; undefined leaves it alone. */
  refreshToken: AnswerNotes['refreshToken']
  /** How the actor's limit stands; null while nothing was taken from it. */
  rateLimit: (() => RateLimitState) | null
  /** What the operation costs, estimated until it is answered; null where nothing is limited. */
  cost: number | null
  /** The tier of the company's plan, once a stage had to know it. */
  tier: string | null
  /** Of plugins, each under a symbol of its own. */
  readonly notes: Map<symbol, unknown>
}

export type GatewayContext = {
  /** The document that the request names instead of sending it, or under which it sends it; null when it names none. */
  readonly named: NamedDocument | null
  /** Verified already; null for somebody not signed in. */
  readonly actor: Actor | null
  /** What the cookie of a browser holds, for the subgraph that signs people in. */
  readonly refreshToken: string | null
  /** The network address the request came from; null for one that came over no network. */
  readonly clientAddress: string | null
  /** What the client calls itself, for the subgraph that signs people in. */
  readonly userAgent: string | null
  readonly requestId: string
  /** Milliseconds since the epoch after which nobody waits for the answer. */
  readonly deadline: number
  /** True for a request that must not change anything, which HTTP says of GET. */
  readonly readOnly: boolean
  /** Aborts once the client has hung up. */
  readonly gone?: AbortSignal | undefined
  readonly facts: OperationFacts
}

export const noFacts = (): OperationFacts => ({
  operation: null,
  failure: undefined,
  refreshToken: undefined,
  rateLimit: null,
  cost: null,
  tier: null,
  notes: new Map(),
})
