/** A Redis of one test's own, on the loopback, that the test may freeze, kill and start again. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export type PrivateRedis = {
  readonly url: string
  readonly port: number
  readonly start: () => Promise<void>
  /** Connections stay open, and nothing answers on them. */
  readonly freeze: () => void
  readonly thaw: () => void
  readonly kill: () => Promise<void>
  /** Ends it and leaves nothing behind. */
  readonly stop: () => Promise<void>
}

/** And nothing is kept. */
const ON_THE_LOOPBACK = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']

const START_MILLISECONDS = 10_000

/** `settings` as on the command line of the server. */
export const privateRedis = async (settings: readonly string[] = []): Promise<PrivateRedis> => {
  const directory = mkdtempSync(join(tmpdir(), 'stormops-gateway-redis-'))
  const port = await freePort()
  let child: ChildProcess | null = null
  const kill = async (): Promise<void> => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const closed = once(child, 'close')
    child.kill('SIGKILL')
    await closed
  }
  const redis: PrivateRedis = {
    port,
    url: `redis://127.0.0.1:${port}`,
    start: async () => {
      child = spawn(
        'redis-server',
        [...ON_THE_LOOPBACK, '--port', `${port}`, '--dir', directory, ...settings],
        { stdio: 'ignore' },
      )
      let missing: Error | null = null
      child.once('error', (cause) => (missing = cause))
      await listening(port, () => missing)
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    kill,
    stop: async () => {
      child?.kill('SIGCONT')
      await kill()
      rmSync(directory, { recursive: true, force: true })
    },
  }
  await redis.start()
  return redis
}

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('The machine gave no free port.')
  return address.port
}

const listening = async (port: number, missing: () => Error | null): Promise<void> => {
  const end = performance.now() + START_MILLISECONDS
  while (!(await connects(port))) {
    const cause = missing()
    if (cause !== null || performance.now() > end) {
      throw new Error('redis-server did not start; these tests need it on the PATH.', { cause })
    }
    await sleep(20)
  }
}

const connects = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
