import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { signalProcess } from './process-identity.ts'
import type { EmbeddedPostgres, EmbeddedPostgresEvent, EmbeddedPostgresOptions } from './supervisor.ts'
import { startEmbeddedPostgres } from './supervisor.ts'

/** The tests lose nothing with the power, so they need not wait for the disk. */
const SETTINGS = { fsync: 'off', shared_buffers: '16MB' }

/** A process that was told to end may take a moment. */
const LINGER_MS = 3_000

export interface Owner {
  readonly process: ChildProcess
  readonly postmasterPid: number
  readonly adopted: boolean
}

/** The homes, databases and owner processes of one test file; `clear` ends and removes them all. */
export class Homes {
  readonly events: EmbeddedPostgresEvent[] = []
  readonly #databases: EmbeddedPostgres[] = []
  #root: string | null = null

  /** Made when the first test needs it: a file whose tests are all skipped clears nothing away. */
  get root(): string {
    if (this.#root === null) {
      this.#root = realpathSync(mkdtempSync(join(tmpdir(), 'stormops-embedded-')))
      // PostgreSQL's account has to walk through, where the tests run as root.
      chmodSync(this.#root, 0o755)
    }
    return this.#root
  }

  home(): string {
    return join(mkdtempSync(join(this.root, 'h-')), '.stormops')
  }

  /** A home that every account can walk to, as mkdtemp makes directories that only their owner enters. */
  openHome(): string {
    const home = this.home()
    chmodSync(join(home, '..'), 0o755)
    return home
  }

  async start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const log = (event: EmbeddedPostgresEvent): void => {
      this.events.push(event)
      options.log?.(event)
    }
    const database = await startEmbeddedPostgres({
      ...options,
      settings: { ...SETTINGS, ...options.settings },
      log,
    })
    this.#databases.push(database)
    return database
  }

  /** Starts the database in a process of its own, which the test may kill. */
  async owner(
    options: EmbeddedPostgresOptions,
    identity: { uid?: number; gid?: number; detached?: boolean } = {},
  ): Promise<Owner> {
    const script = join(import.meta.dirname, 'owner-process.fixture.ts')
    const argument = JSON.stringify({ ...options, settings: { ...SETTINGS, ...options.settings } })
    const stdio: ['ignore', 'pipe', 'inherit'] = ['ignore', 'pipe', 'inherit']
    const child = spawn(process.execPath, [script, argument], { ...identity, cwd: '/', stdio })
    for await (const line of createInterface(child.stdout)) {
      const said: unknown = JSON.parse(line)
      const facts = new Map<string, unknown>(Object.entries(said ?? {}))
      if (facts.get('kind') !== 'owned') throw new Error(line)
      const postmasterPid = Number(facts.get('pid'))
      return { process: child, postmasterPid, adopted: facts.get('adopted') === true }
    }
    throw new Error('The owner process ended without a database.')
  }

  /** Lines of `ps`, pid first, that still mention a home of this file. */
  #leftovers(): readonly string[] {
    const lines = execFileSync('ps', ['-ww', '-e', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n')
    return lines.filter((line) => line.includes(this.root))
  }

  /** Ends and removes everything, and returns what the tests should have ended themselves. */
  async clear(): Promise<readonly string[]> {
    const deadline = performance.now() + LINGER_MS
    while (this.#leftovers().length > 0 && performance.now() < deadline) await sleep(100)
    const leftovers = this.#leftovers()
    await Promise.allSettled(this.#databases.map((database) => database.stop('immediate')))
    for (const line of this.#leftovers()) signalProcess(Number.parseInt(line, 10), 'SIGKILL')
    rmSync(this.root, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    return leftovers
  }
}

export async function kill(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

/** Connects as the database's administrator; a connection that the test breaks is no error of the test. */
export async function connect(database: EmbeddedPostgres): Promise<Client> {
  const client = new Client(database.connection('postgres', database.adminUser))
  client.on('error', () => {})
  await client.connect()
  return client
}

/** Runs one statement and returns the first column of its first row, as text, or null. */
export async function ask(database: EmbeddedPostgres, sql: string): Promise<string | null> {
  const client = await connect(database)
  try {
    const result = await client.query<(string | number | boolean | null)[]>({ text: sql, rowMode: 'array' })
    const value = result.rows[0]?.[0]
    return value === undefined || value === null ? null : String(value)
  } finally {
    await client.end()
  }
}
