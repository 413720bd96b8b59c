/**
 * A connection that ends while somebody holds it goes back to its pool at once. The query builder gives one back only
 * after a rollback, which fails where there is no connection: each that was cut in a transaction would take its place
 * in the pool with it, until none is left and only a restart helps.
 */
import type { Pool, PoolClient } from 'pg'

export const giveBackLost = (pool: Pool): void => {
  pool.on('acquire', (client) => {
    const lost = (): void => giveBack(client)
    client.once('end', lost)
    held.set(client, lost)
  })
  pool.on('release', (_error, client) => {
    const lost = held.get(client)
    if (lost !== undefined) client.off('end', lost)
    held.delete(client)
  })
}

/** What waits for the end of each connection that somebody holds. */
const held = new WeakMap<PoolClient, () => void>()

/** Whoever held it may give it back, too, and finds that done. */
const giveBack = (client: PoolClient): void => {
  const release = client.release.bind(client)
  client.release = () => undefined
  release(true)
}
