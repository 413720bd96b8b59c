/** What billing has the platform watch: whether what Stripe tells can be handled. */
import type { PlatformProbe } from '@stormops/chassis/platform-probe'
import { readWebhookFailures } from '../domain/webhook-failures.ts'
import type { WebhookTally } from '../domain/webhook-failures.ts'

export const webhookProbe = (tally: () => Promise<WebhookTally>): PlatformProbe => ({
  key: 'webhook-failures',
  severity: 'WARNING',
  summary: 'Share of webhooks that failed within the hour',
  runbook: 'webhook-failures',
  measure: async () => readWebhookFailures(await tally()),
})
