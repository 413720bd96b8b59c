import { mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type PostgresConnection, addressOf } from './address.ts'
import { locateBinaries } from './binaries.ts'
import { ADMIN_USER } from './cluster.ts'
import type { EmbeddedPostgres, EmbeddedPostgresEvent } from './embedded-postgres.ts'
import type { EmbeddedPostgresOptions, PostgresExit } from './embedded-postgres.ts'
import { EmbeddedPostgresFault, errorCode } from './fault.ts'
import { type Launch, type Postmaster, adopt, start } from './launch.ts'
import { type HomeLock, acquireLock } from './lock.ts'
import { type StopMode, runningPostmaster, stopPostmaster } from './postmaster.ts'
import { type Prepared, prepare } from './preparation.ts'
import { isAlive, signalProcess } from './process-identity.ts'
import { ROTATION_CHECK_MS } from './server-log.ts'
import { PORT, releaseSocketDirectory } from './socket-directory.ts'
import { secondsSince } from './stopwatch.ts'

export { type PostgresAddress, type PostgresConnection } from './address.ts'
export { embeddedDataDirectory, runningEmbeddedPostgres } from './address.ts'
export { makeArchive } from './archive.ts'
export { postgresBinary } from './binaries.ts'
export type * from './embedded-postgres.ts'
export { EmbeddedPostgresFault, type EmbeddedPostgresFaultCode } from './fault.ts'
export type { StopMode } from './postmaster.ts'

/** How often an adopted postmaster is looked at; a child of ours reports its end itself. */
const WATCH_MS = 250

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 10_000

/** About a minute with the pauses; what does not start by then needs a person. */
const RESTART_ATTEMPTS = 12

/** A database that ran this long before it ended did not end because of its start. */
const STABLE_AFTER_MS = 60_000

type Phase =
  | { readonly kind: 'serving'; readonly postmaster: Postmaster; readonly since: number }
  | { readonly kind: 'recovering'; readonly done: Promise<void> }
  | { readonly kind: 'down'; readonly fault: unknown }
  | { readonly kind: 'stopped' }

class Supervisor implements EmbeddedPostgres {
  readonly port = PORT
  readonly adminUser = ADMIN_USER
  readonly #launch: Launch
  readonly #place: string
  readonly #lock: HomeLock
  readonly #abandon: AbortController
  readonly #autoRestart: boolean
  readonly #log: (event: EmbeddedPostgresEvent) => void
  readonly #listeners = new Set<(exit: PostgresExit) => void>()
  readonly #rotation: NodeJS.Timeout
  #watch: NodeJS.Timeout | undefined
  #phase: Phase = { kind: 'down', fault: null }
  #stopping: Promise<void> | null = null
  #failedAttempts = 0

