/**
 * `db migrate|lint|citus`: brings the databases up to date without serving, looks whether one keeps companies apart, and
 * prints how to spread it over Citus.
 */
import type { Command } from 'commander'
import { citusPlanOf, citusScript } from '@stormops/chassis/cells/citus'
import { lintCatalogue } from '@stormops/chassis/database/catalogue-linter'
import { readConfig } from '@stormops/chassis/config'
import type { Config } from '@stormops/chassis/config'
import { HOME_CELL } from '@stormops/chassis/database/database'
import { appConnection, ownerConnection, prepareDatabase } from '@stormops/chassis/database/migrate'
import { withSingleConnection } from '@stormops/chassis/database/single-connection'
import { createLog } from '@stormops/chassis/telemetry/log'
import { configuredCells, prepareCells } from '../cell-databases.ts'
import type { CellAdmin } from '../cell-databases.ts'
import type { DatabaseHome } from '../database-home.ts'
import { findDatabaseHome, openDatabaseHome } from '../database-home.ts'
import { OUR_SCHEMAS } from '../doctor/database.ts'
import { declareEveryQueue } from '../every-queue.ts'
import { MIGRATIONS } from '../migrations.ts'
import { printLine } from '../terminal.ts'

export const databaseCommand = (program: Command): void => {
  const db = program.command('db').description('the database')
  lintCommand(db)
  citusCommand(db)
  db.command('migrate')
    .description('make roles, database, schemas and queues, and run what migrations are missing')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const config = readConfig(process.env)
      const log = createLog('warn')
      const home = await openDatabaseHome(config, log)
      try {
        const ran = await prepareDatabase(home.admin, home.secret, MIGRATIONS)
        const inCells = await prepareCells(home, configuredCells(config), log)
        await declareEveryQueue(config, home, log)
        const all = [...ran, ...inCells]
        if (json === true) printLine(JSON.stringify({ ran: all }))
        else for (const line of all.length === 0 ? ['Everything is up to date.'] : all) printLine(line)
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
      const { admin, secret, stop } = await runningOrOpened(config)
      try {
        const cells = [{ name: HOME_CELL, admin, secret }, ...configuredCells(config)]
        const findings = (await Promise.all(cells.map(findingsOf))).flat()
        if (json === true) printLine(JSON.stringify({ findings }))
        else if (findings.length === 0) printLine('The catalogue keeps companies apart.')
        else {
          for (const { cell, object, message, rule } of findings) {
            printLine(`${cell === HOME_CELL ? '' : `${cell}: `}${object}: ${message} (${rule})`)
          }
        }
        process.exitCode = findings.length === 0 ? 0 : 1
      } finally {
        await stop()
      }
    })
}

const findingsOf = async ({ name: cell, admin, secret }: CellAdmin) => {
  const findings = await withSingleConnection(appConnection(admin, secret), LINT_MS, (client) =>
    lintCatalogue(client, OUR_SCHEMAS),
  )
  return findings.map((finding) => ({ cell, ...finding }))
}

const citusCommand = (db: Command): void => {
  db.command('citus')
    .description('print the script that spreads the tables of companies over a Citus cluster')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { admin, secret, isRunning, stop } = await runningOrOpened(readConfig(process.env))
      try {
        if (!isRunning) await prepareDatabase(admin, secret, MIGRATIONS)
        const plan = await citusPlanOf(ownerConnection(admin, secret), OUR_SCHEMAS)
        printLine(json === true ? JSON.stringify(plan) : citusScript(plan))
      } finally {
        await stop()
      }
    })
}

type Opened = Pick<DatabaseHome, 'admin' | 'secret' | 'stop'> & { readonly isRunning: boolean }

/** A platform that runs keeps its database; one that does not is opened for the command alone. */
const runningOrOpened = async (config: Config): Promise<Opened> => {
  const running = findDatabaseHome(config)
  return running === null
    ? { ...(await openDatabaseHome(config, createLog('warn'))), isRunning: false }
    : { ...running, stop: async () => undefined, isRunning: true }
}
