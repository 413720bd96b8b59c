/**
 * The platform in a process of its own, with the settings of production but for what a plan allows and for how much may
 * be under way at once. Tells its port, and how much memory it has whenever it is asked.
 */
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { signingKeys } from '@stormops/chassis/identity'
import { createLog } from '@stormops/chassis/telemetry/log'
import type { OverloadSettings } from '@stormops/gateway/limits/overload/slots'
import { openBenchPlatform } from '../bench-platform.ts'

export type PlatformPlace = {
  readonly admin: ConnectionSettings
  readonly secret: string
  readonly home: string
  /** Default as in production. */
  readonly overload: Partial<OverloadSettings>
}

export type PlatformSays =
  | { readonly kind: 'serving'; readonly port: number }
  /** Bytes: now, and the most since it was asked last. `processor` in seconds, since it began. */
  | { readonly kind: 'memory'; readonly now: number; readonly most: number; readonly processor: number }

const SAMPLED_EVERY_MS = 50
const MICROSECONDS = 1_000_000

// What the benchmark passes is what the type says.
const place = JSON.parse(process.argv[2] ?? '{}') as PlatformPlace
const { admin, secret, home, overload } = place

const say = (says: PlatformSays): void => void process.send?.(says)

const database = { adminSettings: admin, secret, home }
const platform = await openBenchPlatform(database, await signingKeys(home), {
  overload,
  log: createLog('info'),
})
const { port } = await platform.http.listen('127.0.0.1', 0)

let most = 0
const sample = (): number => {
  const now = process.memoryUsage.rss()
  most = Math.max(most, now)
  return now
}
setInterval(sample, SAMPLED_EVERY_MS).unref()
process.on('message', () => {
  const now = sample()
  const { user, system } = process.cpuUsage()
  say({ kind: 'memory', now, most, processor: (user + system) / MICROSECONDS })
  most = 0
})
say({ kind: 'serving', port })
