/** A company that pays, through nothing but what a client and a browser can reach. */
import { until } from '@stormops/chassis/testing/until'
import type { Client, TestTenant } from '../world/world.ts'
import { createInvoice, finalizeInvoice } from './invoice-builders.ts'

const CHECKOUT = `mutation ($input: CreateCheckoutInput!) {
  createCheckout(input: $input) { ... on CreateCheckoutSuccess { url } ... on UserError { message } }
}`

const PAY = `mutation ($id: ID!) {
  payInvoice(input: { invoiceId: $id }) { __typename ... on UserError { message } }
}`

export type Paid = {
  /** An invoice that is paid. */
  readonly paidInvoice: string
  /** What Stripe told of it. */
  readonly webhook: string
}

/** Goes through a checkout on its page, and pays an invoice of two months ago; `staff` wait until Stripe has told all. */
export const usePayments = async (tenant: TestTenant, staff: Client): Promise<Paid> => {
  const owner = tenant.as('OWNER')
  const input = { tier: 'ENTERPRISE', successUrl: 'https://a.example/', cancelUrl: 'https://a.example/' }
  const { createCheckout } = await owner.data(CHECKOUT, { input })
  const body = new URLSearchParams({ outcome: 'pay' })
  await fetch(createCheckout.url, { method: 'POST', body, redirect: 'manual' })
  await until(async () => (await toldOf(staff, tenant, 'checkout.session.completed')) !== null)
  const { invoice } = await createInvoice(owner, {
    periodStart: monthFromNow(-2),
    periodEnd: monthFromNow(-1),
  })
  await finalizeInvoice(owner, invoice.id)
  const { payInvoice } = await owner.data(PAY, { id: invoice.id })
  if (payInvoice.__typename !== 'PayInvoiceSuccess') throw new Error(JSON.stringify(payInvoice))
  let webhook: string | null = null
  await until(async () => {
    webhook = await toldOf(staff, tenant, 'invoice.paid')
    return webhook !== null && (await underWay(staff)) === 0
  })
  return { paidInvoice: invoice.id, webhook: webhook ?? '' }
}

const monthFromNow = (months: number): string => {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months)).toISOString().slice(0, 10)
}

const TOLD = `query ($filter: WebhookDeliveryFilter!) {
  webhookDeliveries(filter: $filter, first: 100) { edges { node { eventId } } }
}`

const toldOf = async (staff: Client, { id }: TestTenant, type: string): Promise<string | null> => {
  const filter = { tenantId: id, type, state: 'HANDLED' }
  const { webhookDeliveries } = await staff.data(TOLD, { filter })
  return webhookDeliveries.edges[0]?.node.eventId ?? null
}

/** Whose an event is is known only once it was looked at, so those of nobody yet count too. */
const underWay = async (staff: Client): Promise<number> => {
  const counts = await Promise.all(
    ['RECEIVED', 'RETRYING'].map(async (state) => {
      const { webhookDeliveries } = await staff.data(TOLD, { filter: { state } })
      return webhookDeliveries.edges.length
    }),
  )
  return counts.reduce((sum: number, count: number) => sum + count, 0)
}
