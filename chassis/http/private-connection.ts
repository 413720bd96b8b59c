/** Kept connections to one process of ours, and what became of a call that has no answer. */
import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { CONTEXT_HEADER } from '../graphql/signed-seal.ts'
import { boundedBytes } from './bounded-bytes.ts'
import { mediaTypeOf } from './private-call.ts'

export type ConnectionCall = {
  readonly path: string
  readonly mediaType: string
  readonly body: Uint8Array
  /** Beside what every call says of itself. */
  readonly headers?: Readonly<Record<string, string>>
  /** Signs anew, since no context is taken twice. */
  readonly token: () => string
  /** Of the answer. */
  readonly mostBytes: number
}

export type PrivateAnswer = {
  readonly status: number
  readonly mediaType: string
  readonly body: Buffer
  /** It answered, and takes no more over this connection. */
  readonly isLeaving: boolean
}

export type PrivateConnection = {
  /** Throws `NotSent`, `StaleConnection`, or what broke once something may have been done. */
  readonly post: (call: ConnectionCall, signal: AbortSignal) => Promise<PrivateAnswer>
  readonly isReady: (signal: AbortSignal) => Promise<boolean>
  /** Closes what is kept and not in use: whoever leaves closes it too, and nobody may call at that moment. */
  readonly closeIdle: () => void
  readonly close: () => void
}

/** There was no connection, so that nothing was asked. */
export class NotSent extends Error {
  override readonly name = 'NotSent'
}

/** A kept connection was closed at the other end before a byte came back over it. */
export class StaleConnection extends Error {
  override readonly name = 'StaleConnection'
}

/** Of calls to one address; beyond it calls wait for each other, within their deadline. */
const MOST_CONNECTIONS = 128
const MOST_IDLE_CONNECTIONS = 32
/** Shorter than a server of ours keeps it, so that nobody calls over a connection that is just being closed. */
const IDLE_MS = 30_000
/** Processes of ours are near each other; what has not answered a connection by then is not there. */
const CONNECT_MS = 1_000

const READINESS_BYTES = 10_000
const STATUS_OK = 200

/** `url` has no path; what it had is left out. */
export const privateConnection = (url: string): PrivateConnection => {
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
  return {
    post: ({ path, mediaType, body, headers: more, token, mostBytes }, signal) => {
      const headers = {
        ...more,
        'content-type': mediaType,
        'content-length': body.byteLength,
        [CONTEXT_HEADER]: token(),
      }
      return exchange(send({ ...target, method: 'POST', path, headers }), body, mostBytes, signal)
    },
    isReady: async (signal) => {
      try {
        const asking = send({ ...target, method: 'GET', path: '/readyz' })
        return (await exchange(asking, null, READINESS_BYTES, signal)).status === STATUS_OK
      } catch {
        // Whatever keeps it from saying so, it is not ready.
        return false
      }
    },
    closeIdle: () => {
      for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy()
    },
    close: () => agent.destroy(),
  }
}

const RESET_CODES: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE'])
const NOT_SENT_CALLS: ReadonlySet<unknown> = new Set(['connect', 'getaddrinfo'])

const exchange = (
  asking: ClientRequest,
  body: Uint8Array | null,
  mostBytes: number,
  signal: AbortSignal,
): Promise<PrivateAnswer> =>
  new Promise((resolve, reject) => {
    const giveUp = (): void => void asking.destroy(new Error('Nobody waits for the answer any more.'))
    signal.addEventListener('abort', giveUp, { once: true })
    asking.once('close', () => signal.removeEventListener('abort', giveUp))
    let readBefore = 0
    asking.once('socket', (socket) => {
      readBefore = socket.bytesRead
      if (!socket.connecting) return
      const late = setTimeout(
        // Where this process was busy all the while, a connection that is there is heard of in this turn of its loop.
        () => setImmediate(() => socket.connecting && asking.destroy(new NotSent('No connection in time.'))),
        CONNECT_MS,
      )
      const settled = (): void => clearTimeout(late)
      socket.once('connect', settled).once('close', settled)
    })
    asking.on('error', (error) => reject(lossOf(error, asking, readBefore)))
    asking.once('response', (response) => {
      bytesOf(response, mostBytes).then(
        (bytes) => resolve(answerOf(response, bytes)),
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

const lossOf = (error: Error, asking: ClientRequest, readBefore: number): Error => {
  const code = 'code' in error ? error.code : undefined
  // Several addresses of one name fail together, as one error without a call of its own.
  if (code === 'ECONNREFUSED' || ('syscall' in error && NOT_SENT_CALLS.has(error.syscall))) {
    return new NotSent(error.message, { cause: error })
  }
  const isStale = RESET_CODES.has(code) && asking.reusedSocket && asking.socket?.bytesRead === readBefore
  return isStale ? new StaleConnection(error.message, { cause: error }) : error
}

const answerOf = ({ statusCode = 0, headers }: IncomingMessage, body: Buffer): PrivateAnswer => ({
  status: statusCode,
  mediaType: mediaTypeOf(headers['content-type']),
  body,
  isLeaving: headers.connection === 'close',
})

const bytesOf = async (response: IncomingMessage, most: number): Promise<Buffer> => {
  if (response.headers['content-encoding'] !== undefined) throw new Error('The answer is encoded.')
  const bytes = await boundedBytes(response, most)
  if (bytes === null) throw new Error(`The answer has more than ${most} bytes.`)
  return bytes
}
