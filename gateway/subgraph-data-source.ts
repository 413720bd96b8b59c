/** How the gateway asks a subgraph that lives in the same process: no HTTP hop, the same rules. */
import { execute } from 'graphql'
import type { DocumentNode, ExecutionResult } from 'graphql'
import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway'
import type { Clock } from '@stormops/chassis/clock'
import { Fault } from '@stormops/chassis/fault'
import type { Seal } from '@stormops/chassis/graphql/seal'
import type { FetchBody, Subgraph, SubgraphSession } from '@stormops/chassis/graphql/subgraph'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { GatewayContext } from './context.ts'
import { fieldErrors, unansweredErrors } from './fetch-errors.ts'
import type { FetchScene } from './fetch-errors.ts'
import type { FetchOutcome } from './metrics.ts'

/** What a fetch needs of the operation it is part of. It stays in the gateway: no resolver ever sees it. */
export type OperationContext = Pick<
  GatewayContext,
  'actor' | 'refreshToken' | 'userAgent' | 'requestId' | 'deadline' | 'facts'
>

/** The one subgraph that is told the refresh token of a browser's cookie, and what the browser calls itself. */
const SIGNS_PEOPLE_IN = 'tenancy'

/** The one subgraph that shows somebody their limits. */
const SHOWS_LIMITS = 'operations'

export type DataSourceOptions = {
  readonly subgraph: Subgraph
  readonly seal: Seal
  readonly parsed: (text: string) => DocumentNode
  readonly log: Log
  readonly clock: Clock
  /** Milliseconds one fetch may take, within the deadline of its operation. */
  readonly fetchMilliseconds: number
  readonly record: (outcome: FetchOutcome, seconds: number) => void
}

type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>
type Fetch = {
  readonly operation: OperationContext
  readonly text: string
  readonly operationName: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
}

export const subgraphDataSource = (options: DataSourceOptions): GraphQLDataSource<OperationContext> => ({
  process: async (request) => {
    const fetch = fetchOf(request)
    const started = performance.now()
    const { outcome, answer } = await answerOf(fetch, options)
    options.record(outcome, (performance.now() - started) / 1000)
    return answer
  },
})

const fetchOf = (options: GraphQLDataSourceProcessOptions<OperationContext>): Fetch => {
  if (!('incomingRequestContext' in options) || options.request.query === undefined) {
    throw new Fault('INTERNAL', 'A subgraph in process answers operations and nothing else.')
  }
  return {
    operation: options.context,
    text: options.request.query,
    operationName: options.request.operationName,
    variables: options.request.variables ?? {},
  }
}

const answerOf = async (
  fetch: Fetch,
  options: DataSourceOptions,
): Promise<{ outcome: FetchOutcome; answer: Answer }> => {
  const scene = { subgraph: options.subgraph.name, requestId: fetch.operation.requestId, log: options.log }
  let document: DocumentNode | null = null
  try {
    document = options.parsed(fetch.text)
    const result = await executeFetch(document, fetch, options, scene)
    const data = result.data === undefined ? {} : { data: result.data }
    if (result.errors === undefined) return { outcome: 'ok', answer: data }
    return { outcome: 'errors', answer: { ...data, errors: fieldErrors(result.errors, scene) } }
  } catch (cause) {
    const fault = cause instanceof Fault && cause.code !== 'INTERNAL' ? cause : notAvailable(cause)
    const { subgraph, requestId, log } = scene
    if (fault.loudness !== 'info') {
      log[fault.loudness]({ err: fault.cause ?? fault, requestId, subgraph }, 'A subgraph did not answer.')
    }
    return {
      outcome: fault.code === 'TIMEOUT' ? 'timeout' : 'unavailable',
      answer: { errors: unansweredErrors(fault, document, fetch.variables) },
    }
  }
}

