/** The database, from whether it answers to whether it keeps companies apart. Nothing is changed by looking. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { lintCatalogue } from '@stormops/chassis/database/catalogue-linter'
import { connectionFromUrl } from '@stormops/chassis/database/connection'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { assertCurrentSchema } from '@stormops/chassis/database/current-schema'
import { appConnection, ownerConnection } from '@stormops/chassis/database/migrate'
import { withSingleConnection } from '@stormops/chassis/database/single-connection'
import type { Config } from '@stormops/chassis/config'
import { configuredCells } from '../cell-databases.ts'
import { findDatabaseHome } from '../database-home.ts'
import { MIGRATIONS } from '../migrations.ts'
import { ill, messageOf, PATIENCE_MS, skipped, well } from './finding.ts'
import type { Check, Finding } from './finding.ts'

/** A signature of a process is taken for so long by another whose clock differs. */
const CLOCK_TOLERANCE_MS = 5_000

const LEAST_VERSION = 18

/** Above it the next process that starts may find none left. */
const MOST_CONNECTIONS_SHARE = 0.85

export const OUR_SCHEMAS: readonly string[] = ['chassis', ...MIGRATIONS.map(({ schema }) => schema)]

const NOBODY_RUNS = 'DATABASE_URL is not set, and no platform of this home runs.'

export const databaseChecks = (config: Config): readonly Check[] => {
  if (lacksSecret(config)) return [{ name: 'Database', look: async () => noSecret(config) }]
  const home = findDatabaseHome(config)
  return [
    ...(home === null
      ? [{ name: 'Database', look: async () => skipped(NOBODY_RUNS) }]
      : checksOf(home.admin, home.secret, '')),
    ...configuredCells(config).flatMap(({ name, admin, secret }) => checksOf(admin, secret, ` of ${name}`)),
  ]
}

/** The home cell, or one beside it. */
const checksOf = (admin: ConnectionSettings, secret: string, suffix: string): readonly Check[] => {
  const app = appConnection(admin, secret)
  const owner = ownerConnection(admin, secret)
  return [
    { name: `Database${suffix}`, look: () => answers(app) },
    { name: `Clocks${suffix}`, look: () => clocks(app) },
    { name: `Connections${suffix}`, look: () => connections(app) },
    { name: `Schema${suffix}`, look: () => schema(owner) },
    { name: `Isolation${suffix}`, look: () => isolation(app) },
  ]
}

/** To ask for the secret would make one, which is nobody else's. */
const lacksSecret = ({ databaseUrl, cellUrls, keysDirectory }: Config): boolean =>
  [...(databaseUrl === null ? [] : [databaseUrl]), ...cellUrls.values()].some(
    (url) => connectionFromUrl(url.reveal()).password === null,
  ) && !existsSync(join(keysDirectory, 'database.secret'))

const noSecret = ({ keysDirectory }: Config): Finding =>
  ill(
    `An address of a database has no password, and there is no database.secret in ${keysDirectory}.`,
    'Mount the folder of keys that `stormops db migrate` had, or put the password into the address.',
  )

const answers = async (app: ConnectionSettings): Promise<Finding> => {
  try {
    return await withSingleConnection(app, PATIENCE_MS, async (client) => {
      const { rows } = await client.query<{ version: string; number: number }>(
        `select current_setting('server_version') as version, current_setting('server_version_num')::int as number`,
      )
      const [{ version, number } = { version: 'unknown', number: 0 }] = rows
      return number / 10_000 >= LEAST_VERSION
        ? well(`PostgreSQL ${version} at ${app.host}:${app.port}, as ${app.user}`)
        : ill(`This is PostgreSQL ${version}.`, `The platform needs version ${LEAST_VERSION} or newer.`)
    })
  } catch (error) {
    return ill(`${app.host}:${app.port} as ${app.user}: ${messageOf(error)}`, 'docs/operate.md#database-down')
  }
}

const clocks = (app: ConnectionSettings): Promise<Finding> =>
  withSingleConnection(app, PATIENCE_MS, async (client) => {
    const before = Date.now()
    const { rows } = await client.query<{ now: number }>(
      'select (extract(epoch from clock_timestamp()) * 1000)::float8 as now',
    )
    // The server looked at its clock somewhere between; that much cannot be told.
    const [after, there] = [Date.now(), rows[0]?.now ?? 0]
    const apart = Math.max(0, before - there, there - after)
    const detail = `${(apart / 1_000).toFixed(1)} s apart from the database`
    return apart < CLOCK_TOLERANCE_MS
      ? well(detail)
      : ill(detail, 'Let every machine keep the time of the same server; beyond 5 s they refuse each other.')
  })

const connections = (app: ConnectionSettings): Promise<Finding> =>
  withSingleConnection(app, PATIENCE_MS, async (client) => {
    const { rows } = await client.query<{ used: number; most: number }>(
      `select count(*)::int as used, current_setting('max_connections')::int as most
       from pg_stat_activity where backend_type = 'client backend'`,
    )
    const [{ used, most } = { used: 0, most: 1 }] = rows
    return used <= MOST_CONNECTIONS_SHARE * most
      ? well(`${used} of ${most}`)
      : ill(
          `${used} of ${most} are taken.`,
          'Fewer processes, or a higher max_connections: docs/operate.md#sizing',
        )
  })

const schema = async (owner: ConnectionSettings): Promise<Finding> => {
  try {
    await assertCurrentSchema(owner, { migrations: MIGRATIONS, queues: [] })
    return well('every migration of this version has run')
  } catch (error) {
    return ill(messageOf(error), '`stormops db migrate`')
  }
}

const isolation = (app: ConnectionSettings): Promise<Finding> =>
  withSingleConnection(app, PATIENCE_MS, async (client) => {
    const findings = await lintCatalogue(client, OUR_SCHEMAS)
    const [first] = findings
    return first === undefined
      ? well('the catalogue keeps companies apart')
      : ill(
          `${findings.length} findings, the first: ${first.object}: ${first.message}`,
          '`stormops db lint` names all. Serve nothing until they are gone: `stormops db migrate` where the schema is behind; else somebody changed a table or a role by hand.',
        )
  })
