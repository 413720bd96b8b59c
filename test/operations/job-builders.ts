/** Jobs of the test's own, which a worker of the test's own does, beside all that the platform does. */
import type { Database } from '@stormops/chassis/database/database'
import { openBoss } from '@stormops/chassis/jobs/boss'
import { defineJob } from '@stormops/chassis/jobs/define-job'
import { DEAD_LETTER_QUEUE } from '@stormops/chassis/jobs/given-up-jobs'
import { createQueue } from '@stormops/chassis/jobs/queue'
import type { Queue } from '@stormops/chassis/jobs/queue'
import { handleJob, startWorking } from '@stormops/chassis/jobs/worker'
import type { JobContext } from '@stormops/chassis/jobs/worker'
import { createLog } from '@stormops/chassis/telemetry/log'
import { idCodec, publicId } from '@stormops/chassis/values/ids'
import { z } from 'zod'
import type { Client, TestTenant, World } from '../world/world.ts'
import { until } from '@stormops/chassis/testing/until'

const payload = z.object({ door: z.string() })

/** Is done by whatever the test says. */
export const knock = defineJob({ name: 'test.knock', payload, retries: 0 })

/** Nobody does it. */
export const wait = defineJob({ name: 'test.wait', payload })

const DRAIN_MS = 5_000

export const jobIds = idCodec('job')

export type JobDesk = {
  readonly queue: Queue
  readonly database: Database
  /** Hands a job in for a company and returns its public id. */
  readonly ask: (tenantId: string, job: typeof knock, door: string) => Promise<string>
  /** What a knock does from now on. */
  readonly answer: (work: (context: JobContext, door: string) => Promise<void>) => void
  readonly close: () => Promise<void>
}

export const openJobDesk = async (world: World): Promise<JobDesk> => {
  const database = await world.database.open()
  const boss = await openBoss(world.database.app, createLog('silent'))
  const queue = createQueue(boss)
  let work: (context: JobContext, door: string) => Promise<void> = async () => undefined
  // Not through declareQueues, which takes back the schedules of everything else.
  for (const { name, retries } of [knock, wait]) {
    await boss.createQueue(name, { retryLimit: retries, deadLetter: DEAD_LETTER_QUEUE, notify: true })
  }
  const handler = handleJob(knock, (context, { door }) => work(context, door))
  const working = await startWorking({
    boss,
    connection: world.database.app,
    journal: database,
    services: [{ database, jobs: [handler] }],
    log: createLog('silent'),
  })
  return {
    queue,
    database,
    ask: async (tenantId, job, door) =>
      jobIds.encode(await database.withTenant(tenantId, (tx) => queue.enqueue(tx, job, { door }))),
    answer: (next) => void (work = next),
    close: async () => {
      await working.stop(DRAIN_MS)
      await boss.stop({ graceful: false })
    },
  }
}

export const JOB = `query ($id: ID!) {
  jobRun(id: $id) {
    id name state isDead payload priority attempts error
    queuedForSeconds durationSeconds redrivenAt cancelAskedAt
    canRerun rerunRefusal canCancel cancelRefusal
    rerunOf { id } reruns { id state } steps { name status attempts error }
    events { kind attempt message }
  }
}`

export const jobOf = async (client: Client, id: string): Promise<any> =>
  (await client.data(JOB, { id })).jobRun

export const jobIs = (client: Client, id: string, ...states: readonly string[]): Promise<void> =>
  until(async () => states.includes((await jobOf(client, id))?.state))

export const RERUN = `mutation ($input: RerunJobInput!, $key: String) {
  rerunJob(input: $input, idempotencyKey: $key) {
    __typename
    ... on RerunJobSuccess { job { id name payload rerunOf { id } } }
    ... on JobRefused { message state jobId }
    ... on UserError { message }
  }
}`

export const CANCEL = `mutation ($input: CancelJobInput!, $key: String) {
  cancelJob(input: $input, idempotencyKey: $key) {
    __typename
    ... on CancelJobSuccess { job { id state cancelAskedAt canCancel cancelRefusal } }
    ... on JobRefused { message state }
    ... on UserError { message }
  }
}`

export const REDRIVE = `mutation ($input: RedriveDeadLettersInput!, $key: String) {
  redriveDeadLetters(input: $input, idempotencyKey: $key) {
    __typename
    ... on RedriveDeadLettersSuccess { jobs { id rerunOf { id } } }
    ... on JobRefused { message jobId state }
    ... on InvalidInput { field }
    ... on UserError { message }
  }
}`

/** A knock that failed for good. */
export const deadKnock = async (desk: JobDesk, tenant: TestTenant, door: string): Promise<string> => {
  desk.answer(async () => {
    throw new Error('Nobody is at home.')
  })
  const id = await desk.ask(tenant.uuid, knock, door)
  await jobIs(tenant.as('OWNER'), id, 'FAILED')
  return id
}

/** The company's lines about its jobs, newest first, as they are kept. */
export const auditOfJobs = ({ database }: JobDesk, { uuid }: TestTenant): Promise<readonly any[]> =>
  database.withTenant(uuid, (tx) =>
    tx.rows(
      `select action, actor_kind as "actorKind", actor_id as "actorId", subject_kind as "subjectKind",
              subject_id as "subjectId", detail
         from tenancy.audit_event where tenant_id = $1 and action like 'operations.%' order by id desc`,
      [uuid],
    ),
  )

/** As a pilot leaves it whose job failed for good. */
export const aDeadLetter = async ({ database }: World, { uuid }: TestTenant): Promise<void> => {
  const { withTenant } = await database.open()
  await withTenant(uuid, (tx) =>
    tx.change(
      `insert into chassis.job_run (tenant_id, id, name, state, payload, attempts, error, ended_at)
       values ($1, uuidv7(), 'storms.open-pilot', 'FAILED', '{}', 4, 'It failed four times.', now())`,
      [uuid],
    ),
  )
}

/** The public id of an alert that is over. */
export const aPlatformAlert = async ({ database }: World): Promise<string> => {
  const { withLedger } = await database.open()
  const [alert] = await withLedger((tx) =>
    tx.rows<{ id: string }>(
      `insert into operations.platform_alert
         (key, severity, summary, runbook, opened_at, last_breached_at, closed_at, threshold, detail)
       values ('test', 'INFO', 'A figure', 'job-failures', now(), now(), now(), 0, 'It was so.') returning id`,
    ),
  )
  return publicId('palert', alert?.id ?? '')
}
