/** Webhooks that cannot be handled mean that payments are not booked: a few in a hundred are already too many. */

/** Webhooks received within the last hour that were tried at least once; those that failed wait to be tried again, or were given up. */
export type WebhookTally = { readonly tried: number; readonly failed: number }

const FAILURE_RATE = 0.05
/** Below it, one failure would be a rate. */
const LEAST_WEBHOOKS = 20

export const readWebhookFailures = ({ tried, failed }: WebhookTally) => {
  if (tried < LEAST_WEBHOOKS) {
    return {
      value: null,
      threshold: FAILURE_RATE,
      isBreached: false,
      detail: `${tried} webhooks were tried within the hour, too few to tell.`,
    }
  }
  const rate = failed / tried
  return {
    value: rate,
    threshold: FAILURE_RATE,
    isBreached: rate > FAILURE_RATE,
    detail: `${failed} of ${tried} webhooks of the last hour failed (${Math.round(rate * 1_000) / 10} %).`,
  }
}
