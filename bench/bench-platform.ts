/** The whole platform over a benchmark's database, with the settings of production and without limits on who asks. */
import { systemClock } from '@stormops/chassis/clock'
import type { SigningKeys } from '@stormops/chassis/identity'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import { openPlatform } from '@stormops/cli/all-in-one'
import type { Platform } from '@stormops/cli/all-in-one'
import { UNLIMITED } from '@stormops/gateway/limits/rates/allowances'
import type { BenchDatabase } from './bench-database.ts'

export const openBenchPlatform = (
  { adminSettings, secret, home }: BenchDatabase,
  keys: SigningKeys,
): Promise<Platform> =>
  openPlatform({
    limits: { allowances: UNLIMITED },
    admin: adminSettings,
    secret,
    home,
    keys,
    clock: systemClock,
    newId,
    log: createLog('silent'),
    introspection: 'administrators',
    mail: { kind: 'none' },
    publicUrl: () => 'http://localhost',
  })
