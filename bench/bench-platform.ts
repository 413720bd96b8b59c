/** The whole platform over a benchmark's database, with the settings of production and without limits on who asks. */
import { systemClock } from '@stormops/chassis/clock'
import type { SigningKeys } from '@stormops/chassis/identity'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import { openPlatform } from '@stormops/cli/all-in-one'
import type { Platform, PlatformOptions } from '@stormops/cli/all-in-one'
import type { OverloadSettings } from '@stormops/gateway/limits/overload/slots'
import { UNLIMITED } from '@stormops/gateway/limits/rates/allowances'
import type { BenchDatabase } from './bench-database.ts'

export type BenchPlatformSettings = {
  /** Default as in production. */
  readonly overload?: Partial<OverloadSettings>
  /** Default nothing is logged. */
  readonly log?: PlatformOptions['log']
}

export const openBenchPlatform = (
  { adminSettings, secret, home }: Pick<BenchDatabase, 'adminSettings' | 'secret' | 'home'>,
  keys: SigningKeys,
  { overload = {}, log = createLog('silent') }: BenchPlatformSettings = {},
): Promise<Platform> =>
  openPlatform({
    limits: { allowances: UNLIMITED, overload },
    admin: adminSettings,
    secret,
    home,
    keys,
    clock: systemClock,
    newId,
    log,
    introspection: 'administrators',
    mail: { kind: 'none' },
    publicUrl: () => 'http://localhost',
  })
