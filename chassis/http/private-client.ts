/**
 * How one process of ours calls another: over connections that are kept, with a deadline, and without believing that
 * what answers is the one that was called.
 */
import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { notAvailable, tooLate } from '../graphql/patience.ts'
import { CONTEXT_HEADER } from '../graphql/signed-seal.ts'
import { boundedBytes } from './bounded-bytes.ts'
import { mediaTypeOf } from './private-call.ts'

export type PrivateCall = {
  readonly path: string
  readonly mediaType: string
  readonly body: Uint8Array
  /** Beside what every call says of itself. */
  readonly headers?: Readonly<Record<string, string>>
  /** Signs anew, since no context is taken twice. */
  readonly token: () => string
  /** Milliseconds for the whole answer. */
  readonly milliseconds: number
  /** Whether it may be sent once more over a new connection, when an old one turned out to be closed. */
  readonly isRepeatable: boolean
  /** Of the answer. */
  readonly mostBytes: number
  /** Aborts once nobody waits for the answer any more. */
  readonly gone?: AbortSignal
}

export type PrivateAnswer = { readonly status: number; readonly mediaType: string; readonly body: Buffer }

export type PrivateClient = {
  /** Throws `Fault` UNAVAILABLE when there is no whole answer, TIMEOUT when there is none in time. Follows nobody. */
  readonly post: (call: PrivateCall) => Promise<PrivateAnswer>
  /** Whether the process says that it may be sent work. */
  readonly isReady: (milliseconds: number) => Promise<boolean>
  readonly close: () => void
}

/** Of calls to one address; beyond it calls wait for each other, within their deadline. */
const MOST_CONNECTIONS = 128
const MOST_IDLE_CONNECTIONS = 32
/** Shorter than a server of ours keeps it, so that nobody calls over a connection that is just being closed. */
const IDLE_MS = 30_000

/** `url` has no path; what it had is left out. */
export const privateClient = (url: string): PrivateClient => {
  const { protocol, hostname, port } = new URL(url)
  const kept = {
    keepAlive: true,
    maxSockets: MOST_CONNECTIONS,
    maxFreeSockets: MOST_IDLE_CONNECTIONS,
    timeout: IDLE_MS,
  }
  const isSecure = protocol === 'https:'
  const agent = isSecure ? new HttpsAgent(kept) : new HttpAgent(kept)
  const send = isSecure ? httpsRequest : httpRequest
  const target = { agent, hostname: hostname.replace(/^\[|\]$/g, ''), ...(port === '' ? {} : { port }) }

  const post = async (call: PrivateCall): Promise<PrivateAnswer> => {
    const ends = endOf(call)
    try {
      return await once(call, ends)
    } catch (cause) {
      if (!(cause instanceof StaleConnection) || !call.isRepeatable)
        throw ends.reason() ?? notAvailable(cause)
      return await once(call, ends).catch((again: unknown) => {
        throw ends.reason() ?? notAvailable(again)
      })
    } finally {
      ends.stop()
    }
  }
  const once = (call: PrivateCall, ends: End): Promise<PrivateAnswer> => {
    const headers = {
      ...call.headers,
      'content-type': call.mediaType,
      'content-length': call.body.byteLength,
      [CONTEXT_HEADER]: call.token(),
    }
    const options: RequestOptions = { ...target, method: 'POST', path: call.path, headers }
    return exchange(send(options), call.body, call.mostBytes, ends)
  }
  const isReady = async (milliseconds: number): Promise<boolean> => {
    const ends = endOf({ milliseconds })
    try {
      const asking = send({ ...target, method: 'GET', path: '/readyz' })
      return (await exchange(asking, null, READINESS_BYTES, ends)).status === 200
    } catch {
      // Whatever keeps it from saying so, it is not ready.
      return false
    } finally {
      ends.stop()
    }
  }
  return { post, isReady, close: () => agent.destroy() }
}

const READINESS_BYTES = 10_000

/** A kept connection was closed at the other end before a byte came back over it. */
class StaleConnection extends Error {
  override readonly name = 'StaleConnection'
}

type End = {
  readonly signal: AbortSignal
  /** Why it ended before its time, or undefined. */
  readonly reason: () => Error | undefined
  readonly stop: () => void
}

const endOf = ({ milliseconds, gone }: Pick<PrivateCall, 'milliseconds' | 'gone'>): End => {
  const end = new AbortController()
  const tooLateNow = (): void => end.abort(tooLate())
  const timer = setTimeout(tooLateNow, milliseconds)
  gone?.addEventListener('abort', tooLateNow, { once: true })
  if (gone?.aborted === true) tooLateNow()
  return {
    signal: end.signal,
    reason: () => (end.signal.reason instanceof Error ? end.signal.reason : undefined),
    stop: () => {
      clearTimeout(timer)
      gone?.removeEventListener('abort', tooLateNow)
    },
  }
}

const RESET_CODES: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE'])

const exchange = (
  asking: ClientRequest,
  body: Uint8Array | null,
  mostBytes: number,
  { signal }: End,
): Promise<PrivateAnswer> =>
  new Promise((resolve, reject) => {
    const giveUp = (): void => void asking.destroy(new Error('Nobody waits for the answer any more.'))
    signal.addEventListener('abort', giveUp, { once: true })
    asking.once('close', () => signal.removeEventListener('abort', giveUp))
    let readBefore = 0
    asking.once('socket', ({ bytesRead }) => {
      readBefore = bytesRead
    })
    asking.on('error', (error) => {
      const isReset = 'code' in error && RESET_CODES.has(error.code)
      const isStale = isReset && asking.reusedSocket && asking.socket?.bytesRead === readBefore
      reject(isStale ? new StaleConnection(error.message, { cause: error }) : error)
    })
    asking.once('response', (response) => {
      bytesOf(response, mostBytes).then(
        (bytes) =>
          resolve({
            status: response.statusCode ?? 0,
            mediaType: mediaTypeOf(response.headers['content-type']),
            body: bytes,
          }),
        (error: unknown) => {
          // What is left of it is not waited for.
          asking.destroy()
          reject(error instanceof Error ? error : new Error(String(error)))
        },
      )
    })
    if (signal.aborted) giveUp()
    asking.end(body ?? undefined)
  })

const bytesOf = async (response: IncomingMessage, most: number): Promise<Buffer> => {
  if (response.headers['content-encoding'] !== undefined) throw new Error('The answer is encoded.')
  const bytes = await boundedBytes(response, most)
  if (bytes === null) throw new Error(`The answer has more than ${most} bytes.`)
  return bytes
}
