/** Models on a real database, for tests: every test takes a tenant of its own. */
import { graphql } from 'graphql'
import pg from 'pg'
import { systemClock } from '@stormops/chassis/clock'
import { clientConfig, connectionFromUrl } from '@stormops/chassis/database/connection'
import type { Database } from '@stormops/chassis/database/database'
import { appConnection, prepareDatabase } from '@stormops/chassis/database/migrate'
import { Fault } from '@stormops/chassis/fault'
import { signToken, systemActor, temporaryKeys, tokenVerifier } from '@stormops/chassis/identity'
import type { SigningKeys } from '@stormops/chassis/identity'
import { openBoss } from '@stormops/chassis/jobs/boss'
import { createQueue } from '@stormops/chassis/jobs/queue'
import { stepRunner } from '@stormops/chassis/jobs/steps'
import type { JobContext } from '@stormops/chassis/jobs/worker'
import type { Role } from '@stormops/chassis/permission'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import { sdlOf } from '@stormops/schema/subgraphs.ts'
import { migrations as tenancyMigrations } from '@stormops/tenancy'
import { migrations, openModels } from './subgraph.ts'

/** Passwords of the roles follow from it; on a server for tests it protects nothing. */
const SECRET = 'models-tests'
const TOKEN_SECONDS = 600
const log = createLog('silent')

/** An administrator's connection to a PostgreSQL server that tests may use. */
const adminConnection = () => {
  const url = process.env['STORMOPS_TEST_DATABASE_URL']
  if (url === undefined) throw new Error('Set STORMOPS_TEST_DATABASE_URL to a server that tests may use.')
  return connectionFromUrl(url)
}

export const runningModels = async () => {
  const admin = adminConnection()
  await prepareDatabase(admin, SECRET, [tenancyMigrations, migrations])
  const connection = appConnection(admin, SECRET)
  const boss = await openBoss(connection, log)
  const queue = createQueue(boss)
  const keys = await temporaryKeys()
  const models = await openModels({
    connection,
    poolSize: 4,
    sdl: sdlOf('models'),
    queue,
    verify: tokenVerifier(keys, systemClock),
    clock: systemClock,
    newId,
    log,
  })
  const ask = asker(models, keys)
  return {
    ...models,
    boss,
    queue,
    log,
    ask,
    /** Runs a statement with all rights. */
    asAdmin: async (sql: string): Promise<void> => {
      const client = new pg.Client(clientConfig(admin))
      await client.connect()
      try {
        await client.query(sql)
      } finally {
        await client.end()
      }
    },
    /** A new tenant that owns the reference models. */
    tenant: async (): Promise<string> => {
      const tenantId = newId()
      await install(models, tenantId)
      return tenantId
    },
    close: async () => {
      await models.close()
      await boss.stop({ graceful: false })
    },
  }
}

type Models = Awaited<ReturnType<typeof openModels>>

/** Runs the job of the event as a worker would. */
export const install = async ({ jobs, database }: Models, tenantId: string): Promise<void> => {
  for (const { run, definition } of jobs) {
    await run(jobContext(database, tenantId, definition.name), { tenantId, tier: 'TRIAL' })
  }
}

const jobContext = (database: Database, tenantId: string, name: string): JobContext => ({
  tenantId,
  jobId: newId(),
  attempt: 1,
  actor: systemActor(tenantId, name),
  log,
  signal: new AbortController().signal,
  steps: (subject) => stepRunner(database, tenantId, subject),
})

/** Answers of the graph are compared as they are, so their shape is each test's own affair. */
export type Answer = { readonly data: Record<string, unknown>; readonly codes: readonly unknown[] }

const asker =
  ({ subgraph }: Models, keys: SigningKeys) =>
  async (
    tenantId: string,
    role: Role,
    source: string,
    variableValues: Record<string, unknown> = {},
  ): Promise<Answer> => {
    const bearer = await signToken(
      keys,
      { subject: 'user-1', kind: 'USER', tenantId, role },
      systemClock,
      TOKEN_SECONDS,
    )
    const session = await subgraph.open({ bearer, requestId: newId(), deadline: Date.now() + 30_000 })
    try {
      const { data, errors } = await graphql({
        schema: subgraph.schema,
        source,
        variableValues,
        contextValue: session.context,
      })
      const codes = (errors ?? []).map(({ originalError, message }) =>
        originalError instanceof Fault ? originalError.code : message,
      )
      return { data: { ...data }, codes }
    } finally {
      await session.close()
    }
  }
