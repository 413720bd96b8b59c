/** Backups for a command: beside the platform that runs, or with the database started for as long as the command takes. */
import { systemClock } from '@stormops/chassis/clock'
import type { Config } from '@stormops/chassis/config'
import { Fault } from '@stormops/chassis/fault'
import { createLog } from '@stormops/chassis/telemetry/log'
import { destination } from 'pino'
import { backupPlace, openBackups } from './backups.ts'
import type { Backups } from './backups.ts'
import { configuredCells } from './cell-databases.ts'
import { findDatabaseHome, openDatabaseHome } from './database-home.ts'
import { untilToldToStop } from './stopping.ts'

/** Standard output belongs to what the command says. */
const STANDARD_ERROR = 2

/** The signal is given when somebody stops the command. */
export const withBackups = async <T>(
  config: Config,
  work: (backups: Backups, signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const log = createLog('warn', destination(STANDARD_ERROR))
  const running = findDatabaseHome(config)
  const own = running === null ? await openDatabaseHome(config, log) : null
  try {
    const { admin, secret } = running ?? own ?? unreachable()
    const place = backupPlace(config)
    const cells = configuredCells(config)
    const backups = await openBackups({ admin, secret, place, cells, clock: systemClock, log })
    try {
      return await work(backups, stopSignal())
    } finally {
      await backups.close()
    }
  } finally {
    await own?.stop()
  }
}

export const stopSignal = (): AbortSignal => {
  const controller = new AbortController()
  void untilToldToStop().then(() => controller.abort(new Fault('UNAVAILABLE', 'Stopped.')))
  return controller.signal
}

const unreachable = (): never => {
  throw new Fault('INTERNAL', 'There is neither a running database nor one that was started.')
}
