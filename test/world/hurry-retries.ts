/** Lets the next try of every job that waits for one begin at once. */
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { clientConfig } from '@stormops/chassis/database/connection'
import { QUEUE_SCHEMA } from '@stormops/chassis/database/migrate'
import pg from 'pg'

/** Needs the right to write the queue's tables. */
export const hurryRetries = async (connection: ConnectionSettings): Promise<void> => {
  const client = new pg.Client(clientConfig(connection))
  await client.connect()
  try {
    await client.query(
      `update ${QUEUE_SCHEMA}.job set start_after = now() where state = 'retry' and start_after > now()`,
    )
  } finally {
    await client.end()
  }
}
