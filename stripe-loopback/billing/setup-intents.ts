/** Saving a card for later, without charging it. */
import type { Account } from '../account.ts'
import { randomText } from '../account.ts'
import type { SetupIntent } from '../store/objects.ts'
import type { Metadata } from '../wire/given.ts'

export type SetupWanted = {
  readonly customer: string | null
  readonly method: string | null
  readonly isConfirmed: boolean
  readonly metadata: Metadata
  readonly description: string | null
}

export const createSetupIntent = (account: Account, wanted: SetupWanted): SetupIntent => {
  const id = account.newId('seti')
  const intent: SetupIntent = {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: { allow_redirects: 'always', enabled: true },
    cancellation_reason: null,
    client_secret: `${id}_secret_${randomText(24)}`,
    created: account.now(),
    customer: wanted.customer,
    description: wanted.description,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: wanted.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: wanted.method,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    single_use_mandate: null,
    status: statusOf(wanted),
    usage: 'off_session',
  }
  return wanted.isConfirmed
    ? account.save(intent, 'setup_intent.created', 'setup_intent.succeeded')
    : account.save(intent, 'setup_intent.created')
}

const statusOf = ({ method, isConfirmed }: SetupWanted): SetupIntent['status'] => {
  if (method === null) return 'requires_payment_method'
  return isConfirmed ? 'succeeded' : 'requires_confirmation'
}
