/**
 * How fast is a month closed? A thousand companies with a million events: the product's side locks their months, sums
 * the ledger, holds it against the counters, rates every company, and writes a thousand numbered invoices with their
 * lines and an event each. The other side is one hand-written aggregate over the same events by the server's
 * administrator, whom no policy binds, and does nothing with the sums. Both take turns.
 */
import { openDatabase } from '@stormops/chassis/database/database'
import { openBoss } from '@stormops/chassis/jobs/boss'
import { defineJob } from '@stormops/chassis/jobs/define-job'
import { createQueue } from '@stormops/chassis/jobs/queue'
import { declareQueues, handleEvent } from '@stormops/chassis/jobs/worker'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import { closeMonths } from '../subgraphs/billing/src/jobs/close-months.ts'
import type { CloseMonthsDependencies } from '../subgraphs/billing/src/jobs/close-months.ts'
import { invoiceOpened } from '../subgraphs/billing/src/port.ts'
import { dueMonths } from '../subgraphs/billing/src/store/due-months.ts'
import { invoiceStore } from '../subgraphs/billing/src/store/invoice-store.ts'
import { withBenchDatabase } from './bench-database.ts'
import type { BenchDatabase } from './bench-database.ts'
import { median, timed } from './bench-result.ts'
import type { BenchResult } from './bench-result.ts'

const COMPANIES = 1_000
const EVENTS = 1_000_000
const MONTH = '2026-10-01'
const ROUNDS = 7
const GOAL_RATIO = 2

/** As somebody writes it who wants the sums and nothing else. */
const AGGREGATE = `select tenant_id, metric, sum(quantity) from billing.usage_event where month = '${MONTH}' group by tenant_id, metric`

const AT_ONCE = { now: () => new Date('2026-11-20T12:00:00Z') }

/** Takes about two minutes. */
export const benchCloseMonth = (): Promise<BenchResult> =>
  withBenchDatabase(async (bench) => {
    await useMonth(bench)
    const log = createLog('silent')
    const boss = await openBoss(bench.app, log, 'sends')
    const database = await openDatabase({ name: 'bench', connection: bench.app, entities: [], poolSize: 2 })
    const closing = {
      database,
      queue: createQueue(boss),
      clock: AT_ONCE,
      newId,
      invoices: invoiceStore,
      due: dueMonths,
    }
    try {
      const alone = await contest(bench, closing)
      const collecting = defineJob({ name: 'bench.collect', payload: invoiceOpened.payload })
      await declareQueues(boss, [handleEvent(invoiceOpened, collecting, async () => undefined)])
      const told = await contest(bench, closing)
      return resultOf(alone, told)
    } finally {
      await database.close()
      await boss.stop({ graceful: false })
    }
  })

/** Companies in turn, as events of many come in; the counters as the ledger's own function would have left them. */
const useMonth = async ({ admin }: BenchDatabase): Promise<void> => {
  await admin.query(
    `create table bench_company as select n, uuidv7() as tenant_id from generate_series(0, ${COMPANIES - 1}) n`,
  )
  await admin.query(
    `insert into billing.account (tenant_id, time_zone, currency, opened_at)
       select tenant_id, (array['America/Chicago', 'America/New_York', 'UTC', 'Asia/Kolkata'])[1 + n % 4], 'USD', '2026-10-01' from bench_company`,
  )
  await admin.query(
    `insert into billing.subscription (tenant_id, starts_at, tier, version)
       select tenant_id, '2026-10-01', case when n % 5 = 0 then 'ENTERPRISE' else 'STANDARD' end, 1 from bench_company`,
  )
  await admin.query(
    `insert into billing.usage_event (tenant_id, event_id, metric, quantity, occurred_at, month, source, recorded_at)
       select c.tenant_id, uuidv7(interval '0' - (now() - '2026-10-15'::timestamptz)),
              (array['STORMS', 'PROPERTIES', 'MODEL_CALLS', 'JOURNEY_EVENTS'])[1 + e / ${COMPANIES} % 4],
              1 + e % 97, '2026-10-15', '${MONTH}', 'bench', '2026-10-15'
         from generate_series(0, ${EVENTS - 1}) e join bench_company c on c.n = e % ${COMPANIES}`,
  )
  await admin.query(
    `insert into billing.usage_counter (tenant_id, month, metric, used, events)
       select tenant_id, month, metric, sum(quantity), count(*) from billing.usage_event group by 1, 2, 3`,
  )
  await admin.query('vacuum analyze')
}

type Milliseconds = { readonly ours: number; readonly plain: number }

const contest = async ({ admin }: BenchDatabase, closing: CloseMonthsDependencies): Promise<Milliseconds> => {
  const taken: Record<'ours' | 'plain', number[]> = { ours: [], plain: [] }
  const sides = {
    ours: async () => {
      const closed = await closeMonths(closing, { month: MONTH })
      if (closed.filter(({ kind }) => kind === 'opened').length !== COMPANIES) {
        throw new Error(`Not every company has its invoice: ${JSON.stringify(closed[0])}.`)
      }
    },
    plain: async () => {
      const { rowCount } = await admin.query(AGGREGATE)
      if (rowCount !== COMPANIES * 4) throw new Error(`The aggregate gave ${rowCount} sums.`)
    },
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    const order = ['ours', 'plain'] as const
    for (const side of round % 2 === 0 ? order : order.toReversed()) {
      await reopen(admin)
      const { milliseconds } = await timed(sides[side])
      // The first round warms both sides up.
      if (round > 0) taken[side].push(milliseconds)
    }
  }
  return { ours: median(taken.ours), plain: median(taken.plain) }
}

/** The month as it was before it was closed. Only the administrator can, with the triggers off. */
const reopen = async (admin: BenchDatabase['admin']): Promise<void> => {
  await admin.query(`set session_replication_role = replica`)
  await admin.query(`delete from billing.invoice_line`)
  await admin.query(`delete from billing.invoice`)
  await admin.query(`delete from billing.closed_month`)
  await admin.query(`set session_replication_role = origin`)
  await admin.query(`vacuum analyze billing.invoice, billing.invoice_line, billing.closed_month`)
  await admin.query('checkpoint')
}

const resultOf = (alone: Milliseconds, told: Milliseconds): BenchResult => {
  const ratio = alone.ours / alone.plain
  return {
    name: 'close-month',
    rows: [
      { what: '1,000 companies closed and invoiced over 1,000,000 events', value: alone.ours, unit: 'ms' },
      { what: 'one aggregate over the events: sum by company and metric', value: alone.plain, unit: 'ms' },
      { what: 'the same with a job handed to a subscriber for each invoice', value: told.ours, unit: 'ms' },
      { what: 'with the jobs, ratio', value: told.ours / told.plain, unit: '×' },
    ],
    ratio,
    goal: `at most ${GOAL_RATIO}× the time of the aggregate`,
    met: ratio <= GOAL_RATIO,
  }
}