const executeFetch = async (
  document: DocumentNode,
  fetch: Fetch,
  options: DataSourceOptions,
  scene: FetchScene,
): Promise<ExecutionResult> => {
  const { subgraph, clock, fetchMilliseconds } = options
  const { actor, refreshToken, userAgent, requestId } = fetch.operation
  const signsIn = subgraph.name === SIGNS_PEOPLE_IN
  const now = clock.now().getTime()
  const deadline = Math.min(fetch.operation.deadline, now + fetchMilliseconds)
  if (deadline <= now) throw tooLate()
  const wait = patience(deadline - now)
  try {
    const body: FetchBody = { document, operationName: fetch.operationName, variables: fetch.variables }
    const context = {
      actor,
      requestId,
      deadline,
      refreshToken: signsIn ? refreshToken : null,
      rateLimit: subgraph.name === SHOWS_LIMITS ? (fetch.operation.facts.rateLimit?.() ?? null) : null,
      tier: fetch.operation.facts.tier,
      userAgent: signsIn ? userAgent : null,
    }
    const opening = subgraph.open({ ...body, sealed: options.seal(subgraph.name, context, body) })
    const session = await wait.for(opening, () => {
      // It may still open; what nobody waits for is closed as soon as it is there.
      opening.then(
        (late) => close(late, scene),
        (cause: unknown) => scene.log.warn({ err: cause, requestId }, 'A subgraph failed to open, too late.'),
      )
    })
    return await executeIn(session, document, fetch, wait, options, scene)
  } finally {
    wait.end()
  }
}

const executeIn = async (
  session: SubgraphSession,
  document: DocumentNode,
  fetch: Fetch,
  wait: Patience,
  options: DataSourceOptions,
  scene: FetchScene,
): Promise<ExecutionResult> => {
  let isAbandoned = false
  try {
    const result = execute({
      schema: options.subgraph.schema,
      document,
      variableValues: fetch.variables,
      operationName: fetch.operationName,
      contextValue: session.context,
    })
    const answered =
      result instanceof Promise
        ? await wait.for(result, () => {
            isAbandoned = true
            result.catch((cause: unknown) => {
              scene.log.warn({ err: cause, requestId: scene.requestId }, 'An abandoned fetch failed.')
            })
          })
        : result
    const refreshToken = session.notes?.().refreshToken
    if (refreshToken !== undefined) fetch.operation.facts.refreshToken = refreshToken
    return answered
  } finally {
    const closing = close(session, scene)
    // Whoever passed the deadline waits for nothing more, not even for the transaction to end.
    if (!isAbandoned) await closing
  }
}

/** The answer is there already, so a session that does not close cleanly is only logged. */
const close = async (session: SubgraphSession, { log, subgraph, requestId }: FetchScene): Promise<void> => {
  try {
    await session.close()
  } catch (cause) {
    log.error({ err: cause, subgraph, requestId }, 'A session of a subgraph did not close.')
  }
}

type Patience = {
  /** Throws `Fault` TIMEOUT, after telling `onGivingUp`, when `work` is not done in time. */
  readonly for: <Result>(work: Promise<Result>, onGivingUp: () => void) => Promise<Result>
  readonly end: () => void
}

const GIVEN_UP = Symbol('given up')

/** One timer for all steps of a fetch. */
const patience = (milliseconds: number): Patience => {
  let giveUp: (value: typeof GIVEN_UP) => void = () => {}
  const passed = new Promise<typeof GIVEN_UP>((resolve) => {
    giveUp = resolve
  })
  const timer = setTimeout(() => giveUp(GIVEN_UP), milliseconds)
  return {
    for: async (work, onGivingUp) => {
      const first = await Promise.race([work, passed])
      if (first !== GIVEN_UP) return first
      onGivingUp()
      throw tooLate()
    },
    end: () => clearTimeout(timer),
  }
}

const tooLate = (): Fault =>
  new Fault('TIMEOUT', 'This part of the answer took too long. Ask for less at once, or try again.')

const notAvailable = (cause: unknown): Fault =>
  new Fault('UNAVAILABLE', 'This part of the answer is not available at the moment. Try again in a minute.', {
    cause,
  })
