/**
 * What whoever opens a process gives it in place of what its configuration says: a test its own clock, keys and Stripe,
 * and a database that its configuration does not name.
 */
import type { Clock } from '@stormops/chassis/clock'
import type { Config } from '@stormops/chassis/config'
import type { SigningKeys } from '@stormops/chassis/identity'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { Telemetry } from '@stormops/chassis/telemetry/telemetry'
import type { StripeClient } from '@stormops/billing/ports'
import type { CellAdmin } from '../cell-databases.ts'
import type { DatabaseHome } from '../database-home.ts'
import type { GatewayServerOptions } from '../gateway-server.ts'
import type { GatewaySettings } from '../gateway-settings.ts'
import type { MailSettings } from '../mail.ts'
import { openKeys } from '../process-keys.ts'
import type { ProcessKeys } from '../process-keys.ts'

export type GivenParts = {
  readonly database?: Pick<DatabaseHome, 'admin' | 'secret'>
  /** Databases beside that one. Default those of the configuration. */
  readonly cells?: readonly CellAdmin[]
  readonly keys?: SigningKeys
  readonly clock?: Clock
  readonly mail?: MailSettings
  readonly stripe?: StripeClient | null
  readonly publicUrl?: () => string
  /** Of the process. Default one of its own, which traces nothing. */
  readonly telemetry?: Telemetry
  /** For the gateway alone. */
  readonly gateway?: Partial<GatewaySettings> & Pick<GatewayServerOptions, 'limits' | 'meter'>
  /** Milliseconds between saying that it closes and closing. Default `NOTICE_MS`. */
  readonly noticeMilliseconds?: number
}

export const NOTHING_GIVEN: GivenParts = {}

/** Keys that are given are kept by whoever gave them. */
export const keysOf = async (config: Config, log: Log, { keys }: GivenParts): Promise<ProcessKeys> =>
  keys === undefined ? openKeys(config, log) : { keys, stop: () => undefined }
