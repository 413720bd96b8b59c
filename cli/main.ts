/** The `stormops` command. */
import { Command } from 'commander'
import { ConfigFault } from '@stormops/chassis/config'
import { Fault } from '@stormops/chassis/fault'
import { GraphFault } from './client.ts'
import { auditCommand } from './commands/audit.ts'
import { databaseCommand } from './commands/database.ts'
import { pilotCommand } from './commands/pilot.ts'
import { schemaCommand } from './commands/schema.ts'
import { serveCommand } from './commands/serve.ts'
import { startCommand } from './commands/start.ts'
import { stormCommand } from './commands/storm.ts'
import { tenantCommand } from './commands/tenant.ts'
import { tokenCommand } from './commands/token.ts'

const program = new Command('stormops').description('storm-restoration pilots, measured')
const COMMANDS = [
  startCommand,
  serveCommand,
  tokenCommand,
  tenantCommand,
  stormCommand,
  pilotCommand,
  auditCommand,
  databaseCommand,
  schemaCommand,
]
for (const add of COMMANDS) add(program)

/** A fault of whoever called is told in words; anything else with where it happened. */
const told = (error: unknown): string => {
  if (error instanceof Fault || error instanceof GraphFault || error instanceof ConfigFault)
    return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

try {
  await program.parseAsync()
} catch (error) {
  process.stderr.write(`${told(error)}\n`)
  process.exitCode = 1
}
