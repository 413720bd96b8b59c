/** What tenancy gives to other subgraphs: the audit line in the caller's transaction, and the event of a new tenant. */
import type { WriteAudit } from '@stormops/chassis/command'
import { defineEvent } from '@stormops/chassis/jobs/define-job'
import { z } from 'zod'

/** Inside the caller's transaction: without the line there is no change. */
export const writeAudit: WriteAudit = async (tx, line) => {
  await tx.change(
    `insert into tenancy.audit_event (tenant_id, actor_kind, actor_id, action, subject_kind, subject_id, detail, request_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      tx.tenantId,
      line.actor.kind,
      line.actor.id,
      line.action,
      line.subjectKind,
      line.subjectId,
      JSON.stringify(line.detail),
      line.requestId,
    ],
  )
}

/** A tenant was opened; whoever keeps something for every tenant makes its own now. */
export const tenantProvisioned = defineEvent({
  name: 'tenancy.tenant-provisioned',
  payload: z.object({ tenantId: z.uuid(), tier: z.enum(['TRIAL', 'STANDARD', 'ENTERPRISE']) }),
})
