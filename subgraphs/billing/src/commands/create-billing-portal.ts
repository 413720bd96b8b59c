import { defineCommand } from '@stormops/chassis/command'
import type { BillingStores } from '../context.ts'
import { addressFault } from '../domain/return-address.ts'
import { ensureCustomer } from './stripe-work.ts'
import type { StripeWork } from './stripe-work.ts'

export type CreateBillingPortal = { readonly returnUrl: string; readonly publicUrl: string }

export type CreateBillingPortalResult =
  | { readonly kind: 'ok' }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

/** Whoever has the address can change the card, so that the audit says who asked for one. */
export const createBillingPortal = defineCommand<
  CreateBillingPortal,
  CreateBillingPortalResult,
  BillingStores
>({
  name: 'billing.createBillingPortal',
  permission: 'billing:manage',
  duringSuspension: true,
  audit: () => ({ subjectKind: 'billing-portal', subjectId: 'portal', detail: {} }),
  run: async (_context, { returnUrl, publicUrl }) => {
    const message = addressFault(returnUrl, publicUrl)
    return message === null ? { kind: 'ok' } : { kind: 'invalid', field: 'returnUrl', message }
  },
})

export const portalAddress = async (work: StripeWork, tenantId: string, returnUrl: string): Promise<string> =>
  work.stripe.openPortal(await ensureCustomer(work, tenantId), returnUrl)
