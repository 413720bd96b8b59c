/** A platform to talk to: the one that serves this home already, or one that is opened for the length of a command. */
import { systemClock } from '@stormops/chassis/clock'
import type { Config } from '@stormops/chassis/config'
import { signingKeys, signToken } from '@stormops/chassis/identity'
import { createLog } from '@stormops/chassis/telemetry/log'
import { graphClient } from './client.ts'
import type { GraphClient } from './client.ts'
import { runningUrl, serve } from './running.ts'
import { tenantOfSlug } from './tenant-lookup.ts'

/** As long as the longest command may take. */
const TOKEN_SECONDS = 3_600

/** Runs `work` with a client that acts as owner of the company. */
export const asOwner = async <T>(
  config: Config,
  slug: string,
  work: (client: GraphClient) => Promise<T>,
): Promise<T> => {
  const serving = runningUrl(config.home)
  const own = serving === null ? await serve({ ...config, port: 0 }, createLog('warn')) : null
  try {
    const url = serving ?? own?.url ?? ''
    const tenant = await tenantOfSlug(config, slug)
    const claims = {
      subject: 'usr_cli_owner',
      kind: 'USER' as const,
      tenantId: tenant.id,
      role: 'OWNER' as const,
    }
    return await work(
      graphClient(url, await signToken(await signingKeys(config.home), claims, systemClock, TOKEN_SECONDS)),
    )
  } finally {
    await own?.close()
  }
}
