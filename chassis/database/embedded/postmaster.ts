import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { ADMIN_USER } from './cluster.ts'
import { EmbeddedPostgresFault, errorCode } from './fault.ts'
import { isAlive, isPostmasterOf, signalProcess } from './process-identity.ts'
import { PORT } from './socket-directory.ts'

export type StopMode = 'fast' | 'immediate'

/** `fast` ends the sessions and writes a checkpoint; `immediate` stops at once and leaves recovery to the start. */
const STOP_SIGNALS = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const

/** The last checkpoint writes what is dirty of 256 MB of buffers, which takes a while on a slow disk. */
const FAST_STOP_MS = 60_000
const IMMEDIATE_STOP_MS = 15_000

const POLL_MS = 25

/** A local socket answers in a millisecond, unless the machine is overloaded. */
const PROBE_TIMEOUT_MS = 5_000

const pidFile = (data: string): string => join(data, 'postmaster.pid')

function readPidFile(data: string): string | null {
  try {
    return readFileSync(pidFile(data), 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  }
}

/** The pid of the postmaster that runs on this data directory, or null; a stale pid file is seen through. */
export function runningPostmaster(data: string): number | null {
  const pid = Number.parseInt(readPidFile(data) ?? '', 10)
  return pid > 0 && isPostmasterOf(pid, data) ? pid : null
}

/** Line 5 of the pid file: the directory of the socket. */
const SOCKET_LINE = 4

/** The socket directory of the postmaster that runs on this data directory, or null when none does. */
export function postmasterSocket(data: string): string | null {
  if (runningPostmaster(data) === null) return null
  return readPidFile(data)?.split('\n')[SOCKET_LINE] || null
}

/**
 * Makes a stale pid file harmless when another process has its pid by now, in which case PostgreSQL would refuse
 * to start. The file is kept and names us instead: PostgreSQL takes the pid of its parent for stale, and still
 * reads from the file the shared memory of the former postmaster, which it must not use twice.
 * Only call when no postmaster runs on the data directory.
 */
export function disownPidFile(data: string): void {
  const text = readPidFile(data)
  if (text === null) return
  if (!/^\d+\n/.test(text)) return rmSync(pidFile(data), { force: true })
  writeFileSync(pidFile(data), text.replace(/^\d+/, String(process.pid)))
}

/** The command line of the postmaster that was started last, as PostgreSQL itself writes it down. */
export function lastCommandLine(data: string): string | null {
  try {
    return readFileSync(join(data, 'postmaster.opts'), 'utf8').trimEnd()
  } catch {
    return null
  }
}

export type Probe =
  | { readonly kind: 'ready'; readonly dataDirectory: string }
  | { readonly kind: 'starting' }
  | { readonly kind: 'stopping' }
  /** No socket, nobody behind it, or no answer in time. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'refused'; readonly cause: unknown }

const SILENT = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'])
const CANNOT_CONNECT_NOW = '57P03'

function refusal(cause: unknown): Probe {
  const code = errorCode(cause)
  // A timeout of the client has no code; on an overloaded machine it means nothing.
  if (code === null || SILENT.has(code)) return { kind: 'silent' }
  if (code !== CANNOT_CONNECT_NOW) return { kind: 'refused', cause }
  // One code for both; the text is English because lc_messages is C.
  const isStopping = cause instanceof Error && cause.message.includes('shutting down')
  return { kind: isStopping ? 'stopping' : 'starting' }
}

/** Asks the server behind the socket for its state, by connecting. */
export async function probe(socketDirectory: string): Promise<Probe> {
  const client = new Client({
    host: socketDirectory,
    port: PORT,
    user: ADMIN_USER,
    database: 'postgres',
    connectionTimeoutMillis: PROBE_TIMEOUT_MS,
    query_timeout: PROBE_TIMEOUT_MS,
  })
  // A server that dies in between also emits, and an error event without a listener would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    const result = await client.query<{ data_directory: string }>('show data_directory')
    return { kind: 'ready', dataDirectory: result.rows[0]?.data_directory ?? '' }
  } catch (error) {
    return refusal(error)
  } finally {
    await client.end().catch(() => {})
  }
}

/** Waits until the process is gone; false when it still runs after the time. */
export async function waitUntilGone(pid: number, forMs: number): Promise<boolean> {
  const deadline = performance.now() + forMs
  while (isAlive(pid)) {
    if (performance.now() > deadline) return false
    await sleep(POLL_MS)
  }
  return true
}

/** Stops a postmaster and waits for its end; a fast stop that takes too long becomes an immediate one. */
export async function stopPostmaster(pid: number, mode: StopMode): Promise<void> {
  signalProcess(pid, STOP_SIGNALS[mode])
  if (mode === 'fast') {
    if (await waitUntilGone(pid, FAST_STOP_MS)) return
    signalProcess(pid, STOP_SIGNALS.immediate)
  }
  if (await waitUntilGone(pid, IMMEDIATE_STOP_MS)) return
  throw new EmbeddedPostgresFault('STOP_TIMEOUT', `PostgreSQL (process ${pid}) does not stop.`, { pid })
}
