/** The platform in a process of its own, which a test may kill without warning. Prints its address once it listens. */
import { flushCompileCache } from 'node:module'
import { openStripeClient } from '@stormops/billing/stripe'
import { systemClock } from '@stormops/chassis/clock'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { armFailpoints, readFailpoints } from '@stormops/chassis/failpoint'
import { signingKeys } from '@stormops/chassis/identity'
import { secret } from '@stormops/chassis/secret'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import { DRIVEN_HARD } from './driven-hard.ts'
import { openPlatform } from '@stormops/cli/all-in-one'

/** Of a Stripe that stands in for it: its secrets are nobody's. */
export type StripePlace = {
  readonly secretKey: string
  readonly webhookSecret: string
  readonly apiBase: string
}

export type PlatformPlace = {
  readonly admin: ConnectionSettings
  readonly secret: string
  readonly home: string
  readonly failpoints?: string
  readonly stripe?: StripePlace | null
  readonly port?: number
}

// What the test passes is what the type says.
const place = JSON.parse(process.argv[2] ?? '{}') as PlatformPlace
const { admin, secret: roles, home, failpoints = '', stripe = null, port = 0 } = place

const arm = (text: string): void => {
  const armed = readFailpoints(text || 'nowhere=throw')
  if (armed.kind === 'fault') throw new Error(armed.message)
  armFailpoints(text === '' ? [] : armed.failpoints)
}
arm(failpoints)
// A test that has a line to this process arms others while it runs.
process.on('message', (text) => {
  arm(String(text))
  process.send?.('armed')
})

const stripeOf = () =>
  stripe === null
    ? null
    : openStripeClient({
        secretKey: secret(stripe.secretKey),
        webhookSecret: secret(stripe.webhookSecret),
        apiBase: stripe.apiBase,
        genuine: false,
      })

let url = ''
const platform = await openPlatform({
  limits: DRIVEN_HARD,
  admin,
  secret: roles,
  home,
  keys: await signingKeys(home),
  clock: systemClock,
  newId,
  log: createLog('silent'),
  introspection: 'signed-in',
  mail: { kind: 'mailbox' },
  stripe: stripeOf(),
  publicUrl: () => url,
})
url = (await platform.http.listen('127.0.0.1', port)).url
process.stdout.write(`${url}\n`)
// A process that is killed does not get to it.
flushCompileCache()
