/** What `stormops` can be told to do. */
import { Command } from 'commander'
import { auditCommand } from './commands/audit.ts'
import { backupCommand } from './commands/backup.ts'
import { catalogueCommand } from './commands/catalogue.ts'
import { databaseCommand } from './commands/database.ts'
import { doctorCommand } from './commands/doctor.ts'
import { invoiceCommand } from './commands/invoice.ts'
import { jobsCommand } from './commands/jobs.ts'
import { keysCommand } from './commands/keys.ts'
import { operationsCommand } from './commands/operations.ts'
import { pilotCommand } from './commands/pilot.ts'
import { restoreCommand } from './commands/restore.ts'
import { schemaCommand } from './commands/schema.ts'
import { serveCommand } from './commands/serve.ts'
import { startCommand } from './commands/start.ts'
import { stormCommand } from './commands/storm.ts'
import { stripeCommand } from './commands/stripe.ts'
import { tenantCommand } from './commands/tenant.ts'
import { tokenCommand } from './commands/token.ts'
import { workCommand } from './commands/work.ts'

const program = new Command('stormops').description('storm-restoration pilots, measured')
const COMMANDS = [
  startCommand,
  serveCommand,
  workCommand,
  tokenCommand,
  tenantCommand,
  stormCommand,
  pilotCommand,
  auditCommand,
  invoiceCommand,
  jobsCommand,
  keysCommand,
  catalogueCommand,
  operationsCommand,
  stripeCommand,
  databaseCommand,
  doctorCommand,
  backupCommand,
  restoreCommand,
  schemaCommand,
]
for (const add of COMMANDS) add(program)

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
