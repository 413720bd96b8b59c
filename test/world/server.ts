/** One PostgreSQL for the whole run, with a migrated template that every test file clones. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectionFromUrl, clientConfig } from '@stormops/chassis/database/connection'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { startEmbeddedPostgres } from '@stormops/chassis/database/embedded/supervisor'
import { prepareDatabase } from '@stormops/chassis/database/migrate'
import { MIGRATIONS } from '@stormops/cli/all-in-one'
import pg from 'pg'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server's administrator, the template to clone, and what role passwords are derived from. */
    server: { readonly admin: ConnectionSettings; readonly template: string; readonly secret: string }
  }
}

/** Nothing of a test run is kept, so nothing has to survive a crash. */
const THROWAWAY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['DATABASE_URL']
  const template = `stormops_template_${process.pid}`
  const { admin, stop } = given === undefined || given === '' ? await embedded() : named(given)
  // As a process derives it that is given the address of this server.
  const secret = admin.password?.reveal() ?? 'test'
  await prepareDatabase({ ...admin, database: template }, secret, MIGRATIONS)
  project.provide('server', { admin, template, secret })
  return async () => {
    await dropDatabases(admin, template)
    await stop()
  }
}

const embedded = async () => {
  const home = mkdtempSync(join(tmpdir(), 'stormops-test-'))
  const postgres = await startEmbeddedPostgres({ home, settings: THROWAWAY })
  const admin: ConnectionSettings = {
    ...postgres.connection('postgres', 'postgres'),
    password: null,
    tls: false,
  }
  const stop = async (): Promise<void> => {
    await postgres.stop('immediate')
    rmSync(home, { recursive: true, force: true })
  }
  return { admin, stop }
}

const named = (url: string) => ({ admin: connectionFromUrl(url), stop: async () => undefined })

/** Clones carry the template's name, so that a server of somebody's keeps nothing of us. */
const dropDatabases = async (admin: ConnectionSettings, template: string): Promise<void> => {
  const client = new pg.Client(clientConfig({ ...admin, database: 'postgres' }))
  await client.connect()
  try {
    const { rows } = await client.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [template],
    )
    for (const { datname } of rows) await client.query(`drop database if exists "${datname}" with (force)`)
  } finally {
    await client.end()
  }
}
