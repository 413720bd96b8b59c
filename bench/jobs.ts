/**
 * Jobs: how many a second, against graphile-worker on the same server, how soon one begins, and how soon another worker
 * takes over from one that was killed. Both sides do nothing in a job; ours writes down each attempt, with its events,
 * which graphile-worker does not. In turns, a side after the other, so that a busy machine slows all alike.
 */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '@stormops/chassis/database/database'
import type { Database } from '@stormops/chassis/database/database'
import { openBoss } from '@stormops/chassis/jobs/boss'
import { createQueue } from '@stormops/chassis/jobs/queue'
import type { Queue } from '@stormops/chassis/jobs/queue'
import { declareQueues, handleInTransaction, handleJob, startWorking } from '@stormops/chassis/jobs/worker'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import { makeWorkerUtils } from 'graphile-worker'
import type pg from 'pg'
import { withBenchDatabase } from './bench-database.ts'
import type { BenchDatabase } from './bench-database.ts'
import { median, percentile } from './bench-result.ts'
import type { BenchResult } from './bench-result.ts'
import { graphileSide } from './graphile-side.ts'
import type { Side } from './graphile-side.ts'
import { hangingJob, idleJob, idleTransaction } from './idle-jobs.ts'
import type { JobsOrder } from './jobs-process.ts'

/** Enough that what is measured is taking and ending jobs, and not beginning to. */
const JOBS_OF_A_TURN = 1_500
const TURNS = 9
const COMPANIES = 20
const SINGLE_JOBS = 200
const TAKE_OVERS = 3
/** As many as our worker does at once. */
const AT_ONCE = 40

/** Of a subgraph, whose requests share it. */
const POOL_SIZE = 10

const PICK_UP_GOAL_MS = 20
const TAKE_OVER_GOAL_SECONDS = 15

/** Counts jobs that ended, and tells when there are so many. */
type Finish = { readonly ended: () => void; readonly all: (jobs: number) => Promise<void> }

const finishLine = (): Finish => {
  let left = 0
  let reached: () => void = () => undefined
  return {
    ended: () => {
      left -= 1
      if (left === 0) reached()
    },
    all: (jobs) => {
      left = jobs
      return new Promise((resolve) => {
        reached = resolve
      })
    },
  }
}

/** Takes about two minutes. */
export const benchJobs = (): Promise<BenchResult> =>
  withBenchDatabase(async (bench) => {
    const database = await openDatabase({
      name: 'bench',
      connection: bench.app,
      entities: [],
      poolSize: POOL_SIZE,
    })
    try {
      return await measured(bench, database)
    } finally {
      await database.close()
    }
  })

const measured = async (bench: BenchDatabase, database: Database): Promise<BenchResult> => {
  const ours = await openOurs(bench, database)
  const utils = await makeWorkerUtils({ connectionString: urlOf(bench) })
  await utils.migrate()
  await utils.release()
  const sides = [
    ours.side,
    graphileSide(urlOf(bench), 1, 'graphile-worker, its default (one at a time)'),
    ours.inTransaction,
    graphileSide(urlOf(bench), AT_ONCE, `graphile-worker, ${AT_ONCE} at a time`),
  ]
  const rates = new Map<string, number[]>(sides.map(({ what }) => [what, []]))
  for (let turn = 0; turn <= TURNS; turn += 1) {
    for (const side of sides) {
      await side.handIn(JOBS_OF_A_TURN)
      await bench.admin.query('vacuum analyze')
      const seconds = await side.drain(JOBS_OF_A_TURN)
      // The first turn warms up.
      if (turn > 0) rates.get(side.what)?.push(JOBS_OF_A_TURN / seconds)
    }
  }
  const pickUps = await ours.pickUps()
  const takeOvers: number[] = []
  for (let turn = 0; turn < TAKE_OVERS; turn += 1) takeOvers.push(await takeOver(bench, ours.queue, database))
  await ours.close()
  return resultOf(sides, rates, pickUps, takeOvers)
}

