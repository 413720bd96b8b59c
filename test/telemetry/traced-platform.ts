/** The platform in one process, with a telemetry and a log that a test can look into. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@stormops/chassis/clock'
import { readConfig } from '@stormops/chassis/config'
import { signToken, temporaryKeys } from '@stormops/chassis/identity'
import type { TokenClaims } from '@stormops/chassis/identity'
import { newId } from '@stormops/chassis/values/ids'
import { openPlatform } from '@stormops/cli/all-in-one'
import type { Platform, PlatformOptions } from '@stormops/cli/all-in-one'
import { openDisk } from '@stormops/cli/disk'
import { processTelemetry } from '@stormops/cli/process-telemetry'
import { DRIVEN_HARD } from '../world/driven-hard.ts'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'
import { clientOf } from '../world/world.ts'
import type { Client } from '../world/world.ts'

export type LogLine = Readonly<Record<string, unknown>>

export type TracedPlatform = {
  readonly url: string
  readonly platform: Platform
  readonly database: TestDatabase
  readonly lines: () => readonly LogLine[]
  readonly client: (claims: Pick<TokenClaims, 'kind' | 'tenantId' | 'role'>) => Promise<Client>
  /** Sends what was traced, and ends. */
  readonly close: () => Promise<void>
}

export const openTracedPlatform = async (
  environment: Readonly<Record<string, string>>,
  more: Partial<PlatformOptions> = {},
): Promise<TracedPlatform> => {
  const database = await cloneDatabase()
  const home = mkdtempSync(join(tmpdir(), 'stormops-telemetry-'))
  const keys = await temporaryKeys()
  const lines: LogLine[] = []
  const config = readConfig({ ...environment, LOG_LEVEL: 'debug' })
  const { telemetry, log } = await processTelemetry(config, 'all-in-one', {
    write: (line) => void lines.push(JSON.parse(line)),
  })
  const disk = await openDisk({ home, diskReserve: null }, log)
  let url = ''
  const platform = await openPlatform({
    admin: database.admin,
    secret: database.secret,
    home,
    keys,
    clock: systemClock,
    newId,
    log,
    telemetry,
    disk,
    introspection: 'signed-in',
    metricsToken: config.metricsToken,
    limits: DRIVEN_HARD,
    mail: { kind: 'mailbox' },
    publicUrl: () => url,
    ...more,
  })
  url = (await platform.http.listen('127.0.0.1', 0)).url
  return {
    url,
    platform,
    database,
    lines: () => lines,
    client: async (claims) =>
      clientOf(url, await signToken(keys, { subject: 'usr_1', ...claims }, systemClock, 3_600)),
    close: async () => {
      await platform.close()
      disk.stop()
      await telemetry.close()
      await database.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
