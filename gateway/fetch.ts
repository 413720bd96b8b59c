/** What the planner asks of one subgraph: the same for one in process and for one that is far. */
import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway'
import type { Clock } from '@stormops/chassis/clock'
import { Fault } from '@stormops/chassis/fault'
import type { AskedFetch } from '@stormops/chassis/graphql/answer-fetch'
import type { FetchContext } from '@stormops/chassis/graphql/subgraph'
import type { GatewayContext } from './context.ts'

/** What a fetch needs of the operation it is part of. It stays in the gateway: no resolver ever sees it. */
export type OperationContext = Pick<
  GatewayContext,
  'actor' | 'refreshToken' | 'userAgent' | 'requestId' | 'deadline' | 'gone' | 'facts'
>

export type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>

export type Fetch = {
  readonly operation: OperationContext
  readonly asked: AskedFetch
  /** Ends it early. A mutation is carried to its end, whoever has gone. */
  readonly gone: AbortSignal | undefined
}

/** The one subgraph that is told the refresh token of a browser's cookie, and what the browser calls itself. */
const SIGNS_PEOPLE_IN = 'tenancy'

/** A browser may call itself anything, at any length; more is not kept, and would not fit into a signed context. */
const USER_AGENT_CHARACTERS = 200

/** A token of ours has ninety; what is longer is none, and would not fit into a signed context. */
const REFRESH_TOKEN_CHARACTERS = 200

const isTooLong = (token: string | null): boolean => (token?.length ?? 0) > REFRESH_TOKEN_CHARACTERS

/** The one subgraph that shows somebody their limits. */
const SHOWS_LIMITS = 'operations'

/** `fetchMilliseconds` is what one fetch may take, within the deadline of its operation. */
export const fetchOf = (
  subgraph: string,
  options: GraphQLDataSourceProcessOptions<OperationContext>,
  { clock, fetchMilliseconds }: { readonly clock: Clock; readonly fetchMilliseconds: number },
): Fetch => {
  if (!('incomingRequestContext' in options) || options.request.query === undefined) {
    throw new Fault('INTERNAL', 'A subgraph answers operations and nothing else.')
  }
  const operation = options.context
  const { query, operationName, variables = {} } = options.request
  const deadline = Math.floor(Math.min(operation.deadline, clock.now().getTime() + fetchMilliseconds))
  const context = contextOf(subgraph, operation, deadline)
  const asked = { text: query, operationName, variables, context }
  return { operation, asked, gone: operation.facts.operation?.type === 'query' ? operation.gone : undefined }
}

/** What the gateway vouches for of an operation, to one subgraph. */
const contextOf = (
  subgraph: string,
  { actor, requestId, refreshToken, userAgent, facts }: OperationContext,
  deadline: number,
): FetchContext => {
  const signsIn = subgraph === SIGNS_PEOPLE_IN
  return {
    actor,
    requestId,
    deadline,
    refreshToken: signsIn && !isTooLong(refreshToken) ? refreshToken : null,
    rateLimit: subgraph === SHOWS_LIMITS ? (facts.rateLimit?.() ?? null) : null,
    tier: facts.tier,
    userAgent: signsIn ? (userAgent?.slice(0, USER_AGENT_CHARACTERS) ?? null) : null,
  }
}
