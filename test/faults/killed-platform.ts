/** A platform that is killed and started again, its companies and their journal. */
import { openRows } from '../storms/rows.ts'
import type { Rows } from '../storms/rows.ts'
import { killablePlatform } from '../world/killable-platform.ts'
import type { KillablePlatform } from '../world/killable-platform.ts'
import { faultyInvoices } from './faulty-platform.ts'
import type { Suspect } from './invariants.ts'
import { openJournal } from './journal.ts'
import type { Company, Journal } from './journal.ts'

export type KilledPlatform = Suspect & {
  readonly killable: KillablePlatform
  readonly journal: Journal
  readonly rows: Rows
  readonly company: (name: string) => Promise<Company>
  readonly close: () => Promise<void>
}

/** Nothing runs yet. */
export const openKilledPlatform = async (): Promise<KilledPlatform> => {
  const killable = await killablePlatform()
  const rows = await openRows(killable.database.admin)
  const journal = openJournal(killable.url)
  return {
    killable,
    url: killable.url,
    journal,
    rows,
    provenInvoices: () => faultyInvoices(killable.database),
    // The helper that opens a company asks without the journal.
    isMetered: false,
    company: async (name) => {
      const uuid = await killable.company(name)
      const company = { uuid, name, token: (await killable.client(uuid)).token }
      journal.add(company)
      return company
    },
    close: async () => {
      await rows.close()
      await killable.close()
    },
  }
}
