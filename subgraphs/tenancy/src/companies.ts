/** Every company there is, and whether its audit is whole: for whoever looks after the database as a whole. */
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { openDatabase } from '@stormops/chassis/database/database'
import { auditChainStore } from './store/audit-chain-store.ts'
import { everyTenant } from './store/tenant-store.ts'

export type Companies = {
  readonly every: () => Promise<readonly { readonly id: string; readonly slug: string }[]>
  /** Reads every audit as a whole; a sentence for each that is broken. */
  readonly brokenAudits: () => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

/** `connection` is the app role's. */
export const openCompanies = async (connection: ConnectionSettings): Promise<Companies> => {
  const database = await openDatabase({ name: 'tenancy upkeep', connection, entities: [], poolSize: 1 })
  const every = () => database.withPlatform(everyTenant)
  return {
    every,
    brokenAudits: async () => {
      const broken: string[] = []
      for (const { id, slug } of await every()) {
        const { valid, brokenAt } = await database.withTenant(id, (tx) => auditChainStore(tx).verify())
        if (!valid) broken.push(`The audit of ${slug} is broken at line ${brokenAt}.`)
      }
      return broken
    },
    close: database.close,
  }
}
