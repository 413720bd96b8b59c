/** How full the pools of connections are, and what becomes of transactions. A pool is named after the subgraph it is of. */
import { Counter, Gauge, Histogram } from 'prom-client'
import type { Registry } from 'prom-client'

export type PoolCounts = { readonly used: number; readonly idle: number; readonly waiting: number }

export type TransactionOutcome = 'committed' | 'rolled-back'

export type DatabaseMetrics = {
  /** `counts` is asked with every scrape, until the returned function is called. Pools of one name are counted together. */
  readonly watchPool: (pool: string, counts: () => PoolCounts) => () => void
  readonly transactions: (pool: string) => (outcome: TransactionOutcome, seconds: number) => void
}

/** Seconds. A read of one row takes half a millisecond; bulk work may take ten minutes. */
const TRANSACTION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300]

type WatchedPool = { readonly pool: string; readonly counts: () => PoolCounts }

export const databaseMetrics = (registry: Registry): DatabaseMetrics => {
  const watched = new Set<WatchedPool>()
  const connections = new Gauge({
    name: 'database_pool_connections',
    help: 'Connections of a pool that are used or idle, and work that waits for one.',
    labelNames: ['pool', 'state'] as const,
    registers: [registry],
    collect: () => {
      connections.reset()
      for (const { pool, counts } of watched) {
        const { used, idle, waiting } = counts()
        connections.inc({ pool, state: 'used' }, used)
        connections.inc({ pool, state: 'idle' }, idle)
        connections.inc({ pool, state: 'waiting' }, waiting)
      }
    },
  })
  const outcomes = new Counter({
    name: 'database_transactions_total',
    help: 'Transactions that ended, by pool and outcome.',
    labelNames: ['pool', 'outcome'] as const,
    registers: [registry],
  })
  const durations = new Histogram({
    name: 'database_transaction_duration_seconds',
    help: 'Time from asking for a connection to the end of the transaction.',
    labelNames: ['pool'] as const,
    buckets: TRANSACTION_BUCKETS,
    registers: [registry],
  })
  return {
    watchPool: (pool, counts) => {
      const entry = { pool, counts }
      watched.add(entry)
      return () => void watched.delete(entry)
    },
    transactions: (pool) => {
      const duration = durations.labels(pool)
      const counters = {
        committed: outcomes.labels(pool, 'committed'),
        'rolled-back': outcomes.labels(pool, 'rolled-back'),
      }
      return (outcome, seconds) => {
        counters[outcome].inc()
        duration.observe(seconds)
      }
    },
  }
}
