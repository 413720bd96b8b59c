/** `db migrate`: brings the database up to date without serving. */
import type { Command } from 'commander'
import { readConfig } from '@stormops/chassis/config'
import { prepareDatabase } from '@stormops/chassis/database/migrate'
import { createLog } from '@stormops/chassis/telemetry/log'
import { configuredCells, prepareCells } from '../cell-databases.ts'
import { openDatabaseHome } from '../database-home.ts'
import { declareEveryQueue } from '../every-queue.ts'
import { MIGRATIONS } from '../subgraph-services.ts'
import { printLine } from '../terminal.ts'

export const databaseCommand = (program: Command): void => {
  program
    .command('db')
    .description('the database')
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
