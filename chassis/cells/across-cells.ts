/**
 * Work for all companies asks every cell. What is asked decides what a cell costs that is away: a sum without it would
 * be wrong, and is refused; a list of what to do next does without its companies until it is back.
 */
import type { CellDatabase, Database } from '../database/database.ts'
import { Fault } from '../fault.ts'
import type { Log } from '../telemetry/log.ts'

type Across = Pick<Database, 'cells'>

export type CellAnswer<T> =
  | { readonly kind: 'answered'; readonly cell: string; readonly value: T }
  | { readonly kind: 'away'; readonly cell: string; readonly cause: unknown }

/** Asks all cells at once, and says which answered. */
export const eachCell = async <T>(
  { cells }: Across,
  work: (cell: CellDatabase) => Promise<T>,
): Promise<readonly CellAnswer<T>[]> =>
  Promise.all(
    cells.map((cell) =>
      work(cell).then(
        (value): CellAnswer<T> => ({ kind: 'answered', cell: cell.name, value }),
        (cause: unknown): CellAnswer<T> => ({ kind: 'away', cell: cell.name, cause }),
      ),
    ),
  )

/** What every cell answered, the home cell first. Throws what the first one threw that did not. */
export const everyCell = async <T>(
  { cells }: Across,
  work: (cell: CellDatabase) => Promise<T>,
): Promise<readonly T[]> => {
  const [only] = cells
  // One database is asked as if there were no cells: what it throws is thrown.
  if (cells.length === 1 && only !== undefined) return [await work(only)]
  const answers = await eachCell({ cells }, work)
  return answers.map((answer) => {
    if (answer.kind === 'answered') return answer.value
    throw awayFault(answer)
  })
}

/** As `everyCell`, one list of all. */
export const fromEveryCell = async <T>(
  across: Across,
  work: (cell: CellDatabase) => Promise<readonly T[]>,
): Promise<readonly T[]> => (await everyCell(across, work)).flat()

/** One list of those that could be asked; the log says which could not. Throws when no cell could be. */
export const fromReachableCells = async <T>(
  across: Across,
  log: Pick<Log, 'warn'>,
  work: (cell: CellDatabase) => Promise<readonly T[]>,
): Promise<readonly T[]> => {
  if (across.cells.length === 1) return fromEveryCell(across, work)
  const answers = await eachCell(across, work)
  const away = answers.filter((answer) => answer.kind === 'away')
  const [first] = away
  if (first !== undefined && away.length === answers.length) throw awayFault(first)
  for (const { cell, cause } of away) log.warn({ cell, err: cause }, 'a cell could not be asked')
  return answers.flatMap((answer) => (answer.kind === 'answered' ? answer.value : []))
}

/**
 * The first that is found. One that is found nowhere is not there only when every cell could be asked: throws
 * UNAVAILABLE otherwise.
 */
export const maybeInCells = async <T>(
  across: Across,
  work: (cell: CellDatabase) => Promise<T | null>,
): Promise<T | null> => {
  const [only] = across.cells
  if (across.cells.length === 1 && only !== undefined) return work(only)
  const answers = await eachCell(across, work)
  for (const answer of answers) if (answer.kind === 'answered' && answer.value !== null) return answer.value
  for (const answer of answers) if (answer.kind === 'away') throw awayFault(answer)
  return null
}

export type InCell<T> = { readonly cell: string; readonly value: T }

export type FoundInCells<T> = {
  readonly found: readonly InCell<T>[]
  /** Why nobody can say of what was not found that it is not there; null where every cell was asked. */
  readonly doubt: Fault | null
}

/** As `maybeInCells`, of many at once: what is found in any cell, whatever becomes of the others. */
export const manyInCells = async <T>(
  across: Across,
  work: (cell: CellDatabase) => Promise<readonly T[]>,
): Promise<FoundInCells<T>> => {
  const answers = await eachCell(across, work)
  const away = answers.find((answer) => answer.kind === 'away')
  return {
    found: answers.flatMap((answer) =>
      answer.kind === 'answered' ? answer.value.map((value) => ({ cell: answer.cell, value })) : [],
    ),
    doubt: away === undefined ? null : awayFault(away),
  }
}

export type Counted<T> = {
  /** Of each cell that answered, the home cell first. */
  readonly counts: readonly InCell<T>[]
  /** The cells that did not. */
  readonly away: readonly string[]
}

/**
 * What is counted in the cells that can be asked, for whoever says with it which are missing. Throws when none can be.
 */
export const countedInCells = async <T>(
  across: Across,
  work: (cell: CellDatabase) => Promise<T>,
): Promise<Counted<T>> => {
  const [only] = across.cells
  if (across.cells.length === 1 && only !== undefined) {
    return { counts: [{ cell: only.name, value: await work(only) }], away: [] }
  }
  const answers = await eachCell(across, work)
  const counts = answers.flatMap((answer) =>
    answer.kind === 'answered' ? [{ cell: answer.cell, value: answer.value }] : [],
  )
  const away = answers.filter((answer) => answer.kind === 'away')
  const [first] = away
  if (first !== undefined && counts.length === 0) throw awayFault(first)
  return { counts, away: away.map(({ cell }) => cell) }
}

const awayFault = ({ cell, cause }: { readonly cell: string; readonly cause: unknown }): Fault =>
  new Fault('UNAVAILABLE', `A part of the companies cannot be reached (${cell}). Try again in a minute.`, {
    cause,
  })
