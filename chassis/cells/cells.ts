/** The databases that companies live in, beside the home cell, and who lives in which. */
import type { ConnectionSettings } from '../database/connection.ts'
import { Fault } from '../fault.ts'
import type { Log } from '../telemetry/log.ts'
import { openPlacements } from './placements.ts'
import type { Placements } from './placements.ts'

export type Cell = {
  readonly name: string
  /** As the app role. */
  readonly connection: ConnectionSettings
}

/** Cells other than the home cell, opened once for a process. */
export type Cells = {
  readonly others: readonly Cell[]
  readonly placements: Placements
  readonly close: () => Promise<void>
}

/** Null where all companies live in one database, which is then asked nothing. */
export const openCells = async (
  home: ConnectionSettings,
  others: readonly Cell[],
  log: Pick<Log, 'warn'>,
): Promise<Cells | null> => {
  if (others.length === 0) return null
  const placements = await openPlacements(home, log)
  return { others, placements, close: placements.close }
}

/** A company was placed in a cell that this process was told nothing of. */
export const unknownCell = (name: string): Fault =>
  new Fault('UNAVAILABLE', 'Your company’s database cannot be reached from here. Try again in a minute.', {
    cause: new Error(`CELL_URLS does not say where the cell ${name} is.`),
  })
