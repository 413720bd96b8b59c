import { EmbeddedPostgresFault, startEmbeddedPostgres } from './supervisor.ts'

/* Starts the database with the options given as JSON, tells its events as lines of JSON, and waits to be killed. */

const tell = (event: unknown): void => void process.stdout.write(`${JSON.stringify(event)}\n`)

// Kept busy, since neither the database nor its watch keeps a process alive.
const heartbeat = setInterval(() => {}, 60_000)

try {
  const database = await startEmbeddedPostgres({ ...JSON.parse(process.argv[2] ?? '{}'), log: tell })
  process.once('SIGUSR2', () => {
    void database.stop().then(() => clearInterval(heartbeat))
  })
} catch (error) {
  const code = error instanceof EmbeddedPostgresFault ? error.code : null
  tell({ kind: 'failed', code, message: String(error) })
  clearInterval(heartbeat)
}
