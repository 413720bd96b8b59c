/** The names of all figures that the processes tell, read from the code that makes them. */
import { globSync } from 'node:fs'
import { read, ROOT } from './settings.ts'

const SOURCES = globSync('{chassis,cli,gateway,subgraphs}/**/*.ts', {
  cwd: ROOT,
  exclude: (path) => path.includes('node_modules'),
}).filter((file) => !/\.(test|fixture)\.ts$/.test(file))

/** Every name given to something in a file that makes figures; some of them may be names of other things. */
export const NAMES_IN_CODE: ReadonlySet<string> = new Set(
  SOURCES.map(read)
    .filter((text) => text.includes('prom-client'))
    .flatMap((text) =>
      [...text.matchAll(/['"]([a-z][a-z0-9]*(?:_[a-z0-9]+)+)['"]/g)].map(([, name = '']) => name),
    ),
)

/** Those that Prometheus makes itself. */
export const OF_PROMETHEUS: readonly string[] = ['up', 'ALERTS']

/** A histogram is told as three series. */
export const withoutSuffix = (name: string): string => name.replace(/_(?:bucket|sum|count)$/, '')

/**
 * Names that rules and dashboards ask for and nothing tells yet. It is empty once all of what was agreed is there, and
 * a name that is told must not stay in it.
 */
export const AWAITED: readonly string[] = [
  'queue_depth',
  'queue_oldest_seconds',
  'worker_busy_count',
  'worker_capacity',
  'worker_busy_ratio',
  'jobs_ended_total',
  'job_duration_seconds',
  'job_wait_seconds',
  'jobs_last_ended_timestamp_seconds',
  'dead_letters',
  'step_duration_seconds',
  'webhook_deliveries_total',
  'gateway_stage_duration_seconds',
  'database_pool_connections',
  'database_transactions_total',
  'redis_available',
  'backup_last_success_timestamp_seconds',
  'wal_archive_lag_seconds',
  'disk_free_ratio',
  'platform_read_only',
  'platform_alerts',
  'kg_messages_processed_total',
  'billing_events_ingested_total',
  'billing_rca_queries_total',
  'billing_storage_used_bytes',
  'process_resident_memory_bytes',
]
