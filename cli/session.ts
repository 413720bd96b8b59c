/** A platform to talk to: the one that serves this home already, or one that is opened for the length of a command. */
import { systemClock } from '@stormops/chassis/clock'
import type { Config } from '@stormops/chassis/config'
import { signingKeys, signToken } from '@stormops/chassis/identity'
import type { TokenClaims } from '@stormops/chassis/identity'
import { createLog } from '@stormops/chassis/telemetry/log'
import { destination } from 'pino'
import { graphClient } from './client.ts'
import type { GraphClient } from './client.ts'
import { runningUrl } from './running-address.ts'

/** Standard output belongs to what the command says. */
const STANDARD_ERROR = 2
/** As long as the longest command may take. */
const TOKEN_SECONDS = 3_600

/** Runs `work` with a client that acts as owner of the company. */
export const asOwner = <T>(
  config: Config,
  slug: string,
  work: (client: GraphClient) => Promise<T>,
): Promise<T> =>
  withPlatform(config, async (url) => {
    const { tenantOfSlug } = await import('./tenant-lookup.ts')
    const tenant = await tenantOfSlug(config, slug)
    return work(
      await clientFor(config, url, {
        subject: 'usr_cli_owner',
        kind: 'USER',
        tenantId: tenant.id,
        role: 'OWNER',
      }),
    )
  })

/** Runs `work` with a client that acts as staff of the platform. */
export const asStaff = <T>(config: Config, work: (client: GraphClient) => Promise<T>): Promise<T> =>
  withPlatform(config, async (url) =>
    work(await clientFor(config, url, { subject: 'stf_cli', kind: 'STAFF', tenantId: null, role: 'STAFF' })),
  )

const withPlatform = async <T>(config: Config, work: (url: string) => Promise<T>): Promise<T> => {
  const serving = await runningUrl(config.home)
  if (serving !== null) return work(serving)
  // Most of the platform is loaded only where it is not running already.
  const { serve } = await import('./running.ts')
  const own = await serve({ ...config, port: 0 }, createLog('warn', destination(STANDARD_ERROR)))
  try {
    return await work(own.url)
  } finally {
    await own.close()
  }
}

const clientFor = async (config: Config, url: string, claims: TokenClaims): Promise<GraphClient> =>
  graphClient(
    url,
    await signToken(await signingKeys(config.home, config.keysDirectory), claims, systemClock, TOKEN_SECONDS),
  )
