/** One call of a process of ours: who asks is proven before a byte of what is asked is read. */
import type { IncomingMessage } from 'node:http'
import { Fault } from '../fault.ts'
import type { FaultCode } from '../fault.ts'
import { CONTEXT_HEADER } from '../graphql/signed-seal.ts'
import type { VerifyContext } from '../graphql/signed-seal.ts'
import type { FetchContext } from '../graphql/subgraph.ts'
import { maskedMessage } from '../graphql/told-fault.ts'
import type { Log } from '../telemetry/log.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import { TRACE_HEADER } from '../telemetry/tracer.ts'
import { boundedBytes } from './bounded-bytes.ts'

export const JSON_TYPE = 'application/json'

export type PrivateReply = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

export type PrivateRoute = {
  readonly path: string
  /** Of what is sent. */
  readonly mediaType: string
  readonly mostBytes: number
  readonly verify: VerifyContext
  /** `gone` aborts when whoever asked hangs up. A `Fault` it throws is told as it is. */
  readonly answer: (body: Buffer, context: FetchContext, gone: AbortSignal) => Promise<PrivateReply>
}

export const bare = (
  status: number,
  body: string | Uint8Array,
  headers: PrivateReply['headers'] = { 'content-type': JSON_TYPE },
): PrivateReply => ({ status, headers, body })

export const refused = (
  status: number,
  code: FaultCode,
  message: string,
  headers: PrivateReply['headers'] = {},
  facts: Readonly<Record<string, unknown>> = {},
): PrivateReply =>
  bare(status, JSON.stringify({ errors: [{ message, extensions: { ...facts, code } }] }), {
    'content-type': JSON_TYPE,
    ...headers,
  })

/** What a call is shown in, once it is known whose it is. */
export type CallTelemetry = Pick<Telemetry, 'tracer' | 'scene'>

export const answerCall = async (
  request: IncomingMessage,
  gone: AbortSignal,
  route: PrivateRoute,
  { log, telemetry }: { readonly log: Log; readonly telemetry: CallTelemetry },
): Promise<PrivateReply> => {
  let requestId = ''
  try {
    const header = request.headers[CONTEXT_HEADER]
    const open = route.verify(typeof header === 'string' ? header : undefined)
    const refusal = refusalOf(request, route)
    if (refusal !== null) return refusal
    const body = await boundedBytes(request.iterator({ destroyOnReturn: false }), route.mostBytes)
    if (body === null) return tooLarge(route)
    const context = open(body)
    requestId = context.requestId
    return await inScene(request, route, context, telemetry, () => route.answer(body, context, gone))
  } catch (cause) {
    if (cause instanceof Fault && cause.code !== 'INTERNAL') {
      return refused(cause.httpStatus, cause.code, cause.message, {}, cause.facts)
    }
    if (!gone.aborted) log.error({ err: cause, requestId }, 'A call broke.')
    return refused(500, 'INTERNAL', maskedMessage(requestId))
  }
}

/** Its lines in the log are of the request that the call is part of, and so is its span: who signs is one of ours. */
const inScene = <Result>(
  { headers }: IncomingMessage,
  { path }: PrivateRoute,
  { requestId, actor }: FetchContext,
  { tracer, scene }: CallTelemetry,
  work: () => Promise<Result>,
): Promise<Result> => {
  const fields = { requestId, tenantId: actor?.tenantId ?? null }
  const inLog = () => scene.within(() => fields, work)
  if (!tracer.isOn) return inLog()
  const header = headers[TRACE_HEADER]
  const attributes = {
    'http.request.method': 'POST',
    'http.route': path,
    'stormops.request.id': requestId,
    ...(fields.tenantId === null ? {} : { 'stormops.tenant.id': fields.tenantId }),
  }
  const after = { traceparent: typeof header === 'string' ? header : null, isOurs: true }
  return tracer.span(`POST ${path}`, { role: 'answers', after, attributes }, inLog)
}

/** What is refused of a head that is rightly signed: another version of ourselves, or a mistake. */
const refusalOf = ({ method, headers }: IncomingMessage, route: PrivateRoute): PrivateReply | null => {
  if (method !== 'POST') {
    return refused(405, 'BAD_INPUT', 'This address is asked with POST.', { allow: 'POST' })
  }
  if (headers['content-encoding'] !== undefined || mediaTypeOf(headers['content-type']) !== route.mediaType) {
    return refused(415, 'BAD_INPUT', `This address takes ${route.mediaType}, as it is.`)
  }
  return Number(headers['content-length'] ?? 0) > route.mostBytes ? tooLarge(route) : null
}

export const mediaTypeOf = (header: string | undefined): string =>
  (header ?? '').split(';')[0]?.trim().toLowerCase() ?? ''

const tooLarge = ({ mostBytes }: PrivateRoute): PrivateReply =>
  refused(413, 'BAD_INPUT', `This address takes at most ${mostBytes} bytes.`)
