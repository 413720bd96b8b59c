import { defineCommand } from '@stormops/chassis/command'
import type { TenancyStores } from '../context.ts'
import type { SuspensionCause } from '../domain/suspension.ts'

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
  run: async ({ tx, stores, clock }, input) => {
    if (input.reason.trim() === '' || input.reason.length > REASON_LENGTH) {
      return { kind: 'invalid', field: 'reason', message: `Say why, in 1 to ${REASON_LENGTH} characters.` }
    }
    if ((await stores.tenants.maybeCurrent()) === null) return { kind: 'not-found' }
    await stores.suspensions.byStaff(clock.now())
    return { kind: 'ok', tenantId: tx.tenantId }
  },
})

export type ReactivateTenant = { readonly reason: string | null }

export type ReactivateTenantResult =
  | (Extract<SetTenantStatusResult, { readonly kind: 'ok' }> & {
      readonly lifted: readonly SuspensionCause[]
      /** Of the invoice that stays unpaid. */
      readonly invoiceNumber: string | null
    })
  | Exclude<SetTenantStatusResult, { readonly kind: 'ok' }>

/** Lifts whatever the company was suspended for, a debt too, which stays one. */
export const reactivateTenant = defineCommand<ReactivateTenant, ReactivateTenantResult, TenancyStores>({
  name: 'tenancy.reactivateTenant',
  permission: 'platform:staff',
  audit: ({ reason }, result) => ({
    subjectKind: 'tenant',
    subjectId: result.tenantId,
    detail: {
      ...(reason === null ? {} : { reason }),
      lifted: result.lifted,
      ...(result.invoiceNumber === null ? {} : { invoiceNumber: result.invoiceNumber }),
    },
  }),
  run: async ({ tx, stores }, { reason }) => {
    if (reason !== null && reason.length > REASON_LENGTH) {
      return { kind: 'invalid', field: 'reason', message: `Say why, in at most ${REASON_LENGTH} characters.` }
    }
    if ((await stores.tenants.maybeCurrent()) === null) return { kind: 'not-found' }
    const { causes, invoiceNumber } = await stores.suspensions.liftAll()
    return { kind: 'ok', tenantId: tx.tenantId, lifted: causes, invoiceNumber }
  },
})
