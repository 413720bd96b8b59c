/** What becomes of webhooks: who counts them gets the same counter in every process that takes or handles one. */
import { Counter } from 'prom-client'
import type { Registry } from 'prom-client'

/** `refused` was not signed, or not just now; `failed` is tried again or given up; `ignored` is about nothing of ours. */
export type WebhookOutcome = 'handled' | 'ignored' | 'failed' | 'refused'

export type CountWebhook = (endpoint: string, outcome: WebhookOutcome) => void

export const webhookMetrics = (registry: Registry): CountWebhook => {
  const deliveries = new Counter({
    name: 'webhook_deliveries_total',
    help: 'Deliveries of webhooks, by endpoint and what became of them; each attempt at one that fails counts.',
    labelNames: ['endpoint', 'outcome'] as const,
    registers: [registry],
  })
  return (endpoint, outcome) => deliveries.inc({ endpoint, outcome })
}
