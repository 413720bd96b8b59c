/** Listens on this machine and nowhere else, reads requests, and sends each to the API, a page or the control. */
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Account } from '../account.ts'
import type { Log } from '../log.ts'
import { MARK, json } from './answer.ts'
import type { Answer, Asked } from './answer.ts'
import type { Api } from './api.ts'
import type { FailureKind, Failures } from './failures.ts'

export const HOST = '127.0.0.1'

const LARGEST_BODY = 1_048_576

export type Served = { readonly port: number; readonly close: () => Promise<void> }

export type Parts = {
  readonly account: Account
  readonly api: Api
  readonly pages: (asked: Asked) => Answer
  readonly control: (asked: Asked) => Promise<Answer>
  readonly failures: Failures
  readonly log: Log
}

class TooLarge extends Error {}

export const serve = async (parts: Parts, port: number): Promise<Served> => {
  const server = createServer((request, response) => {
    answerTo(parts, request, response).catch((error: unknown) => {
      parts.log(`The loopback failed on ${request.method} ${request.url}: ${String(error)}`)
      send(
        response,
        json(500, { error: { type: 'api_error', message: 'The loopback itself failed; its log says why.' } }),
      )
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, HOST, resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The loopback listens on no port.')
  return {
    port: address.port,
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        // Requests that a test left without an answer would keep it open for ever.
        server.closeAllConnections()
      })
    },
  }
}

const answerTo = async (parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const asked = await read(request)
  if (asked === null) {
    send(
      response,
      json(413, { error: { type: 'invalid_request_error', message: 'The request is too large.' } }),
    )
    return
  }
  if (!isAddressedHere(asked)) {
    send(
      response,
      json(421, {
        error: {
          type: 'invalid_request_error',
          message: 'The loopback answers to 127.0.0.1 and localhost only.',
        },
      }),
    )
    return
  }
  const failure = asked.path.startsWith('/v1/') ? parts.failures.take(asked.method, asked.path) : null
  const answer = failure === null || failure === 'LOST_ANSWER' ? await routed(parts, asked) : failed(failure)
  if (failure === 'LOST_ANSWER') response.destroy()
  else if (answer !== null) send(response, answer)
}

const routed = (parts: Parts, asked: Asked): Promise<Answer> | Answer => {
  if (asked.path.startsWith('/v1/')) return parts.api(asked)
  if (asked.path.startsWith('/__control/')) return parts.control(asked)
  return parts.pages(asked)
}

/** The answer that a planned failure stands for; null when there is to be none. */
const failed = (failure: Exclude<FailureKind, 'LOST_ANSWER'>): Answer | null => {
  switch (failure) {
    case 'ERROR':
      return json(500, {
        error: { type: 'api_error', message: 'An unknown error occurred (the loopback was told to fail).' },
      })
    case 'RATE_LIMIT':
      return json(429, {
        error: {
          type: 'rate_limit_error',
          code: 'rate_limit',
          message: 'Too many requests (the loopback was told to say so).',
        },
      })
    case 'NO_ANSWER':
      return null
  }
}

/** A page elsewhere could name this address as its own, and read what is answered: the Host header gives it away. */
const isAddressedHere = ({ headers }: Asked): boolean => OWN_HOST.test(headers['host'] ?? '')

/** By whatever port: somebody may stand in between, and a page elsewhere has a name of its own. */
const OWN_HOST = /^(127\.0\.0\.1|localhost)(:\d+)?$/

const read = async (request: IncomingMessage): Promise<Asked | null> => {
  const { pathname, search } = new URL(request.url ?? '/', 'http://127.0.0.1')
  try {
    const headers = Object.entries(request.headers).map(
      ([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value] as const,
    )
    return {
      method: request.method ?? 'GET',
      path: pathname,
      query: search.slice(1),
      headers: Object.fromEntries(headers),
      body: await bodyOf(request),
    }
  } catch (error) {
    if (error instanceof TooLarge) return null
    throw error
  }
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    // A request whose encoding is not set gives bytes.
    const bytes = chunk as Buffer
    size += bytes.length
    if (size > LARGEST_BODY) throw new TooLarge()
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const send = (response: ServerResponse, { status, headers, body }: Answer): void => {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, { ...headers, ...MARK }).end(body)
}
