import { defineCommand } from '@stormops/chassis/command'
import type { TenancyStores } from '../context.ts'

export type SuspendTenant = { readonly reason: string }

export type SetTenantStatusResult =
  | { readonly kind: 'ok'; readonly tenantId: string }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

/** Long enough for a sentence about an unpaid bill, short enough for a line of the audit. */
const REASON_LENGTH = 500

export const suspendTenant = defineCommand<SuspendTenant, SetTenantStatusResult, TenancyStores>({
  name: 'tenancy.suspendTenant',
  permission: 'platform:staff',
  audit: (input, result) => ({
    subjectKind: 'tenant',
    subjectId: result.tenantId,
    detail: { reason: input.reason },
  }),
  run: async ({ tx, stores }, input) => {
    if (input.reason.trim() === '' || input.reason.length > REASON_LENGTH) {
      return { kind: 'invalid', field: 'reason', message: `Say why, in 1 to ${REASON_LENGTH} characters.` }
    }
    if ((await stores.tenants.maybeCurrent()) === null) return { kind: 'not-found' }
    await stores.tenants.setStatus('SUSPENDED')
    return { kind: 'ok', tenantId: tx.tenantId }
  },
})

export type ReactivateTenant = { readonly reason: string | null }

export const reactivateTenant = defineCommand<ReactivateTenant, SetTenantStatusResult, TenancyStores>({
  name: 'tenancy.reactivateTenant',
  permission: 'platform:staff',
  audit: ({ reason }, result) => ({
    subjectKind: 'tenant',
    subjectId: result.tenantId,
    detail: reason === null ? {} : { reason },
  }),
  run: async ({ tx, stores }, { reason }) => {
    if (reason !== null && reason.length > REASON_LENGTH) {
      return { kind: 'invalid', field: 'reason', message: `Say why, in at most ${REASON_LENGTH} characters.` }
    }
    if ((await stores.tenants.maybeCurrent()) === null) return { kind: 'not-found' }
    await stores.tenants.setStatus('ACTIVE')
    return { kind: 'ok', tenantId: tx.tenantId }
  },
})
