import { Fault, unreachable } from '@stormops/chassis/fault'
import type { EveryField } from '@stormops/chassis/graphql/resolver-types'
import { invalidInput, keyReused, notFound } from '@stormops/chassis/graphql/results'
import { tenantOf } from '@stormops/chassis/identity'
import { createBillingPortal } from '../commands/create-billing-portal.ts'
import { createCheckout } from '../commands/create-checkout.ts'
import { payInvoice } from '../commands/pay-invoice.ts'
import { invoiceIds } from '../context.ts'
import type { BillingContext, PaymentsAtStripe } from '../context.ts'
import { failureInWords } from '../domain/collection.ts'
import type { PaymentAttempt } from '../domain/collection.ts'
import type { MutationResolvers } from '../generated/resolvers.ts'

type PaymentMutations = Pick<
  EveryField<MutationResolvers>,
  'createCheckout' | 'createBillingPortal' | 'payInvoice'
>

export const notConfigured = {
  __typename: 'PaymentsNotConfigured' as const,
  message: 'This platform takes no payments by card. Write to whoever runs it.',
}

export const paymentMutations: PaymentMutations = {
  createCheckout: async (_root, { input, idempotencyKey }, context) => {
    const { payments } = context
    if (payments === null) return notConfigured
    const publicUrl = context.publicUrl()
    const successUrl = input.successUrl ?? publicUrl
    const cancelUrl = input.cancelUrl ?? publicUrl
    const plan = await payments.newestPlan(input.tier)
    const asked = { plan, successUrl, cancelUrl, publicUrl }
    const result = await context.run(createCheckout, asked, idempotencyKey)
    switch (result.kind) {
      case 'ok': {
        const { checkoutId } = result
        const tenantId = tenantOf(context.actor())
        const url = await payments.checkoutAddress(tenantId, { checkoutId, plan, successUrl, cancelUrl })
        return { __typename: 'CreateCheckoutSuccess', url }
      }
      case 'invalid':
        return invalidInput(result)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
  createBillingPortal: async (_root, { input, idempotencyKey }, context) => {
    const { payments } = context
    if (payments === null) return notConfigured
    const publicUrl = context.publicUrl()
    const returnUrl = input?.returnUrl ?? publicUrl
    const asked = { returnUrl, publicUrl }
    const result = await context.run(createBillingPortal, asked, idempotencyKey)
    switch (result.kind) {
      case 'ok': {
        const url = await payments.portalAddress(tenantOf(context.actor()), returnUrl)
        return { __typename: 'CreateBillingPortalSuccess', url }
      }
      case 'invalid':
        return invalidInput(result)
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
  payInvoice: async (_root, { input, idempotencyKey }, context) => {
    const { payments } = context
    if (payments === null) return notConfigured
    const invoiceId = invoiceIds.decode(input.invoiceId)
    if (invoiceId === null) return notFound('invoice', input.invoiceId)
    const result = await context.run(payInvoice, { invoiceId }, idempotencyKey)
    switch (result.kind) {
      case 'ok':
        return howItEnded(context, payments, invoiceId, result.attempt)
      case 'not-found':
        return notFound('invoice', input.invoiceId)
      case 'not-payable':
        return {
          __typename: 'InvoiceNotPayable',
          message:
            result.status === 'PAID'
              ? 'This invoice is paid already.'
              : 'There is nothing to pay of this invoice.',
        }
      case 'idempotency-key-reused':
        return keyReused(result)
      default:
        return unreachable(result)
    }
  },
}

const howItEnded = async (
  context: BillingContext,
  payments: PaymentsAtStripe,
  invoiceId: string,
  attempt: number,
) => {
  const tenantId = tenantOf(context.actor())
  try {
    await payments.charge(tenantId, invoiceId, attempt)
  } catch (error) {
    // It goes on without whoever asked.
    if (!(error instanceof Fault) || error.code !== 'UNAVAILABLE') throw error
  }
  const tries = await context.read(({ payments: kept }) => kept.attempts(invoiceId))
  return answerTo(
    invoiceId,
    attempt,
    tries.find((tried) => tried.attempt === attempt),
  )
}

const answerTo = (invoiceId: string, attempt: number, tried: PaymentAttempt | undefined) => {
  switch (tried?.state) {
    case 'SUCCEEDED':
    case 'SUPERSEDED':
      return { __typename: 'PayInvoiceSuccess' as const, invoiceId: invoiceIds.encode(invoiceId), attempt }
    case 'FAILED':
      return {
        __typename: 'PaymentDeclined' as const,
        message: `${failureInWords(tried.failureCode)} Give another card in the billing portal, and try again.`,
        attempt,
        declineCode: tried.failureCode ?? 'declined',
      }
    default:
      return {
        __typename: 'PaymentPending' as const,
        message: 'Stripe has not said yet how the payment ended. Look at the invoice again in some minutes.',
        attempt,
      }
  }
}