  constructor(prepared: Prepared, options: EmbeddedPostgresOptions) {
    this.#launch = prepared.launch
    this.#place = prepared.place
    this.#lock = prepared.lock
    this.#abandon = prepared.abandon
    this.#autoRestart = options.autoRestart ?? true
    this.#log = options.log ?? (() => {})
    this.#rotation = setInterval(() => {
      this.#launch.log.rotate()
      this.#launch.keepArchive()
    }, ROTATION_CHECK_MS).unref()
  }

  get socketDirectory(): string {
    return this.#launch.socketDirectory
  }

  get dataDirectory(): string {
    return this.#launch.data
  }

  get logFile(): string {
    return this.#launch.log.file
  }

  get pid(): number | null {
    return this.#phase.kind === 'serving' ? this.#phase.postmaster.pid : null
  }

  connection(database: string, user: string): PostgresConnection {
    return addressOf(this.socketDirectory).connection(database, user)
  }

  url(database: string, user: string): string {
    return addressOf(this.socketDirectory).url(database, user)
  }

  onExit(listener: (exit: PostgresExit) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async ready(): Promise<void> {
    while (this.#phase.kind === 'recovering') await this.#phase.done
    if (this.#phase.kind === 'serving') return
    const cause = this.#phase.kind === 'down' ? this.#phase.fault : undefined
    if (cause instanceof EmbeddedPostgresFault) throw cause
    throw new EmbeddedPostgresFault('STOPPED', 'The embedded database does not run.', { cause })
  }

  /** Adopts or starts; the phase is `serving` afterwards, or this throws. */
  async run(): Promise<void> {
    const begin = performance.now()
    const adopted = await adopt(this.#launch)
    const postmaster = adopted ?? (await start(this.#launch))
    this.#phase = { kind: 'serving', postmaster, since: performance.now() }
    const kind = adopted === null ? 'started' : 'adopted'
    this.#log({ kind, pid: postmaster.pid, seconds: secondsSince(begin) })
    this.#observe(postmaster)
  }

  async restart(mode: StopMode = 'fast'): Promise<void> {
    if (this.#stopping !== null) throw new EmbeddedPostgresFault('STOPPED', 'The database is being stopped.')
    if (this.#phase.kind === 'recovering') return this.ready()
    const { pid } = this
    const done = (async () => {
      if (pid !== null) await stopPostmaster(pid, mode)
      await this.run()
    })()
    this.#recover(done)
    return done
  }

  stop(mode: StopMode = 'fast'): Promise<void> {
    const { pid } = this
    // A second call may be the impatient one.
    if (this.#stopping !== null && mode === 'immediate' && pid !== null) signalProcess(pid, 'SIGQUIT')
    this.#stopping ??= this.#end(mode).catch((error: unknown) => {
      this.#stopping = null
      throw error
    })
    return this.#stopping
  }

  async #end(mode: StopMode): Promise<void> {
    const begin = performance.now()
    this.#abandon.abort()
    while (this.#phase.kind === 'recovering') await this.#phase.done.catch(() => {})
    const pid = this.pid ?? runningPostmaster(this.#launch.data)
    if (pid !== null) await stopPostmaster(pid, mode)
    clearInterval(this.#watch)
    clearInterval(this.#rotation)
    this.#phase = { kind: 'stopped' }
    this.free()
    this.#log({ kind: 'stopped', seconds: secondsSince(begin) })
  }

  /** Gives the home back when no database runs on it. */
  free(): void {
    clearInterval(this.#rotation)
    releaseSocketDirectory(this.socketDirectory, this.#place)
    this.#lock.release()
  }

  #observe(postmaster: Postmaster): void {
    const { pid, child } = postmaster
    clearInterval(this.#watch)
    child?.once('exit', (code, signalName) => this.#ended(pid, code, signalName))
    this.#watch = setInterval(() => {
      if (!isAlive(pid)) this.#ended(pid, child?.exitCode ?? null, child?.signalCode ?? null)
    }, WATCH_MS).unref()
  }

  #ended(pid: number, code: number | null, signalName: string | null): void {
    if (this.#phase.kind !== 'serving' || this.#phase.postmaster.pid !== pid) return
    clearInterval(this.#watch)
    if (this.#stopping !== null) return
    if (performance.now() - this.#phase.since > STABLE_AFTER_MS) this.#failedAttempts = 0
    const exit = { pid, code, signal: signalName, willRestart: this.#autoRestart }
    if (this.#autoRestart) {
      this.#recover(this.#runAgain())
    } else {
      const message = `PostgreSQL ended by itself (${signalName ?? code ?? 'unknown'}).`
      const fault = new EmbeddedPostgresFault('STOPPED', message, { pid, log: this.#launch.log.tail() })
      this.#phase = { kind: 'down', fault }
    }
    this.#log({ kind: 'exited', ...exit })
    for (const listener of this.#listeners) listener(exit)
  }

  #recover(done: Promise<void>): void {
    const settled = done.catch((fault: unknown) => {
      this.#phase = { kind: 'down', fault }
    })
    this.#phase = { kind: 'recovering', done: settled }
  }

  async #runAgain(): Promise<void> {
    for (;;) {
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.#failedAttempts, LONGEST_PAUSE_MS)
      await sleep(pause, undefined, { signal: this.#abandon.signal })
      this.#failedAttempts += 1
      try {
        return await this.run()
      } catch (fault) {
        this.#log({ kind: 'restartFailed', attempt: this.#failedAttempts, fault })
        if (this.#failedAttempts < RESTART_ATTEMPTS && !this.#abandon.signal.aborted) continue
        this.#log({ kind: 'gaveUp', attempts: this.#failedAttempts })
        throw fault
      }
    }
  }
}

/** What the file system refuses (no right, no space, read-only) is about the home; the rest is a fault already. */
const asFault = (error: unknown, home: string): unknown =>
  errorCode(error) === null || error instanceof EmbeddedPostgresFault
    ? error
    : new EmbeddedPostgresFault('HOME_UNUSABLE', `The database cannot live in ${home}: ${String(error)}`, {
        cause: error,
      })

async function startIn(home: string, options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const lock = acquireLock(join(home, 'postgres'))
  let supervisor: Supervisor | null = null
  try {
    supervisor = new Supervisor(await prepare(home, lock, options), options)
    await supervisor.run()
    return supervisor
  } catch (error) {
    if (supervisor === null) lock.release()
    else supervisor.free()
    throw error
  }
}

/**
 * Starts the embedded PostgreSQL of this home, making the cluster on the first start, and resolves when it accepts
 * connections on its Unix socket. After a crash it adopts the postmaster that is left, or recovers. Throws
 * `EmbeddedPostgresFault`; `HOME_HELD` when another process has this home.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  // Before anything is made: says so where the platform has no binaries.
  const binaries = options.binaries ?? locateBinaries()
  try {
    mkdirSync(join(options.home, 'postgres'), { recursive: true })
    return await startIn(realpathSync(options.home), { ...options, binaries })
  } catch (error) {
    throw asFault(error, options.home)
  }
}
