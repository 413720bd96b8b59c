/** Several processes that do the same: calls go past the one that is away, and nothing is done twice. */
import { until } from '@stormops/chassis/testing/until'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { privateClient } from './private-client.ts'
import type { PrivateClient } from './private-client.ts'

const ends: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

type Manner = 'answers' | 'breaks' | 'leaves' | 'is-behind-a-broken-proxy' | 'hangs'

/** A process that counts what it read, and does as it is told. */
const openProcess = async () => {
  let manner: Manner = 'answers'
  let [read, readOverKept, looks] = [0, 0, 0]
  const used = new WeakSet<Socket>()
  const respond = (request: IncomingMessage, response: ServerResponse): void => {
    const leaving = manner === 'leaves' ? { connection: 'close' } : {}
    if (request.url === '/readyz') {
      looks += 1
      response.writeHead(manner === 'answers' ? 200 : 503, leaving).end('{}')
      return
    }
    read += 1
    if (used.has(request.socket)) readOverKept += 1
    used.add(request.socket)
    if (manner === 'hangs') return
    if (manner === 'breaks') {
      request.socket.destroy()
      return
    }
    const status = manner === 'is-behind-a-broken-proxy' ? 502 : 200
    response.writeHead(status, { 'content-type': 'application/json', ...leaving }).end('{}')
  }
  let server: Server = createServer(respond)
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const stop = (): Promise<unknown> => {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    return closed
  }
  ends.push(() => void stop())
  return {
    url: `http://127.0.0.1:${port}`,
    read: () => read,
    readOverKept: () => readOverKept,
    looks: () => looks,
    be: (next: Manner) => void (manner = next),
    stop,
    start: async () => {
      server = createServer(respond)
      await listen(port)
    },
  }
}

const openTwo = async () => {
  const [one, other] = [await openProcess(), await openProcess()]
  const client = privateClient(one.url, other.url)
  ends.push(client.close)
  return { one, other, client }
}

const ask = async (client: PrivateClient, isRepeatable: boolean, milliseconds = 5_000): Promise<unknown> => {
  const call = { path: '/', mediaType: 'application/json', body: Buffer.from('{}'), token: () => 'signed' }
  const answer = client.post({ ...call, milliseconds, isRepeatable, mostBytes: 100 })
  return answer.then(
    ({ status }) => status,
    (fault: { code: unknown }) => fault.code,
  )
}

const many = async (count: number, one: () => Promise<unknown>): Promise<readonly unknown[]> => {
  const answers: unknown[] = []
  for (let i = 0; i < count; i += 1) answers.push(await one())
  return answers
}

describe('two processes that do the same', () => {
  it('are asked in turn', async () => {
    const { one, other, client } = await openTwo()
    expect(await many(10, () => ask(client, false))).toEqual(Array(10).fill(200))
    expect([one.read(), other.read()]).toEqual([5, 5])
  })

  it('lose nothing when one is away, not even what changes something, and it is asked again once it is back', async () => {
    const { one, other, client } = await openTwo()
    await one.stop()
    expect(await many(20, () => ask(client, false))).toEqual(Array(20).fill(200))
    expect([one.read(), other.read()]).toEqual([0, 20])
    await one.start()
    await until(() => one.looks() > 0)
    await many(10, () => ask(client, false))
    expect(one.read()).toBeGreaterThan(3)
  })

  it('are left alone by a question that the other one may have read, if it changes something', async () => {
    const { one, other, client } = await openTwo()
    one.be('breaks')
    other.be('breaks')
    expect(await ask(client, false)).toBe('UNAVAILABLE')
    expect(one.read() + other.read()).toBe(1)
  })

  it.each(['breaks', 'is-behind-a-broken-proxy'] as const)(
    'answer whoever only reads, when the first one %s',
    async (manner) => {
      const { one, other, client } = await openTwo()
      one.be(manner)
      expect(await many(4, () => ask(client, true))).toEqual([200, 200, 200, 200])
      expect(one.read()).toBeLessThanOrEqual(2)
      other.be(manner)
      expect(await ask(client, true)).toBe(manner === 'breaks' ? 'UNAVAILABLE' : 502)
    },
  )

  it('are not asked while they leave, from the first answer that says so', async () => {
    const { one, other, client } = await openTwo()
    one.be('leaves')
    await many(10, () => ask(client, false))
    expect([one.read(), other.read()]).toEqual([1, 9])
  })

  it('are not called over a connection that was kept until they said so', async () => {
    const { one, other, client } = await openTwo()
    await Promise.all(Array.from({ length: 8 }, () => ask(client, false)))
    one.be('leaves')
    other.be('leaves')
    await many(2, () => ask(client, false))
    const before = one.readOverKept() + other.readOverKept()
    expect(await many(6, () => ask(client, false))).toEqual(Array(6).fill(200))
    expect([before, one.readOverKept() + other.readOverKept()]).toEqual([2, 2])
  })

  it('are asked by who left longer ago, where both did and one may be back', async () => {
    const { one, other, client } = await openTwo()
    for (const [first, second] of [
      [one, other],
      [other, one],
      [other, one],
    ] as const) {
      first.be('leaves')
      await many(2, () => ask(client, false))
      second.be('leaves')
      await ask(client, false)
      const [before, away] = [first.read(), second.read()]
      first.be('answers')
      await ask(client, false)
      expect([first.read(), second.read()]).toEqual([before + 1, away])
      second.be('answers')
      await until(() => second.looks() > 0)
      await many(2, () => ask(client, false))
    }
  })

  it('have one deadline together', async () => {
    const { one, other, client } = await openTwo()
    one.be('hangs')
    other.be('hangs')
    expect(await ask(client, true, 300)).toBe('TIMEOUT')
    expect(one.read() + other.read()).toBe(1)
  })

  it('are ready while one of them is', async () => {
    const { one, other, client } = await openTwo()
    await one.stop()
    expect(await client.isReady(1_000)).toBe(true)
    await other.stop()
    expect(await client.isReady(1_000)).toBe(false)
  })
})
