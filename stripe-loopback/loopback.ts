/**
 * A Stripe of our own on this machine, for developers without an account and for tests: it keeps what it is told, and
 * Stripe's own SDK cannot tell it apart but for what docs/stripe.md says. It takes no money and reaches nobody.
 */
import { systemClock } from '@stormops/chassis/clock'
import type { Clock } from '@stormops/chassis/clock'
import { createAccount, randomText } from './account.ts'
import { createControl, keepOwnEndpoint } from './control/control.ts'
import type { Control } from './control/control.ts'
import { createRemoteControl } from './control/remote-control.ts'
import { createApi } from './http/api.ts'
import { createFailures } from './http/failures.ts'
import { HOST, serve } from './http/server.ts'
import type { Log } from './log.ts'
import { silent } from './log.ts'
import { createPages } from './pages/pages.ts'
import { noJournal, openJournal, readJournal } from './store/journal.ts'
import type { Change } from './store/journal.ts'
import type { Of } from './store/objects.ts'
import { createStore } from './store/store.ts'
import { RETRY_DELAYS_MS, createDeliveries } from './webhooks/deliveries.ts'

export type StripeLoopbackOptions = {
  /** Any free one, unless it is given. */
  readonly port?: number
  readonly clock?: Clock
  /** Where everything is kept over a restart; without it everything ends with the process. */
  readonly file?: string
  readonly webhook?: {
    readonly url: string
    readonly secret: string
    /** Milliseconds until each next try after one that failed. */
    readonly retryDelaysMs?: readonly number[]
  }
  readonly log?: Log
  /** Milliseconds between looks at what has become due; null when only `control.passTime` looks. */
  readonly lookEveryMs?: number | null
}

export type StripeLoopback = {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  readonly host: string
  readonly port: number
  /** `sk_test_…`; the same after a restart with the same file. */
  readonly apiKey: string
  readonly webhookSecret: string
  readonly control: Control
  readonly close: () => Promise<void>
}

const LOOK_EVERY_MS = 15_000
/** Stripe forgets them after a day too. */
const ANSWERS_KEPT_SECONDS = 86_400

export const openStripeLoopback = async (options: StripeLoopbackOptions = {}): Promise<StripeLoopback> => {
  const { clock = systemClock, log = silent, file } = options
  const kept = file === undefined ? [] : remembered(readJournal(file), clock)
  const store = createStore(kept, (all) => (file === undefined ? noJournal : openJournal(file, all)))
  let port = options.port ?? 0
  const url = (): string => `http://${HOST}:${port}`
  const deliveries = createDeliveries(() => account, options.webhook?.retryDelaysMs ?? RETRY_DELAYS_MS, log)
  const account = createAccount(store, clock, url, deliveries.schedule)
  const secrets = secretsIn(store)
  const failures = createFailures()
  const control = createControl(account, deliveries, failures)
  keepOwnEndpoint(account, options.webhook ?? null)
  store.commit()

  const served = await serve(
    {
      account,
      api: createApi(account, () => secrets.apiKey),
      pages: createPages(account),
      control: createRemoteControl(control, () => secrets.apiKey),
      failures,
      log,
    },
    port,
  )
  port = served.port
  // What was on its way when the process ended.
  deliveries.resume()
  const every = options.lookEveryMs === undefined ? LOOK_EVERY_MS : options.lookEveryMs
  const looking = every === null ? undefined : setInterval(() => look(control, log), every).unref()
  return {
    url: url(),
    host: HOST,
    port,
    apiKey: secrets.apiKey,
    webhookSecret: options.webhook?.secret ?? secrets.webhookSecret,
    control,
    close: async () => {
      clearInterval(looking)
      await served.close()
      await deliveries.close()
      store.close()
    },
  }
}

/** A failure here has nobody to tell but the log, and must not end the process. */
const look = (control: Control, log: Log): void => {
  try {
    control.passTime()
  } catch (error) {
    log(`The loopback failed at what had become due: ${String(error)}`)
  }
}

/** All but answers so old that nobody repeats their requests. */
const remembered = (changes: readonly Change[], clock: Clock): readonly Change[] => {
  const oldest = clock.now().getTime() / 1_000 - ANSWERS_KEPT_SECONDS
  return changes.filter(
    (change) => !('put' in change && change.put.object === 'loopback.answer' && change.put.created < oldest),
  )
}

const ACCOUNT = 'account'

const secretsIn = (store: ReturnType<typeof createStore>): Of<'loopback.account'> => {
  const known = store.maybe('loopback.account', ACCOUNT)
  if (known !== null) return known
  const made: Of<'loopback.account'> = {
    object: 'loopback.account',
    id: ACCOUNT,
    apiKey: `sk_test_loopback${randomText(24)}`,
    webhookSecret: `whsec_${randomText(32)}`,
  }
  store.put(made)
  return made
}