const resultOf = (
  sides: readonly Side[],
  rates: ReadonlyMap<string, readonly number[]>,
  pickUps: readonly number[],
  takeOvers: readonly number[],
): BenchResult => {
  const of = (place: number): readonly number[] => rates.get(sides[place]?.what ?? '') ?? []
  /** Of neighbours in time, since the machine has better and worse minutes. */
  const ratioTo = (place: number): number =>
    median(of(0).map((rate, turn) => rate / (of(place)[turn] ?? Number.NaN)))
  const pickUp = median(pickUps)
  const slowest = Math.max(...takeOvers)
  const ratio = ratioTo(1)
  return {
    name: 'jobs',
    rows: [
      ...sides.map(({ what }, place) => ({ what, value: median(of(place)), unit: 'jobs/s' })),
      { what: 'ours ÷ graphile-worker at the same number at once', value: ratioTo(3), unit: '×' },
      { what: 'from the commit that hands a job in to its handler, median', value: pickUp, unit: 'ms' },
      { what: 'the same, 95th percentile', value: percentile(pickUps, 0.95), unit: 'ms' },
      {
        what: 'from kill -9 of a worker to another one doing its job, median',
        value: median(takeOvers),
        unit: 's',
      },
      { what: 'the same, slowest', value: slowest, unit: 's' },
    ],
    ratio,
    goal: `≥ 1× graphile-worker’s default, pick-up < ${PICK_UP_GOAL_MS} ms, take-over < ${TAKE_OVER_GOAL_SECONDS} s`,
    met: ratio >= 1 && pickUp < PICK_UP_GOAL_MS && slowest < TAKE_OVER_GOAL_SECONDS,
  }
}

const urlOf = ({ adminSettings }: BenchDatabase): string => {
  const { host, port, database, user } = adminSettings
  return `postgres://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`
}

const log = createLog('silent')

const openOurs = async (bench: BenchDatabase, database: Database) => {
  const boss = await openBoss(bench.app, log)
  const queue = createQueue(boss)
  const finish = finishLine()
  const begun = new Map<number, number>()
  const handlers = [
    handleJob(idleJob, async (_context, { n }) => {
      begun.set(n, performance.now())
      finish.ended()
    }),
    handleInTransaction(idleTransaction, async () => finish.ended()),
  ]
  await declareQueues(boss, [...handlers, handleJob(hangingJob, async () => undefined)])
  const companies = Array.from({ length: COMPANIES }, () => newId())
  const start = () =>
    startWorking({
      boss,
      connection: bench.app,
      journal: database,
      services: [{ database, jobs: handlers }],
      log,
      capacity: AT_ONCE,
    })
  const side = (what: string, job: typeof idleJob): Side => ({
    what,
    handIn: (jobs) => handIn(database, queue, companies, job, jobs),
    drain: async (jobs) => {
      const all = finish.all(jobs)
      const startedAt = performance.now()
      const working = await start()
      await all
      // Until the last one is written down, too.
      await working.stop(60_000)
      return (performance.now() - startedAt) / 1_000
    },
  })
  return {
    queue,
    side: side('ours', idleJob),
    inTransaction: side('ours, each with a transaction of its own that ends it', idleTransaction),
    pickUps: async (): Promise<readonly number[]> => {
      const working = await start()
      const taken: number[] = []
      for (let n = 1; n <= SINGLE_JOBS; n += 1) {
        const all = finish.all(1)
        await database.withTenant(newId(), (tx) => queue.enqueue(tx, idleJob, { n: -n }))
        const committedAt = performance.now()
        await all
        taken.push((begun.get(-n) ?? Number.NaN) - committedAt)
      }
      await working.stop(5_000)
      return taken
    },
    close: () => boss.stop({ graceful: false }),
  }
}

/** As many of each company. */
const handIn = async (
  database: Database,
  queue: Queue,
  companies: readonly string[],
  job: typeof idleJob,
  jobs: number,
): Promise<void> => {
  for (const tenantId of companies) {
    await database.withTenant(tenantId, async (tx) => {
      for (let n = 0; n < jobs / companies.length; n += 1) await queue.enqueue(tx, job, { n })
    })
  }
}

const PROGRAM = fileURLToPath(new URL('jobs-process.ts', import.meta.url))

const startWorker = async (
  { adminSettings, secret }: BenchDatabase,
  hangs: boolean,
): Promise<ChildProcess> => {
  const order: JobsOrder = { admin: adminSettings, secret, hangs }
  const child = fork(PROGRAM, [JSON.stringify(order)])
  await once(child, 'message')
  return child
}

/** Seconds until the job of a killed worker is done by another one, which was there before. */
const takeOver = async (bench: BenchDatabase, queue: Queue, database: Database): Promise<number> => {
  const tenantId = newId()
  const victim = await startWorker(bench, true)
  const id = await database.withTenant(tenantId, (tx) => queue.enqueue(tx, hangingJob, {}))
  await stateIs(bench.admin, id, 'RUNNING')
  const heir = await startWorker(bench, false)
  victim.kill('SIGKILL')
  const killedAt = performance.now()
  await stateIs(bench.admin, id, 'SUCCEEDED')
  const seconds = (performance.now() - killedAt) / 1_000
  const ended = once(heir, 'exit')
  heir.kill('SIGKILL')
  await ended
  return seconds
}

const stateIs = async (admin: pg.Client, id: string, state: string): Promise<void> => {
  for (;;) {
    const { rows } = await admin.query<{ state: string }>('select state from chassis.job_run where id = $1', [
      id,
    ])
    if (rows[0]?.state === state) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
