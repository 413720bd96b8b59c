/**
 * What tenancy gives to other subgraphs: in the caller's transaction the audit line, whether a company may change
 * anything, its suspension for a debt, and whom its bills go to; and the event of a new tenant.
 */
import type { AuditLine, RequireStanding, WriteAudit } from '@stormops/chassis/command'
import type { Tx } from '@stormops/chassis/database/transaction'
import { Fault } from '@stormops/chassis/fault'
import { systemActor } from '@stormops/chassis/identity'
import type { Actor } from '@stormops/chassis/identity'
import { defineEvent } from '@stormops/chassis/jobs/define-job'
import { idCodec } from '@stormops/chassis/values/ids'
import { z } from 'zod'
import { suspensionMessage } from './domain/suspension.ts'
import type { Debt } from './domain/suspension.ts'
import { suspensionStore } from './store/suspension-store.ts'

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
      JSON.stringify(detailOf(line)),
      line.requestId,
    ],
  )
}

/** Staff who act in a company's place are named as themselves, with the grant by which they do. */
const detailOf = ({ detail, actor }: AuditLine): AuditLine['detail'] =>
  actor.impersonation === null ? detail : { ...detail, impersonationId: actor.impersonation.id }

/**
 * A suspended tenant can read, and nothing else. Staff can still act on it, or nobody could lift the suspension; but
 * not in its own place. The fault's facts are the cause and the unpaid invoice, if there is one.
 */
export const requireStanding: RequireStanding = async (tx, actor) => {
  if (actor.kind === 'STAFF' && actor.impersonation === null) return
  const suspension = await suspensionStore(tx).maybe()
  if (suspension === null) return
  const { cause, debt } = suspension
  const invoice =
    debt === null
      ? {}
      : { invoice: { number: debt.invoiceNumber, amount: debt.amount, currency: debt.currency } }
  throw new Fault('TENANT_SUSPENDED', suspensionMessage(suspension), { facts: { cause, ...invoice } })
}

/** Who suspends or lifts, for the audit: a job says its actor and its id. */
export type OnBehalf = { readonly actor: Actor; readonly requestId: string }

const billingItself = (tx: Tx): OnBehalf => ({ actor: systemActor(tx.tenantId, 'billing'), requestId: 'job' })

/**
 * Suspends the transaction's tenant for an unpaid invoice, with its audit line. False, and nothing changes, when it is
 * suspended for one already. A suspension by staff stands beside it, untouched.
 */
export const suspendForDebt = async (
  tx: Tx,
  { at, ...debt }: Debt & { readonly at: Date },
  onBehalf = billingItself(tx),
): Promise<boolean> => {
  if (!(await suspensionStore(tx).forDebt(debt, at))) return false
  await writeAudit(tx, {
    ...onBehalf,
    action: 'tenancy.suspendForDebt',
    subjectKind: 'tenant',
    subjectId: tx.tenantId,
    detail: { ...debt },
  })
  return true
}

/**
 * Lifts the suspension for a debt, with its audit line, from the moment that the transaction commits. False, and
 * nothing changes, when there is none; a company that staff suspended too stays suspended.
 */
export const liftDebtSuspension = async (tx: Tx, onBehalf = billingItself(tx)): Promise<boolean> => {
  const lifted = await suspensionStore(tx).liftDebt()
  if (lifted === null) return false
  await writeAudit(tx, {
    ...onBehalf,
    action: 'tenancy.liftDebtSuspension',
    subjectKind: 'tenant',
    subjectId: tx.tenantId,
    detail: lifted,
  })
  return true
}

/** A tenant was opened; whoever keeps something for every tenant makes its own now. */
export const tenantProvisioned = defineEvent({
  name: 'tenancy.tenant-provisioned',
  payload: z.object({
    tenantId: z.uuid(),
    tier: z.enum(['TRIAL', 'STANDARD', 'ENTERPRISE']),
    /** The cell it is to live in; null for the one it was opened in. */
    cell: z.string().nullable().default(null),
  }),
})

export type TenantProfile = { readonly name: string; readonly timeZone: string; readonly currency: string }

/** What everybody may know of the transaction's tenant: its name, its days and its currency. */
export const tenantProfile = async (tx: Tx): Promise<TenantProfile> => {
  const [profile] = await tx.rows<TenantProfile>(
    `select name, time_zone as "timeZone", currency from tenancy.profile()`,
  )
  if (profile === undefined) throw new Fault('NOT_FOUND', 'This company is not on the platform.')
  return profile
}

/** The addresses of mail to which the bills of the transaction's tenant go: its owners' and its billing members'. */
export const billingRecipients = async (tx: Tx): Promise<readonly string[]> => {
  const rows = await tx.rows<{ email: string }>(`select email from tenancy.billing_recipients()`)
  return rows.map(({ email }) => email)
}

/** How tenants' ids look outside. */
export const tenantIds = idCodec('ten')

/** How API keys and impersonations are named outside, in the audit too. */
export const apiKeyIds = idCodec('key')
export const impersonationIds = idCodec('imp')

/** The UUID inside a tenant's public id; throws NOT_FOUND for anything else. */
export const tenantUuid = (id: string): string => {
  const uuid = tenantIds.decode(id)
  if (uuid === null) throw new Fault('NOT_FOUND', `There is no company with the id ${id}.`)
  return uuid
}

export { SECRET_MARK } from './domain/api-key-secret.ts'
