/** Signs what is sent to an endpoint as Stripe does; https://docs.stripe.com/webhooks#verify-manually */
import { createHmac } from 'node:crypto'

/** `seconds` is when it is sent. */
export const signatureOf = (body: string, secret: string, seconds: number): string => {
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`, 'utf8').digest('hex')
  return `t=${seconds},v1=${digest}`
}
