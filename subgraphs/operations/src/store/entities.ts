import { defineEntity, p } from '@mikro-orm/core'
import { tenantRowSecurity } from '@stormops/chassis/database/tenant-entity'
import type { JobEventKind, JobState } from '../domain/job-run.ts'

export const JobRunEntity = defineEntity({
  name: 'JobRun',
  schema: 'chassis',
  tableName: 'job_run',
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    name: p.text(),
    state: p.text().$type<JobState>(),
    payload: p.json().$type<unknown>(),
    priority: p.integer(),
    attempts: p.integer(),
    error: p.text().strictNullable(),
    createdAt: p.datetime(),
    startedAt: p.datetime().strictNullable(),
    endedAt: p.datetime().strictNullable(),
    rerunOf: p.uuid().strictNullable(),
    redrivenAt: p.datetime().strictNullable(),
    cancelAskedAt: p.datetime().strictNullable(),
  },
  ...tenantRowSecurity,
})

export const JobEventEntity = defineEntity({
  name: 'JobEvent',
  schema: 'chassis',
  tableName: 'job_event',
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    jobId: p.uuid(),
    attempt: p.integer(),
    kind: p.text().$type<JobEventKind>(),
    detail: p.json().$type<{ readonly message?: string }>(),
    at: p.datetime(),
  },
  ...tenantRowSecurity,
})
