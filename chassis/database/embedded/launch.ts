import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Account, identity } from './account.ts'
import { EMPTY_ENVIRONMENT, postgresBinary } from './binaries.ts'
import { EmbeddedPostgresFault } from './fault.ts'
import { backendsOf, isAlive, signalProcess } from './process-identity.ts'
import { disownPidFile, lastCommandLine, probe, runningPostmaster } from './postmaster.ts'
import { stopPostmaster, waitUntilGone } from './postmaster.ts'
import type { ServerLog } from './server-log.ts'
import { PORT, clearSocket } from './socket-directory.ts'

/** What does not change between two starts of the same supervisor. */
export interface Launch {
  readonly data: string
  readonly socketDirectory: string
  readonly binaries: string
  readonly account: Account
  readonly settings: Readonly<Record<string, string>>
  readonly log: ServerLog
  /** For a start and for adopting one. */
  readonly startTimeoutMs: number
  /** Makes again where the log is kept, should it be gone. */
  readonly keepArchive: () => void
  /** Aborted when the supervisor stops, so that nothing waits on for a database that nobody wants any more. */
  readonly abandoned: AbortSignal
}

export interface Postmaster {
  readonly pid: number
  /** Null for a postmaster that an earlier process started. */
  readonly child: ChildProcess | null
}

/** Nothing acknowledged is lost (fsync, synchronous_commit); the rest suits one machine with an SSD. */
const SETTINGS = {
  fsync: 'on',
  synchronous_commit: 'on',
  max_connections: '200',
  shared_buffers: '256MB',
  wal_level: 'replica',
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  // Compiling a plan takes longer than the short queries of an API.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %q%u@%d ',
  password_encryption: 'scram-sha-256',
}

/** `starting` covers crash recovery, which replays up to max_wal_size. */
export const START_TIMEOUT_MS = 300_000

/** A backend in a computation does not notice the death of its postmaster, and keeps the shared memory in use. */
const LEFTOVER_PATIENCE_MS = 2_000
const LEFTOVER_QUIT_MS = 5_000
const LEFTOVER_TIMEOUT_MS = 60_000
const LEFTOVER_RETRY_MS = 500

/**
 * A postmaster opens its socket before it recovers, so one that says nothing for so long has lost it (temporary
 * directories are emptied by age), or hangs.
 */
const SILENCE_MS = 20_000

const POLL_MS = 25

const SETTING_NAME = /^[a-z_][a-z0-9_.]*$/i

