/** A migrated database of its own for one test file. */
import { randomUUID } from 'node:crypto'
import type { EntitySchema } from '@mikro-orm/core'
import { clientConfig } from '@stormops/chassis/database/connection'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { openDatabase } from '@stormops/chassis/database/database'
import type { Database } from '@stormops/chassis/database/database'
import { appConnection, ownerConnection } from '@stormops/chassis/database/migrate'
import pg from 'pg'
import { inject } from 'vitest'

export type TestDatabase = {
  /** May do anything on the server. */
  readonly admin: ConnectionSettings
  /** Owns the tables. */
  readonly owner: ConnectionSettings
  /** What the platform works with: row security applies. */
  readonly app: ConnectionSettings
  readonly secret: string
  /** As a subgraph opens it. */
  readonly open: (entities?: readonly EntitySchema[]) => Promise<Database>
  readonly close: () => Promise<void>
}

/** Clones the template (about 50 ms). Call `close` in `afterAll`. */
export const cloneDatabase = async (): Promise<TestDatabase> => {
  const { admin, template, secret } = inject('server')
  const database = `${template}_${randomUUID().slice(0, 8)}`
  await onServer(admin, `create database "${database}" template "${template}"`)
  const here = { ...admin, database }
  const opened: Database[] = []
  return {
    admin: here,
    owner: ownerConnection(here, secret),
    app: appConnection(here, secret),
    secret,
    open: async (entities = []) => {
      const open = await openDatabase({
        name: 'test',
        connection: appConnection(here, secret),
        entities,
        poolSize: 5,
      })
      opened.push(open)
      return open
    },
    close: async () => {
      await Promise.all(opened.map((open) => open.close()))
      await onServer(admin, `drop database if exists "${database}" with (force)`)
    },
  }
}

const onServer = async (admin: ConnectionSettings, sql: string): Promise<void> => {
  const client = new pg.Client(clientConfig({ ...admin, database: 'postgres' }))
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
