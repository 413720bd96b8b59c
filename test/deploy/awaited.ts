/**
 * What rules, dashboards, the compose file and the handbook speak of, and the code does not have yet. The tests refuse
 * whatever is in neither, and whatever is in both: each list shrinks as its part lands, and is empty in the end.
 */

export const AWAITED_FIGURES: readonly string[] = [
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

/** The beginnings of command lines. */
export const AWAITED_COMMANDS: readonly string[] = ['jobs', 'backup', 'restore', 'tenant move']

/** Of docs/. */
export const AWAITED_PAGES: readonly string[] = ['observability.md', 'backups.md', 'cells.md']

/** Of .env.example. */
export const AWAITED_VARIABLES: readonly string[] = [
  'METRICS_TOKEN',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_TRACES_SAMPLER_ARG',
  'TRACE_CALLERS_DECIDE',
  'OPERATIONS_MAIL',
  'STORMOPS_BACKUP_DIR',
  'DISK_RESERVE',
  'STORMOPS_FAILPOINTS',
]
