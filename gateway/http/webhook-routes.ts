/** What Stripe tells the platform. Its signature is over the bytes as they came, so nothing here reads them first. */
import type { FastifyInstance } from 'fastify'
import { Fault } from '@stormops/chassis/fault'
import { HttpRefusal } from './errors.ts'

/** Keeps a webhook. Throws BAD_INPUT for one that was not signed, or not just now. */
export type ReceiveWebhook = (body: Uint8Array, signature: string) => Promise<void>

/** An event of Stripe's holds one object, whose lists are cut. */
const LARGEST_EVENT_BYTES = 512 * 1_024

/** `receive` is null where payments are not configured. */
export const webhookRoutes =
  (receive: ReceiveWebhook | null) =>
  async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: LARGEST_EVENT_BYTES },
      (_request, body, done) => done(null, body),
    )
    app.post<{ Body: unknown }>(
      '/webhooks/stripe',
      { bodyLimit: LARGEST_EVENT_BYTES },
      async (request, reply) => {
        if (receive === null) throw new Fault('UNAVAILABLE', 'This platform takes no payments by card.')
        const signature = request.headers['stripe-signature']
        const { body } = request
        if (typeof signature !== 'string' || !(body instanceof Uint8Array)) {
          throw new HttpRefusal(400, 'A webhook has a body, and a stripe-signature over it.')
        }
        await receive(body, signature)
        return reply.code(200).send({ received: true })
      },
    )
  }
