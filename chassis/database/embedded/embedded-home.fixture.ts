import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from 'pg'
import { isAlive } from './process-identity.ts'
import type { EmbeddedPostgres, EmbeddedPostgresEvent, EmbeddedPostgresOptions } from './supervisor.ts'
import { startEmbeddedPostgres } from './supervisor.ts'

/** The tests lose nothing with the power, so they need not wait for the disk. */
const SETTINGS = { fsync: 'off', shared_buffers: '16MB' }

export interface Owner {
  readonly process: ChildProcess
  readonly postmasterPid: number
  readonly adopted: boolean
}

/** The homes, databases and owner processes of one test file; `clear` ends and removes them all. */
export class Homes {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'stormops-embedded-')))
  readonly events: EmbeddedPostgresEvent[] = []
  readonly #databases: EmbeddedPostgres[] = []
  readonly #pids: number[] = []

  constructor() {
    // PostgreSQL's account has to walk through, where the tests run as root.
    chmodSync(this.root, 0o755)
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
      if ('pid' in event) this.#pids.push(event.pid)
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
    if (child.pid !== undefined) this.#pids.push(child.pid)
    for await (const line of createInterface(child.stdout)) {
      const event: unknown = JSON.parse(line)
      if (typeof event !== 'object' || event === null || !('kind' in event)) continue
      if (event.kind === 'failed') throw new Error(line)
      if ((event.kind !== 'started' && event.kind !== 'adopted') || !('pid' in event)) continue
      const postmasterPid = Number(event.pid)
      this.#pids.push(postmasterPid)
      return { process: child, postmasterPid, adopted: event.kind === 'adopted' }
    }
    throw new Error('The owner process ended without a database.')
  }

  /** Lines of `ps` that still mention a home of this file. */
  leftovers(): readonly string[] {
    const lines = execFileSync('ps', ['-ww', '-e', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n')
    return lines.filter((line) => line.includes(this.root) && !line.includes('ps -ww'))
  }

  async clear(): Promise<void> {
    await Promise.allSettled(this.#databases.map((database) => database.stop('immediate')))
    for (const pid of this.#pids) if (isAlive(pid)) process.kill(pid, 'SIGKILL')
    rmSync(this.root, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
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
    const result = await client.query<unknown[]>({ text: sql, rowMode: 'array' })
    const value = result.rows[0]?.[0]
    return value === undefined || value === null ? null : String(value)
  } finally {
    await client.end()
  }
}
