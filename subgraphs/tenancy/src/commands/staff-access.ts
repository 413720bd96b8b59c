import { defineCommand } from '@stormops/chassis/command'
import { noteStillTells } from '../domain/tenant-internals.ts'
import type { TenancyStores } from '../context.ts'

export type StaffAccess = { readonly tenantId: string; readonly fields: string }

/** `already-told` is a look within an hour of one that the audit tells of. */
export type StaffAccessResult = { readonly kind: 'ok' } | { readonly kind: 'already-told' }

/** Writes into a company's audit that staff look into it, before they see anything. */
export const noteStaffAccess = defineCommand<StaffAccess, StaffAccessResult, TenancyStores>({
  name: 'tenancy.staffAccess',
  permission: 'platform:staff',
  audit: ({ tenantId, fields }) => ({ subjectKind: 'tenant', subjectId: tenantId, detail: { fields } }),
  run: async ({ stores, actor, clock }) => {
    const now = clock.now()
    const isNew = await stores.staffAccess.note(actor.id, now, noteStillTells(now))
    return isNew ? { kind: 'ok' } : { kind: 'already-told' }
  },
})
