/** What happened, and who is told of it. */
import type Stripe from 'stripe'
import type { Account } from '../account.ts'
import { newestFirst, one, randomText } from '../account.ts'
import { API_VERSION } from '../generated/operations.ts'
import type { Event, WebhookEndpoint } from '../store/objects.ts'
import { mergedMetadata } from '../wire/given.ts'
import type { Metadata } from '../wire/given.ts'
import { isWithin, pageOf } from '../wire/page-of.ts'
import { invalid } from '../wire/refusal.ts'
import { PAGING, operation } from './operation.ts'

const deliveriesOf = (account: Account, event: string) =>
  account.store.all('loopback.delivery').filter((delivery) => delivery.event === event)

const withPending = (account: Account, event: Event): Event => ({
  ...event,
  pending_webhooks: deliveriesOf(account, event.id).filter(({ state }) => state !== 'delivered').length,
})

const retrieve = operation<Stripe.EventRetrieveParams>()('Events.retrieve', [], ({ account, id }) =>
  withPending(account, one(account, 'event', id)),
)

/** `invoice.*` stands for every event of invoices. */
const isOfType = (type: string, wanted: string): boolean =>
  wanted.endsWith('*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted

const list = operation<Stripe.EventListParams>()(
  'Events.list',
  [...PAGING, 'created', 'delivery_success', 'type', 'types'],
  ({ account, given, path }) => {
    if (given.type !== undefined && given.types !== undefined) {
      throw invalid('You may only specify one of these parameters: type, types.', 'type')
    }
    const wanted = given.types ?? (given.type === undefined ? ['*'] : [given.type])
    const events = newestFirst(account, 'event').filter(
      ({ id, created, type }) =>
        isWithin(created, given.created) &&
        wanted.some((pattern) => isOfType(type, pattern)) &&
        (given.delivery_success === undefined ||
          deliveriesOf(account, id).every(({ state }) => state === 'delivered') === given.delivery_success),
    )
    const page = pageOf(events, given, path)
    return { ...page, data: page.data.map((event) => withPending(account, event)) }
  },
)

export const createEndpoint = (
  account: Account,
  wanted: {
    readonly url: string
    readonly events: readonly string[]
    readonly description: string | null
    readonly metadata: Metadata
    readonly secret?: string
  },
): WebhookEndpoint =>
  account.save({
    id: account.newId('we'),
    object: 'webhook_endpoint',
    api_version: API_VERSION,
    application: null,
    created: account.now(),
    description: wanted.description,
    enabled_events: [...wanted.events],
    livemode: false,
    metadata: wanted.metadata,
    secret: wanted.secret ?? `whsec_${randomText(32)}`,
    status: 'enabled',
    url: wanted.url,
  })

const create = operation<Stripe.WebhookEndpointCreateParams>()(
  'WebhookEndpoints.create',
  ['enabled_events', 'url', 'api_version', 'description', 'metadata'],
  ({ account, given }) => {
    if (!/^https?:\/\//.test(given.url) || !URL.canParse(given.url)) {
      throw invalid('Invalid URL: An explicit scheme (such as https) must be provided.', 'url', 'url_invalid')
    }
    if (given.api_version !== undefined && given.api_version !== API_VERSION) {
      throw invalid(`The loopback speaks ${API_VERSION} only.`, 'api_version')
    }
    // Its secret is in this answer, and in no later one.
    return createEndpoint(account, {
      url: given.url,
      events: given.enabled_events,
      description: given.description || null,
      metadata: mergedMetadata({}, given.metadata),
    })
  },
)

const retrieveEndpoint = operation<Stripe.WebhookEndpointRetrieveParams>()(
  'WebhookEndpoints.retrieve',
  [],
  ({ account, id }) => withoutSecret(one(account, 'webhook_endpoint', id)),
)

const withoutSecret = (endpoint: WebhookEndpoint): object =>
  Object.fromEntries(Object.entries(endpoint).filter(([name]) => name !== 'secret'))

const listEndpoints = operation<Stripe.WebhookEndpointListParams>()(
  'WebhookEndpoints.list',
  PAGING,
  ({ account, given, path }) => {
    const page = pageOf(newestFirst(account, 'webhook_endpoint'), given, path)
    return { ...page, data: page.data.map(withoutSecret) }
  },
)

const del = operation<Stripe.WebhookEndpointDeleteParams>()('WebhookEndpoints.del', [], ({ account, id }) => {
  one(account, 'webhook_endpoint', id)
  account.store.remove('webhook_endpoint', id)
  return { id, object: 'webhook_endpoint', deleted: true }
})

export const events = [retrieve, list, create, retrieveEndpoint, listEndpoints, del]
