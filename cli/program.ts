/** What `stormops` can be told to do. */
import { Command } from 'commander'

const program = new Command('stormops').description('storm-restoration pilots, measured')
type Add = (program: Command) => void

/** Loaded when it is asked for: the whole platform takes more than a second of a processor to load. */
const COMMANDS: Readonly<Record<string, () => Promise<Add>>> = {
  start: async () => (await import('./commands/start.ts')).startCommand,
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  work: async () => (await import('./commands/work.ts')).workCommand,
  token: async () => (await import('./commands/token.ts')).tokenCommand,
  tenant: async () => (await import('./commands/tenant.ts')).tenantCommand,
  storm: async () => (await import('./commands/storm.ts')).stormCommand,
  pilot: async () => (await import('./commands/pilot.ts')).pilotCommand,
  audit: async () => (await import('./commands/audit.ts')).auditCommand,
  invoice: async () => (await import('./commands/invoice.ts')).invoiceCommand,
  jobs: async () => (await import('./commands/jobs.ts')).jobsCommand,
  keys: async () => (await import('./commands/keys.ts')).keysCommand,
  catalogue: async () => (await import('./commands/catalogue.ts')).catalogueCommand,
  operations: async () => (await import('./commands/operations.ts')).operationsCommand,
  stripe: async () => (await import('./commands/stripe.ts')).stripeCommand,
  db: async () => (await import('./commands/database.ts')).databaseCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  backup: async () => (await import('./commands/backup.ts')).backupCommand,
  restore: async () => (await import('./commands/restore.ts')).restoreCommand,
  schema: async () => (await import('./commands/schema.ts')).schemaCommand,
}
const [, , asked = ''] = process.argv
const wanted = Object.entries(COMMANDS).filter(([name]) => name === asked)
for (const [, load] of wanted.length > 0 ? wanted : Object.entries(COMMANDS)) (await load())(program)

/** In words; LOG_LEVEL=debug adds where it happened. */
const told = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  // Where it happened helps whoever mends it, and nobody else.
  return process.env['LOG_LEVEL'] === 'debug' ? (error.stack ?? error.message) : error.message
}

try {
  await program.parseAsync()
} catch (error) {
  process.stderr.write(`${told(error)}\n`)
  process.exitCode = 1
}
