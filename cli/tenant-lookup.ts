/** The company of a short name, read from the database of this home. */
import type { Config } from '@stormops/chassis/config'
import { appConnection } from '@stormops/chassis/database/migrate'
import { Fault } from '@stormops/chassis/fault'
import { createLog } from '@stormops/chassis/telemetry/log'
import { findTenant } from '@stormops/tenancy'
import type { Tenant } from '@stormops/tenancy'
import { findDatabaseHome, openDatabaseHome } from './database-home.ts'

/** Works beside a platform that runs, and starts the database for the look when none does. Throws NOT_FOUND. */
export const tenantOfSlug = async (config: Config, slug: string): Promise<Tenant> => {
  const running = findDatabaseHome(config)
  const home = running === null ? await openDatabaseHome(config, createLog('silent')) : null
  const { admin, secret } = running ?? home ?? unreachableHome()
  try {
    const tenant = await findTenant(appConnection(admin, secret), slug)
    if (tenant === null) throw new Fault('NOT_FOUND', `There is no company with the short name ${slug}.`)
    return tenant
  } finally {
    await home?.stop()
  }
}

const unreachableHome = (): never => {
  throw new Fault('INTERNAL', 'There is neither a running database nor one that was started.')
}
