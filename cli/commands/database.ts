/** `db migrate|lint`: brings the database up to date without serving, and looks whether it keeps companies apart. */
import type { Command } from 'commander'
import { lintCatalogue } from '@stormops/chassis/database/catalogue-linter'
import { readConfig } from '@stormops/chassis/config'
import { appConnection, prepareDatabase } from '@stormops/chassis/database/migrate'
import { withSingleConnection } from '@stormops/chassis/database/single-connection'
import { createLog } from '@stormops/chassis/telemetry/log'
import { findDatabaseHome, openDatabaseHome } from '../database-home.ts'
import { OUR_SCHEMAS } from '../doctor/database.ts'
import { declareEveryQueue } from '../every-queue.ts'
import { MIGRATIONS } from '../subgraph-services.ts'
import { printLine } from '../terminal.ts'

export const databaseCommand = (program: Command): void => {
  const db = program.command('db').description('the database')
  lintCommand(db)
  db.command('migrate')
    .description('make roles, database, schemas and queues, and run what migrations are missing')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const config = readConfig(process.env)
      const log = createLog('warn')
      const home = await openDatabaseHome(config, log)
      try {
        const ran = await prepareDatabase(home.admin, home.secret, MIGRATIONS)
        await declareEveryQueue(config, home, log)
        if (json === true) printLine(JSON.stringify({ ran }))
        else for (const line of ran.length === 0 ? ['Everything is up to date.'] : ran) printLine(line)
      } finally {
        await home.stop()
      }
    })
}

/** Milliseconds; the catalogue of many partitions takes a second. */
const LINT_MS = 60_000

const lintCommand = (db: Command): void => {
  db.command('lint')
    .description(
      'read the catalogue for tables, policies, keys and rights that would show one company to another; exits with 1 when there is one',
    )
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const config = readConfig(process.env)
      const running = findDatabaseHome(config)
      const { admin, secret, stop } =
        running === null
          ? await openDatabaseHome(config, createLog('warn'))
          : { ...running, stop: async () => undefined }
      try {
        const findings = await withSingleConnection(appConnection(admin, secret), LINT_MS, (client) =>
          lintCatalogue(client, OUR_SCHEMAS),
        )
        if (json === true) printLine(JSON.stringify({ findings }))
        else if (findings.length === 0) printLine('The catalogue keeps companies apart.')
        else for (const { object, message, rule } of findings) printLine(`${object}: ${message} (${rule})`)
        process.exitCode = findings.length === 0 ? 0 : 1
      } finally {
        await stop()
      }
    })
}
