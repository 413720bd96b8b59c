import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { startServer } from '../testing/running-server.ts'
import type { RunningServer } from '../testing/running-server.ts'

const running: RunningServer[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()))
})

const start = async (): Promise<RunningServer> => {
  const server = await startServer()
  running.push(server)
  return server
}

describe('the doors of a server', () => {
  it('lead many who come at once to the same place', async () => {
    const { port } = await start()
    const answers = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const socket = connect({ port, host: '127.0.0.1' })
        await once(socket, 'connect')
        socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
        return text(socket)
      }),
    )
    expect(answers.filter((answer) => answer.startsWith('HTTP/1.1 200 '))).toHaveLength(100)
  })

  it('are nobody else’s: another of ours is told that the address is taken', async () => {
    const [one, other] = [await start(), await start()]
    await expect(other.server.listen('127.0.0.1', one.port)).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('are all closed at the end, and whoever came in by them and was answered is let go', async () => {
    const server = await start()
    const answered = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const socket = connect({ port: server.port, host: '127.0.0.1' })
        socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n')
        await once(socket, 'data')
        return socket
      }),
    )
    const gone = Promise.all(answered.map((socket) => once(socket.resume(), 'end')))
    running.length = 0
    await server.stop()
    await gone
    const late = connect({ port: server.port, host: '127.0.0.1' })
    await expect(once(late, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })
})
