/** A way to a server of the loopback on which every answer takes as long as a test says. */
import { once } from 'node:events'
import { createConnection, createServer } from 'node:net'
import type { Socket } from 'node:net'

export type SlowWay = {
  readonly port: number
  readonly delay: (milliseconds: number) => void
  readonly close: () => Promise<void>
}

export const slowWay = async (to: number): Promise<SlowWay> => {
  let milliseconds = 0
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = createConnection({ port: to, host: '127.0.0.1' })
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
    near.on('data', (bytes) => far.write(bytes))
    far.on('data', (bytes) => {
      setTimeout(() => near.writable && near.write(bytes), milliseconds)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The machine gave no free port.')
  return {
    port: address.port,
    delay: (next) => void (milliseconds = next),
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