function commandLine({ data, socketDirectory, settings }: Launch): readonly string[] {
  const fixed = {
    lc_messages: 'C',
    listen_addresses: '',
    port: String(PORT),
    // The setting is a list, in which a quoted entry may hold blanks and commas.
    unix_socket_directories: `"${socketDirectory.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
  }
  const all = { ...SETTINGS, ...settings, ...fixed }
  for (const name of Object.keys(all)) {
    if (!SETTING_NAME.test(name))
      throw new EmbeddedPostgresFault('SETTING_INVALID', `"${name}" is not a setting.`)
  }
  return ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

function runsAsWanted(launch: Launch): boolean {
  const quoted = commandLine(launch).map((word) => ` "${word}"`)
  return lastCommandLine(launch.data) === `${postgresBinary('postgres', launch.binaries)}${quoted.join('')}`
}

function throwIfAbandoned({ abandoned }: Launch): void {
  if (abandoned.aborted) throw new EmbeddedPostgresFault('STOPPED', 'The database was stopped meanwhile.')
}

/**
 * Deals with a postmaster that an earlier process left: returns it when it serves this data directory with the
 * same binaries and settings; waits out one that starts or shuts down; stops one that differs or does not answer.
 * Returns null when none runs (any more).
 */
export async function adopt(launch: Launch): Promise<Postmaster | null> {
  const deadline = performance.now() + launch.startTimeoutMs
  let lastAnswer = performance.now()
  for (let wasToldToStop = false; ;) {
    throwIfAbandoned(launch)
    const pid = runningPostmaster(launch.data)
    if (pid === null) return null
    if (!runsAsWanted(launch)) {
      await stopPostmaster(pid, 'fast')
      return null
    }
    const answer = await probe(launch.socketDirectory)
    if (answer.kind === 'ready' && answer.dataDirectory === launch.data) return { pid, child: null }
    if (answer.kind === 'stopping' && !wasToldToStop) {
      // Were it told to wait for its clients (a smart stop), it might wait for ever.
      signalProcess(pid, 'SIGINT')
      wasToldToStop = true
    }
    if (answer.kind === 'starting' || answer.kind === 'stopping') lastAnswer = performance.now()
    if (performance.now() > Math.min(deadline, lastAnswer + SILENCE_MS)) {
      await stopPostmaster(pid, 'fast')
      return null
    }
    await sleep(POLL_MS)
  }
}

/** Ends the backends that outlived a killed postmaster: first waits, then asks, then insists. */
async function endLeftovers(data: string): Promise<void> {
  const steps = [
    { signalName: null, waitMs: LEFTOVER_PATIENCE_MS },
    { signalName: 'SIGQUIT', waitMs: LEFTOVER_QUIT_MS },
    { signalName: 'SIGKILL', waitMs: LEFTOVER_QUIT_MS },
  ] as const
  for (const { signalName, waitMs } of steps) {
    const leftovers = backendsOf(data)
    if (signalName !== null) for (const pid of leftovers) signalProcess(pid, signalName)
    await Promise.all(leftovers.map((pid) => waitUntilGone(pid, waitMs)))
  }
}

function spawnPostmaster(launch: Launch): Promise<ChildProcess> {
  const descriptor = launch.log.open()
  return new Promise<ChildProcess>((done, fail) => {
    const child = spawn(postgresBinary('postgres', launch.binaries), commandLine(launch), {
      ...identity(launch.account),
      cwd: '/',
      // A session of its own: the terminal's Ctrl-C must not reach the database before its clients have drained.
      detached: true,
      env: EMPTY_ENVIRONMENT,
      stdio: ['ignore', descriptor, descriptor],
    })
    child.once('spawn', () => done(child))
    child.once('error', (cause) =>
      fail(
        new EmbeddedPostgresFault('START_FAILED', `PostgreSQL could not be started: ${cause.message}`, {
          cause,
        }),
      ),
    )
    child.unref()
  }).finally(() => closeSync(descriptor))
}

type Outcome = 'serving' | 'ended'

async function outcome(launch: Launch, pid: number): Promise<Outcome> {
  const deadline = performance.now() + launch.startTimeoutMs
  while (isAlive(pid)) {
    const answer = await probe(launch.socketDirectory)
    if (answer.kind === 'ready' && answer.dataDirectory === launch.data) return 'serving'
    const isLate = performance.now() > deadline
    if (launch.abandoned.aborted || isLate || answer.kind === 'refused') {
      await stopPostmaster(pid, 'immediate')
      throwIfAbandoned(launch)
      const cause = answer.kind === 'refused' ? answer.cause : undefined
      const message = `PostgreSQL did not ${isLate ? 'become ready in time' : 'let us in'}.`
      throw new EmbeddedPostgresFault('START_TIMEOUT', message, { log: launch.log.tail(), cause })
    }
    await sleep(POLL_MS)
  }
  return 'ended'
}

/** FATAL lines that pass when the last process of the former postmaster is gone. */
const PASSING = /pre-existing shared memory block|lock file "postmaster.pid" already exists/

/**
 * Starts a postmaster and returns when it accepts connections (after crash recovery, where there is one). Waits
 * for what a killed postmaster left. Throws `START_FAILED` or `START_TIMEOUT` with the last lines of the log.
 */
export async function start(launch: Launch): Promise<Postmaster> {
  const deadline = performance.now() + LEFTOVER_TIMEOUT_MS
  for (;;) {
    throwIfAbandoned(launch)
    await endLeftovers(launch.data)
    disownPidFile(launch.data)
    clearSocket(launch.socketDirectory)
    const logged = launch.log.size()
    const child = await spawnPostmaster(launch)
    const pid = child.pid
    if (pid !== undefined && (await outcome(launch, pid)) === 'serving') return { pid, child }
    const log = launch.log.tail(logged)
    if (!PASSING.test(log) || performance.now() > deadline) {
      throw new EmbeddedPostgresFault('START_FAILED', 'PostgreSQL ended while it was starting.', { log })
    }
    await sleep(LEFTOVER_RETRY_MS)
  }
}
