/** The month close and the proof of invoices, beside a platform that runs or without one. */
import type { Config } from '@stormops/chassis/config'
import { systemClock } from '@stormops/chassis/clock'
import { appConnection, prepareDatabase } from '@stormops/chassis/database/migrate'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import { openInvoicingDesk } from '@stormops/billing'
import type { InvoicingDesk } from '@stormops/billing'
import { configuredCells, openCellsOf } from './cell-databases.ts'
import { findDatabaseHome, openDatabaseHome } from './database-home.ts'
import { openJobWork } from './job-work.ts'
import { MIGRATIONS } from './migrations.ts'

export const atInvoicingDesk = async <T>(
  config: Config,
  work: (desk: InvoicingDesk) => Promise<T>,
): Promise<T> => {
  const log = createLog('silent')
  const running = findDatabaseHome(config)
  const home = running === null ? await openDatabaseHome(config, log) : null
  try {
    const database = running ?? home
    if (database === null) throw new Error('There is no database.')
    const { admin, secret } = database
    if (home !== null) await prepareDatabase(admin, secret, MIGRATIONS)
    const connection = appConnection(admin, secret)
    const jobs = await openJobWork(connection, log, 'sends')
    const cells = await openCellsOf(connection, configuredCells(config), log)
    const desk = await openInvoicingDesk({ connection, cells, queue: jobs.queue, clock: systemClock, newId })
    try {
      return await work(desk)
    } finally {
      await desk.close()
      await jobs.close()
      await cells?.close()
    }
  } finally {
    await home?.stop()
  }
}
