import { EmbeddedPostgresFault, startEmbeddedPostgres } from './supervisor.ts'

/*
 * Starts the database with the options given as JSON and says so in one line of JSON, then waits to be killed, or
 * to be asked by SIGUSR2 to stop the database.
 */

const tell = (said: unknown): void => void process.stdout.write(`${JSON.stringify(said)}\n`)

// Kept busy, since neither the database nor its watch keeps a process alive.
const heartbeat = setInterval(() => {}, 60_000)

try {
  let adopted = false
  const log = (event: { kind: string }): void => {
    if (event.kind === 'adopted') adopted = true
  }
  const database = await startEmbeddedPostgres({ ...JSON.parse(process.argv[2] ?? '{}'), log })
  process.once('SIGUSR2', () => {
    void database.stop().then(() => clearInterval(heartbeat))
  })
  tell({ kind: 'owned', pid: database.pid, adopted })
} catch (error) {
  const code = error instanceof EmbeddedPostgresFault ? error.code : null
  tell({ kind: 'failed', code, message: String(error) })
  clearInterval(heartbeat)
}
