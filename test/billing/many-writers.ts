/** Many who write for one company at the same time, from the pools of several processes. */
import { openDatabase } from '@stormops/chassis/database/database'
import type { Tx } from '@stormops/chassis/database/transaction'
import { Fault } from '@stormops/chassis/fault'
import { isPassing } from '../world/passing.ts'
import type { World } from '../world/world.ts'

const POOLS = 3

/** Whoever waited too long for those before them asks again, as their clients do. */
const untilTold = async <T>(write: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await write()
    } catch (error) {
      if (!(error instanceof Fault && isPassing(error.code))) throw error
    }
  }
}

/** `write` for each of `count` places, all at once; how each ended. */
export const manyWriters = async <T>(
  { database }: World,
  tenantId: string,
  count: number,
  write: (tx: Tx, place: number) => Promise<T>,
): Promise<readonly PromiseSettledResult<T>[]> => {
  const pools = await Promise.all(
    Array.from({ length: POOLS }, (_, number) =>
      openDatabase({ name: `writers ${number}`, connection: database.app, entities: [], poolSize: 8 }),
    ),
  )
  const places = Array.from({ length: count }, (_, place) => place)
  const writing = pools.flatMap((pool, number) =>
    places
      .filter((place) => place % POOLS === number)
      .map((place) => untilTold(() => pool.withTenant(tenantId, (tx) => write(tx, place)))),
  )
  const ended = await Promise.allSettled(writing)
  await Promise.all(pools.map((pool) => pool.close()))
  return ended
}
