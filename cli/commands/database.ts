/** `db migrate`: brings the databases up to date without serving. `db citus`: prints how to spread them over Citus. */
import type { Command } from 'commander'
import { citusPlanOf, citusScript } from '@stormops/chassis/cells/citus'
import { readConfig } from '@stormops/chassis/config'
import { ownerConnection, prepareDatabase } from '@stormops/chassis/database/migrate'
import { createLog } from '@stormops/chassis/telemetry/log'
import { configuredCells, prepareCells } from '../cell-databases.ts'
import { findDatabaseHome, openDatabaseHome } from '../database-home.ts'
import { declareEveryQueue } from '../every-queue.ts'
import { MIGRATIONS } from '../subgraph-services.ts'
import { printLine } from '../terminal.ts'

export const databaseCommand = (program: Command): void => {
  const database = program.command('db').description('the database')
  citusCommand(database)
  database
    .command('migrate')
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

const citusCommand = (database: Command): void => {
  database
    .command('citus')
    .description('print the script that spreads the tables of companies over a Citus cluster')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const config = readConfig(process.env)
      const running = findDatabaseHome(config)
      const own = running === null ? await openDatabaseHome(config, createLog('warn')) : null
      const home = running ?? own
      if (home === null) throw new Error('There is no database.')
      try {
        if (own !== null) await prepareDatabase(own.admin, own.secret, MIGRATIONS)
        const plan = await citusPlanOf(ownerConnection(home.admin, home.secret), [
          'chassis',
          ...MIGRATIONS.map(({ schema }) => schema),
        ])
        printLine(json === true ? JSON.stringify(plan) : citusScript(plan))
      } finally {
        await own?.stop()
      }
    })
}
