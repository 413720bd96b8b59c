/** The platform in a process of its own, which a test may kill without warning. Prints its address once it listens. */
import { systemClock } from '@stormops/chassis/clock'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { signingKeys } from '@stormops/chassis/identity'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import { UNLIMITED } from '@stormops/gateway/limits/rates/allowances'
import { openPlatform } from '@stormops/cli/all-in-one'

export type PlatformPlace = {
  readonly admin: ConnectionSettings
  readonly secret: string
  readonly home: string
}

// What the test passes is what the type says.
const { admin, secret, home } = JSON.parse(process.argv[2] ?? '{}') as PlatformPlace

let url = ''
const platform = await openPlatform({
  limits: { allowances: UNLIMITED },
  admin,
  secret,
  home,
  keys: await signingKeys(home),
  clock: systemClock,
  newId,
  log: createLog('silent'),
  introspection: 'signed-in',
  mail: { kind: 'mailbox' },
  publicUrl: () => url,
})
url = (await platform.http.listen('127.0.0.1', 0)).url
process.stdout.write(`${url}\n`)
