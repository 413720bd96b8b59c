/**
 * Tells endpoints of events: at once, side by side, and again after a while until each answers 2xx or was asked often
 * enough. Side by side means that a later event may arrive before an earlier one, as with Stripe.
 */
import type { Account } from '../account.ts'
import type { Log } from '../log.ts'
import type { DeliveryAttempt, Event, Of, WebhookEndpoint } from '../store/objects.ts'
import { signatureOf } from './signature.ts'

export type Delivery = Of<'loopback.delivery'>

export type Deliveries = {
  /** Deliveries for every endpoint that wants the event. */
  readonly schedule: (event: Event) => void
  readonly pause: () => void
  readonly resume: () => void
  /** Sends these events now, one after the other, whatever became of them before. An event may stand there twice. */
  readonly send: (events: readonly string[]) => Promise<readonly DeliveryAttempt[]>
  /** When nothing is on its way and nothing waits for another try. What is held back by `pause` does not count. */
  readonly settled: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Milliseconds until each next try. Stripe goes on for three days; a developer would not wait. */
export const RETRY_DELAYS_MS: readonly number[] = [250, 1_000, 4_000, 15_000, 60_000]

const ANSWER_WITHIN_MS = 10_000
/** How many are on their way at the same time. */
const SIDE_BY_SIDE = 8

export const createDeliveries = (
  account: () => Account,
  retryDelaysMs: readonly number[],
  log: Log,
): Deliveries => {
  const timers = new Map<string, NodeJS.Timeout>()
  const underway = new Set<Promise<unknown>>()
  const stopping = new AbortController()
  let waiting: string[] = []
  let isPaused = false

  const latest = (id: string): Delivery | null => account().store.maybe('loopback.delivery', id)

  const pump = (): void => {
    if (isPaused || stopping.signal.aborted) return
    while (waiting.length > 0 && underway.size < SIDE_BY_SIDE) {
      const [id = ''] = waiting.splice(0, 1)
      const sending = tryOnce(id).finally(() => {
        underway.delete(sending)
        pump()
      })
      underway.add(sending)
    }
  }

  const enqueue = (id: string): void => {
    waiting.push(id)
    // After the answer to the request that caused it.
    setImmediate(pump)
  }

  const tryOnce = async (id: string): Promise<void> => {
    const delivery = latest(id)
    if (delivery === null || delivery.state !== 'pending') return
    const attempt = await post(account(), delivery, stopping.signal)
    if (stopping.signal.aborted) return
    const after = record(account(), delivery.id, attempt)
    if (after === null || after.state !== 'pending') return
    const delay = retryDelaysMs[after.attempts.length - 1]
    if (delay === undefined) {
      keep(account(), { ...after, state: 'failed' })
      log(
        `${after.url} did not take ${after.event} after ${after.attempts.length} tries; it is not tried again.`,
      )
      return
    }
    const timer = setTimeout(() => {
      timers.delete(id)
      enqueue(id)
    }, delay)
    timers.set(id, timer.unref())
  }

  const send: Deliveries['send'] = async (events) => {
    const attempts: DeliveryAttempt[] = []
    for (const event of events) {
      const made = account()
        .store.all('loopback.delivery')
        .filter((delivery) => delivery.event === event)
      if (made.length === 0) throw new Error(`No endpoint wanted ${event}.`)
      for (const delivery of made) {
        const attempt = await post(account(), delivery, stopping.signal)
        record(account(), delivery.id, attempt)
        attempts.push(attempt)
      }
    }
    return attempts
  }

  return {
    schedule: (event) => {
      for (const endpoint of account().store.all('webhook_endpoint')) {
        if (wants(endpoint, event.type)) enqueue(deliveryOf(account(), event, endpoint).id)
      }
    },
    pause: () => {
      isPaused = true
    },
    resume: () => {
      isPaused = false
      const known = new Set([...waiting, ...timers.keys()])
      const left = account()
        .store.all('loopback.delivery')
        .filter(({ state, id }) => state === 'pending' && !known.has(id))
      waiting = [...waiting, ...left.map(({ id }) => id)]
      pump()
    },
    send,
    settled: async () => {
      for (;;) {
        // What a request has just caused is on its way one turn later.
        await new Promise((resolve) => {
          setImmediate(resolve)
        })
        if (underway.size > 0) await Promise.all(underway)
        else if ((isPaused || waiting.length === 0) && timers.size === 0) return
        else
          await new Promise((resolve) => {
            setTimeout(resolve, 10)
          })
      }
    },
    close: async () => {
      stopping.abort()
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
      await Promise.allSettled(underway)
    },
  }
}

const wants = ({ enabled_events: wanted, status }: WebhookEndpoint, type: string): boolean =>
  status === 'enabled' && (wanted.includes('*') || wanted.includes(type))

const deliveryOf = (account: Account, event: Event, endpoint: WebhookEndpoint): Delivery => {
  const delivery: Delivery = {
    object: 'loopback.delivery',
    id: account.newId('whd'),
    event: event.id,
    endpoint: endpoint.id,
    url: endpoint.url,
    state: 'pending',
    attempts: [],
    created: account.now(),
  }
  account.store.put(delivery)
  return delivery
}

const keep = (account: Account, delivery: Delivery): Delivery => {
  account.store.put(delivery)
  account.store.commit()
  return delivery
}

/** The delivery with one more attempt; null when it was cleared away meanwhile. */
const record = (account: Account, id: string, attempt: DeliveryAttempt): Delivery | null => {
  const delivery = account.store.maybe('loopback.delivery', id)
  if (delivery === null) return null
  const isTaken = attempt.status !== null && attempt.status >= 200 && attempt.status < 300
  return keep(account, {
    ...delivery,
    attempts: [...delivery.attempts, attempt],
    state: isTaken ? 'delivered' : delivery.state,
  })
}

const post = async (
  account: Account,
  delivery: Delivery,
  stopping: AbortSignal,
): Promise<DeliveryAttempt> => {
  const at = Date.now()
  const event = account.store.maybe('event', delivery.event)
  const endpoint = account.store.maybe('webhook_endpoint', delivery.endpoint)
  if (event === null || endpoint === null)
    return { at, status: null, error: 'The event or its endpoint is gone.' }
  const body = JSON.stringify({ ...event, pending_webhooks: 1 }, null, 2)
  try {
    const response = await fetch(endpoint.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Stripe/1.0 (loopback; not Stripe)',
        'stripe-signature': signatureOf(body, endpoint.secret, account.now()),
        'x-stripe-loopback': 'true',
      },
      body,
      // Stripe takes a redirect for a failure.
      redirect: 'manual',
      signal: AbortSignal.any([stopping, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
    })
    await response.body?.cancel()
    return { at, status: response.status, error: null }
  } catch (error) {
    return { at, status: null, error: error instanceof Error ? reasonOf(error) : String(error) }
  }
}

const reasonOf = (error: Error): string =>
  error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
