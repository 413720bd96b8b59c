/** The Redis of a test run: one that is given, else a private one, installed first where that is possible. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { installWithApt, onPath } from './installing.ts'

export type TestRedis = { readonly url: string; readonly stop: () => Promise<void> }

/** Nothing to run the tests with; the message says what to do. */
export class NoRedis extends Error {
  override readonly name = 'NoRedis'
}

/** Enough for a busy machine; a Redis without data is there in a tenth of a second. */
const START_MS = 10_000
const RETRY_MS = 50

/** Throws `NoRedis` where there is none and none can be had. */
export const openRedis = async (): Promise<TestRedis> => {
  const given = process.env['REDIS_URL']
  if (given !== undefined && given !== '') {
    if (await answers(given, START_MS)) return { url: given, stop: async () => undefined }
    throw new NoRedis('Nothing answers at REDIS_URL. Start that Redis, or unset REDIS_URL.')
  }
  const failure = onPath('redis-server') === null ? await installWithApt('redis-server') : null
  if (failure !== null) throw new NoRedis(`${failure}\n${HOW_TO_INSTALL}`)
  const server = onPath('redis-server')
  if (server === null) throw new NoRedis(HOW_TO_INSTALL)
  return startPrivate(server)
}

const HOW_TO_INSTALL = [
  'The tests need a Redis, and there is none: REDIS_URL is not set, and redis-server is not on the PATH.',
  'Install it (Debian, Ubuntu: sudo apt-get install -y redis-server; macOS: brew install redis),',
  'or name one: REDIS_URL=redis://127.0.0.1:6379 npx -y pnpm@12 test',
].join('\n')

/** On the loopback only, and it keeps nothing. */
const startPrivate = async (server: string): Promise<TestRedis> => {
  const directory = mkdtempSync(join(tmpdir(), 'stormops-redis-'))
  const port = await freePort()
  const settings = [
    '--bind',
    '127.0.0.1',
    '--port',
    `${port}`,
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    directory,
  ]
  const child = spawn(server, settings, { stdio: 'ignore' })
  const stop = async (): Promise<void> => {
    await ended(child)
    rmSync(directory, { recursive: true, force: true })
  }
  const url = `redis://127.0.0.1:${port}`
  if (await answers(url, START_MS)) return { url, stop }
  await stop()
  throw new NoRedis(`${server} did not start. Set REDIS_URL to name another Redis.`)
}

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const close = once(child, 'close')
  child.kill('SIGTERM')
  await close
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new NoRedis('The machine gave no free port.')
  return address.port
}

const answers = async (url: string, patienceMs: number): Promise<boolean> => {
  const end = performance.now() + patienceMs
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: patienceMs,
    maxRetriesPerRequest: null,
    retryStrategy: () => (performance.now() < end ? RETRY_MS : null),
  })
  // Each refused connection is one of these; what counts is whether one succeeds in the end.
  redis.on('error', () => undefined)
  try {
    return (await redis.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    redis.disconnect()
  }
}
