/**
 * The platform as it runs on many machines, on one: gateways, six subgraphs and workers, each a process that a test may
 * stop, kill and start again, at an address that stays.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { SUBGRAPHS } from '@stormops/schema/subgraphs.ts'
import type { SubgraphName } from '@stormops/schema/subgraphs.ts'

export type ProcessKind = SubgraphName | 'gateway' | 'worker'

/** `tenancy` is the first process of its kind, `tenancy-2` one that does the same beside it. */
export type ProcessName = ProcessKind | `${ProcessKind}-2`

export type Ended = { readonly code: number | null; readonly signal: string | null }

export type PlatformProcesses = {
  /** Of the gateway. */
  readonly url: string
  readonly urlOf: (name: ProcessName) => string
  /** Resolves once it serves; throws with what it printed when it does not. */
  readonly start: (name: ProcessName) => Promise<void>
  /** Resolves once it ended. */
  readonly stop: (name: ProcessName, signal: 'SIGTERM' | 'SIGKILL') => Promise<Ended>
  /** What it logged since it was started last. */
  readonly logOf: (name: ProcessName) => readonly Readonly<Record<string, unknown>>[]
  readonly close: () => Promise<void>
}

export type ProcessesPlace = {
  readonly admin: ConnectionSettings
  readonly secret: string
  readonly home: string
  /** Of which kinds there are two processes. Default none. */
  readonly twice?: readonly ProcessKind[]
  /** Variables of its own, for every process. */
  readonly environment?: Readonly<Record<string, string>>
}

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))
const KINDS: readonly ProcessKind[] = ['gateway', ...SUBGRAPHS, 'worker']

type Kept = { readonly child: ChildProcess; readonly lines: Readonly<Record<string, unknown>>[] }

/** Brings the database up to date and starts every process. */
export const startProcesses = async (place: ProcessesPlace): Promise<PlatformProcesses> => {
  const names = namesOf(place)
  const ports = new Map<ProcessName, number>()
  for (const [index, port] of (await freePorts(names.length)).entries()) {
    const name = names[index]
    if (name !== undefined) ports.set(name, port)
  }
  const urlOf = (name: ProcessName): string => `http://127.0.0.1:${ports.get(name)}`
  const everyUrl = (kind: ProcessKind): string =>
    names
      .filter((name) => kindOf(name) === kind)
      .map(urlOf)
      .join('|')
  const environment = environmentOf(place, {
    PUBLIC_URL: urlOf('gateway'),
    SUBGRAPH_URLS: SUBGRAPHS.map((name) => `${name}=${everyUrl(name)}`).join(','),
  })
  const kept = new Map<ProcessName, Kept>()
  const start = async (name: ProcessName): Promise<void> => {
    kept.set(name, await started([...commandOf(name), '--port', String(ports.get(name))], environment))
  }
  const stop: PlatformProcesses['stop'] = async (name, signal) => {
    const running = kept.get(name)
    if (running === undefined) return { code: null, signal: null }
    kept.delete(name)
    return ended(running.child, signal)
  }
  const close = async (): Promise<void> => {
    await Promise.all([...kept.keys()].map((name) => stop(name, 'SIGKILL')))
  }
  try {
    const migrated = await command(['db', 'migrate'], environment)
    if (migrated.code !== 0) throw new Error(migrated.complaint)
    await Promise.all(names.map(start))
  } catch (error) {
    await close()
    throw error
  }
  return { url: urlOf('gateway'), urlOf, start, stop, logOf: (name) => kept.get(name)?.lines ?? [], close }
}

/** `serve`: everything in one process, at a port of its own, beside the others or alone. */
export const startAllInOne = async (
  place: ProcessesPlace,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  const [port] = await freePorts(1)
  const { child } = await started(['serve'], environmentOf(place, { PORT: String(port) }))
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      await ended(child, 'SIGTERM')
    },
  }
}

const namesOf = ({ twice = [] }: ProcessesPlace): readonly ProcessName[] => [
  ...KINDS,
  ...twice.map((kind) => `${kind}-2` as const),
]

const kindOf = (name: ProcessName): ProcessKind => {
  const kind = KINDS.find((known) => name === known || name === `${known}-2`)
  if (kind === undefined) throw new Error(`There is no process ${name}.`)
  return kind
}

const commandOf = (name: ProcessName): readonly string[] => {
  const kind = kindOf(name)
  switch (kind) {
    case 'gateway':
      return ['serve', 'gateway']
    case 'worker':
      return ['work']
    default:
      return ['serve', 'subgraph', kind]
  }
}

/** What a process of this place is given, and nothing of what runs the test. */
export const environmentOf = (
  { admin, secret, home, environment }: ProcessesPlace,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> => {
  // A server without passwords is trusted by its socket; the passwords of the roles then come from the home.
  mkdirSync(join(home, 'keys'), { recursive: true })
  writeFileSync(join(home, 'keys', 'database.secret'), secret)
  const password = admin.password === null ? '' : `:${encodeURIComponent(admin.password.reveal())}`
  const parameters = new URLSearchParams({ host: admin.host, port: String(admin.port) })
  return {
    PATH: process.env['PATH'] ?? '',
    STORMOPS_HOME: home,
    DATABASE_URL: `postgres://${admin.user}${password}@localhost/${admin.database}?${parameters.toString()}`,
    NODE_ENV: 'test',
    ...environment,
    ...more,
  }
}

/** A command that ends by itself. */
export const command = async (
  parameters: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly output: string; readonly complaint: string }> => {
  const child = spawn(process.execPath, [MAIN, ...parameters], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = once(child, 'close')
  const [output, complaint] = await Promise.all([text(child.stdout), text(child.stderr)])
  await closed
  return { code: child.exitCode, output, complaint }
}

const started = async (
  parameters: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Kept> => {
  const child = spawn(process.execPath, [MAIN, ...parameters], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const complaint = text(child.stderr)
  const lines: Readonly<Record<string, unknown>>[] = []
  const serves = Promise.withResolvers<void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    const read: Readonly<Record<string, unknown>> = JSON.parse(line)
    lines.push(read)
    if (read['msg'] === 'serving') serves.resolve()
  })
  child.once('close', () => {
    complaint.then(
      (said) => serves.reject(new Error(`${parameters.join(' ')} ended: ${said}`)),
      (cause: unknown) => serves.reject(cause),
    )
  })
  await serves.promise
  return { child, lines }
}

const ended = async (child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<Ended> => {
  if (child.exitCode === null && child.signalCode === null) {
    const closed = once(child, 'close')
    child.kill(signal)
    await closed
  }
  return { code: child.exitCode, signal: child.signalCode }
}

/** All are held at once, so that no two are the same. */
const freePorts = async (count: number): Promise<readonly number[]> => {
  const servers = Array.from({ length: count }, () => createServer())
  const ports = await Promise.all(
    servers.map(async (server) => {
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      const address = server.address()
      return typeof address === 'object' && address !== null ? address.port : 0
    }),
  )
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
