/** Mail about a payment. The payload names whom by their place among those that bills go to, and holds no address. */
import { defineJob } from '@stormops/chassis/jobs/define-job'
import { z } from 'zod'

const paymentNotice = z.object({
  kind: z.enum(['FAILED', 'SUSPENDED', 'REACTIVATED']),
  invoiceId: z.uuid(),
  /** Which try failed. */
  attempt: z.number().int().optional(),
  recipient: z.number().int().min(0),
})

export type PaymentNotice = z.output<typeof paymentNotice>

export const sendPaymentNotice = defineJob({
  name: 'billing.send-payment-notice',
  payload: paymentNotice,
  kind: 'short',
  timeoutSeconds: 60,
})
