/**
 * The one door to the data, where companies live in several databases: work for a company goes to the cell that it
 * lives in. What belongs to no company — persons, the catalogue, what Stripe told — is in the home cell; who works for
 * all companies goes through the cells one by one.
 */
import { HOME_CELL, openDatabase } from '../database/database.ts'
import { isElsewhere } from '../database/database-faults.ts'
import type { CellDatabase, Database, DatabaseOptions } from '../database/database.ts'
import { unknownCell } from './cells.ts'
import type { Cells } from './cells.ts'

export type TenantDatabaseOptions = DatabaseOptions & {
  /** Default all companies live in the one that is named by `connection`. */
  readonly cells?: Cells | null | undefined
}

/** Opens no connection before the first work. */
export const openTenantDatabase = async ({ cells, ...options }: TenantDatabaseOptions): Promise<Database> => {
  const home = await openDatabase(options)
  if (cells === undefined || cells === null) return home
  const opened = new Map<string, Database>([[HOME_CELL, home]])
  for (const { name, connection } of cells.others) {
    // The ORM finds a running transaction by the name: each cell has its own.
    opened.set(name, await openDatabase({ ...options, connection, name: `${options.name} ${name}` }))
  }
  return routed(opened, home, cells)
}

const routed = (opened: ReadonlyMap<string, Database>, home: Database, { placements }: Cells): Database => {
  const databaseOf = (cell: string): Database => {
    const found = opened.get(cell)
    if (found === undefined) throw unknownCell(cell)
    return found
  }
  /**
   * Once more where the company really lives, when a cell refused it before the work began. Work that has begun is
   * never begun again: what it threw may be another company's refusal.
   */
  const inCellOf = async <Result>(
    company: string,
    run: (database: Database, begin: () => void) => Promise<Result>,
  ): Promise<Result> => {
    let hasBegun = false
    const begin = (): void => {
      hasBegun = true
    }
    const believed = placements.cellOf(company)
    try {
      return await run(databaseOf(believed), begin)
    } catch (error) {
      if (hasBegun || !isElsewhere(error)) throw error
      const actual = await placements.lookUp(company)
      if (actual === believed) throw error
      return run(databaseOf(actual), begin)
    }
  }
  const withTenant: Database['withTenant'] = (tenantId, work, options) =>
    inCellOf(tenantId, (database, begin) =>
      database.withTenant(
        tenantId,
        (tx) => {
          begin()
          return work(tx)
        },
        options,
      ),
    )
  const withTenantClient: Database['withTenantClient'] = (tenantId, work) =>
    inCellOf(tenantId, (database, begin) =>
      database.withTenantClient(tenantId, (client) => {
        begin()
        return work(client)
      }),
    )
  // A person's transaction is the home cell's. What it does for a company that lives elsewhere commits there, before
  // it does here: an audit may tell of a sign-in that then failed, and never keeps silent about one that did not.
  const withIdentity: Database['withIdentity'] = async (work) => {
    let refused: string | null = null
    let hasActedElsewhere = false
    const run = () =>
      home.withIdentity((tx) =>
        work({
          ...tx,
          actFor: async (tenantId, inTenant) => {
            if (placements.cellOf(tenantId) !== HOME_CELL) {
              hasActedElsewhere = true
              return withTenant(tenantId, inTenant)
            }
            refused = tenantId
            return tx.actFor(tenantId, (inner) => {
              refused = null
              return inTenant(inner)
            })
          },
        }),
      )
    try {
      return await run()
    } catch (error) {
      // The home cell refused it for a company that has left, and with it everything that the transaction had done.
      if (refused === null || hasActedElsewhere || !isElsewhere(error)) throw error
      if ((await placements.lookUp(refused)) === HOME_CELL) throw error
      return run()
    }
  }
  return {
    withTenant,
    withTenantClient,
    withIdentity,
    withPlatform: home.withPlatform,
    withLedger: home.withLedger,
    orm: home.orm,
    cellOf: placements.cellOf,
    cells: [...opened].map(([name, database]): CellDatabase => ({
      name,
      withTenant: database.withTenant,
      withPlatform: database.withPlatform,
      withIdentity: database.withIdentity,
      withLedger: database.withLedger,
    })),
    close: async () => {
      await Promise.all([...opened.values()].map((database) => database.close()))
    },
  }
}
