/** Clients in a process of their own, so that what they cost is not counted as the server's. Asks as it is told. */
import { Agent, request } from 'node:http'

export type Asking = {
  readonly port: number
  readonly token: string
  readonly body: string
  readonly clients: number
  readonly requests: number
  /** What every answer must hold: errors would be fast. */
  readonly expected: string
}
export type Asked = { readonly failure: string | null }

const agents = new Map<number, Agent>()

const agentOf = (port: number, clients: number): Agent => {
  const known = agents.get(port) ?? new Agent({ keepAlive: true, maxSockets: clients })
  agents.set(port, known)
  return known
}

const ask = ({ port, token, body, clients }: Asking): Promise<string> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    const options = { agent: agentOf(port, clients), port, path: '/graphql', method: 'POST', headers }
    const asking = request({ ...options, host: '127.0.0.1' }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.once('end', () => resolve(text))
      response.once('error', reject)
    })
    asking.once('error', reject)
    asking.end(body)
  })

const askAll = async (asking: Asking): Promise<void> => {
  let left = asking.requests
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      const answer = await ask(asking)
      if (!answer.includes(asking.expected)) throw new Error(`Not the answer expected: ${answer}`)
    }
  }
  await Promise.all(Array.from({ length: asking.clients }, client))
}

process.on('message', (asking: Asking) => {
  askAll(asking)
    .then((): Asked => ({ failure: null }))
    .catch((cause: unknown): Asked => ({ failure: String(cause) }))
    .then((asked) => process.send?.(asked))
    .catch(() => process.exit(1))
})
