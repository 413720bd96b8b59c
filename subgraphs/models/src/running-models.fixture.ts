/** Models on a real database, for tests: every test takes a tenant of its own. */
import { execute, parse } from 'graphql'
import pg from 'pg'
import { systemClock } from '@stormops/chassis/clock'
import { clientConfig } from '@stormops/chassis/database/connection'
import type { Database } from '@stormops/chassis/database/database'
import { Fault } from '@stormops/chassis/fault'
import { processSeal } from '@stormops/chassis/graphql/seal'
import type { Seal } from '@stormops/chassis/graphql/seal'
import { systemActor } from '@stormops/chassis/identity'
import type { Actor } from '@stormops/chassis/identity'
import { openBoss } from '@stormops/chassis/jobs/boss'
import { createQueue } from '@stormops/chassis/jobs/queue'
import { stepRunner } from '@stormops/chassis/jobs/steps'
import type { JobContext } from '@stormops/chassis/jobs/worker'
import { scopesOf } from '@stormops/chassis/permission'
import type { Role } from '@stormops/chassis/permission'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import { sdlOf } from '@stormops/schema/subgraphs.ts'
import { cloneDatabase } from '../../../test/world/database.ts'
import { openModels } from './subgraph.ts'

const DEADLINE_MS = 30_000
const log = createLog('silent')

export const runningModels = async () => {
  const own = await cloneDatabase()
  const boss = await openBoss(own.app, log)
  const queue = createQueue(boss)
  const { seal, unseal } = processSeal()
  const models = await openModels({
    connection: own.app,
    poolSize: 4,
    sdl: sdlOf('models'),
    queue,
    unseal,
    clock: systemClock,
    newId,
    log,
  })
  const ask = asker(models, seal)
  return {
    ...models,
    connection: own.app,
    boss,
    queue,
    log,
    ask,
    /** Runs a statement as the owner of the tables, in the tenant's name. */
    asOwner: async (tenantId: string, sql: string): Promise<void> => {
      const client = new pg.Client(clientConfig(own.owner))
      await client.connect()
      try {
        await client.query(`select set_config('app.tenant_id', $1, false)`, [tenantId])
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
      await own.close()
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
  finish: (work) => database.withTenant(tenantId, work),
})

/** Answers of the graph are compared as they are, so their shape is each test's own affair. */
export type Answer = { readonly data: Record<string, unknown>; readonly codes: readonly unknown[] }

const asker =
  ({ subgraph }: Models, seal: Seal) =>
  async (
    tenantId: string,
    role: Role,
    source: string,
    variableValues: Record<string, unknown> = {},
  ): Promise<Answer> => {
    const actor: Actor = { ...systemActor(tenantId, 'user-1'), kind: 'USER', role, scopes: scopesOf(role) }
    const context = {
      actor,
      requestId: newId(),
      deadline: Date.now() + DEADLINE_MS,
      refreshToken: null,
      userAgent: null,
      rateLimit: null,
      tier: 'STANDARD',
    }
    const body = { document: parse(source), operationName: undefined, variables: variableValues }
    const session = await subgraph
      .open({ ...body, sealed: seal(subgraph.name, context, body) })
      .catch((cause: unknown) => refused(cause))
    if (session instanceof Fault) return { data: {}, codes: [session.code] }
    try {
      const { data, errors } = await execute({
        schema: subgraph.schema,
        document: body.document,
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

const refused = (cause: unknown): Fault => {
  if (cause instanceof Fault) return cause
  throw cause
}
