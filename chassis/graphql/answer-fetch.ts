/**
 * How a subgraph answers one fetch, for a gateway in the same process and for the server that stands before it in
 * another: opened, executed, closed, within its deadline, and with errors as they may leave the process.
 */
import { execute } from 'graphql'
import type { DocumentNode, ExecutionResult, GraphQLFormattedError } from 'graphql'
import type { Clock } from '../clock.ts'
import { Fault } from '../fault.ts'
import type { Log } from '../telemetry/log.ts'
import { fieldErrors, unansweredErrors } from './fetch-errors.ts'
import type { FetchScene } from './fetch-errors.ts'
import { notAvailable, patience, tooLate } from './patience.ts'
import type { Patience } from './patience.ts'
import type { Seal } from './seal.ts'
import type { AnswerNotes, FetchBody, FetchContext, Subgraph, SubgraphSession } from './subgraph.ts'

export type FetchOutcome = 'ok' | 'errors' | 'timeout' | 'unavailable'

export type AskedFetch = {
  readonly text: string
  readonly operationName: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
  readonly context: FetchContext
}

export type AnsweredFetch = {
  readonly outcome: FetchOutcome
  /** As GraphQL has it over HTTP. */
  readonly answer: {
    readonly data?: Record<string, unknown> | null
    readonly errors?: readonly GraphQLFormattedError[]
  }
  readonly notes: AnswerNotes
}

export type AnswererOptions = {
  readonly subgraph: Subgraph
  readonly seal: Seal
  readonly parsed: (text: string) => DocumentNode
  readonly log: Log
  readonly clock: Clock
}

/** Never rejects. `gone` says that nobody waits for the answer any more. */
export type FetchAnswerer = (asked: AskedFetch, gone?: AbortSignal) => Promise<AnsweredFetch>

const NO_NOTES: AnswerNotes = {}

export const fetchAnswerer =
  (options: AnswererOptions): FetchAnswerer =>
  async (asked, gone) => {
    const { requestId } = asked.context
    const scene = { subgraph: options.subgraph.name, requestId, log: options.log }
    let document: DocumentNode | null = null
    try {
      document = options.parsed(asked.text)
      const { result, notes } = await executeFetch(document, asked, options, scene, gone)
      const data = result.data === undefined ? {} : { data: result.data }
      if (result.errors === undefined) return { outcome: 'ok', answer: data, notes }
      return { outcome: 'errors', answer: { ...data, errors: fieldErrors(result.errors, scene) }, notes }
    } catch (cause) {
      return unanswered(cause, document, asked.variables, scene)
    }
  }

/** The answer to a fetch that was not opened, or not answered in time; its cause is logged here. */
export const unanswered = (
  cause: unknown,
  document: DocumentNode | null,
  variables: AskedFetch['variables'],
  { subgraph, requestId, log }: FetchScene,
): AnsweredFetch => {
  const fault = cause instanceof Fault && cause.code !== 'INTERNAL' ? cause : notAvailable(cause)
  if (fault.loudness !== 'info') {
    log[fault.loudness]({ err: fault.cause ?? fault, requestId, subgraph }, 'A subgraph did not answer.')
  }
  return {
    outcome: fault.code === 'TIMEOUT' ? 'timeout' : 'unavailable',
    answer: { errors: unansweredErrors(fault, document, variables) },
    notes: NO_NOTES,
  }
}

type Executed = { readonly result: ExecutionResult; readonly notes: AnswerNotes }

const executeFetch = async (
  document: DocumentNode,
  asked: AskedFetch,
  { subgraph, seal, clock }: AnswererOptions,
  scene: FetchScene,
  gone: AbortSignal | undefined,
): Promise<Executed> => {
  const { operationName, variables, context } = asked
  const left = context.deadline - clock.now().getTime()
  if (left <= 0) throw tooLate()
  const wait = patience(left, gone)
  // What nobody waits for is not worked on, down to the statement that is running.
  const abandoned = new AbortController()
  try {
    const body: FetchBody = { document, operationName, variables }
    const sealed = seal(subgraph.name, context, body)
    const opening = subgraph.open({ ...body, sealed, signal: abandoned.signal })
    const session = await wait.for(opening, () => {
      // It may still open; what nobody waits for is closed as soon as it is there.
      opening.then(
        (late) => close(late, scene),
        (cause: unknown) =>
          scene.log.warn({ err: cause, requestId: scene.requestId }, 'A subgraph failed to open, too late.'),
      )
    })
    return await executeIn(session, subgraph, body, wait, abandoned, scene)
  } finally {
    wait.end()
  }
}

const executeIn = async (
  session: SubgraphSession,
  { schema }: Subgraph,
  { document, operationName, variables }: FetchBody,
  wait: Patience,
  abandoned: AbortController,
  scene: FetchScene,
): Promise<Executed> => {
  try {
    const result = execute({
      schema,
      document,
      variableValues: variables,
      operationName,
      contextValue: session.context,
    })
    const answered =
      result instanceof Promise
        ? await wait.for(result, () => {
            abandoned.abort(tooLate())
            result.catch((cause: unknown) => {
              scene.log.warn({ err: cause, requestId: scene.requestId }, 'An abandoned fetch failed.')
            })
          })
        : result
    return { result: answered, notes: session.notes?.() ?? NO_NOTES }
  } finally {
    const closing = close(session, scene)
    // Whoever passed the deadline waits for nothing more, not even for the transaction to end.
    if (!abandoned.signal.aborted) await closing
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
