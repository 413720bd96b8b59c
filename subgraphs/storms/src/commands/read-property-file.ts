/** Reads a file of properties into a storm: good lines become properties, the others a reason with their number. */
import { countWork } from '@stormops/billing/port'
import type { Tx } from '@stormops/chassis/database/transaction'
import { ImportFault } from '../import/import-fault.ts'
import { readProperties } from '../import/read-properties.ts'
import type { StormsStores } from '../stores.ts'

export type ReadFile =
  | {
      readonly kind: 'read'
      readonly accepted: number
      readonly rejected: number
      readonly duplicates: number
      readonly alreadyThere: number
    }
  | { readonly kind: 'file-refused'; readonly code: string; readonly message: string }

/**
 * Runs in the caller's transaction and writes as it reads, one batch being read while the last is written. When it
 * answers `file-refused` the caller must roll back, since batches before the fault have been written.
 */
export const readPropertyFile = async (
  stores: StormsStores,
  target: { readonly stormId: string; readonly importId: string },
  source: AsyncIterable<Uint8Array>,
): Promise<ReadFile> => {
  const total = { accepted: 0, rejected: 0, duplicates: 0, alreadyThere: 0 }
  const batches = readProperties(source)
  try {
    let next = await batches.next()
    while (next.done !== true) {
      const batch = next.value
      const writing = stores.properties.insertNew(target.stormId, batch.accepted)
      const reading = batches.next()
      // Whichever fails first is thrown below; the other's failure must not go unhandled.
      reading.catch(() => undefined)
      const known = await writing
      const present = batch.accepted.flatMap(({ externalId }, index) =>
        known.has(externalId)
          ? [
              {
                line: batch.lines[index] ?? 0,
                reason: `external_id '${externalId}' is in this storm already`,
              },
            ]
          : [],
      )
      const rejected = [...batch.rejected, ...present]
      if (rejected.length > 0) await stores.imports.insertRejections(target.importId, rejected)
      total.accepted += batch.accepted.length - present.length
      total.rejected += rejected.length
      total.duplicates += batch.rejected.filter(({ duplicate }) => duplicate === true).length
      total.alreadyThere += present.length
      next = await reading
    }
    return { kind: 'read', ...total }
  } catch (error) {
    if (error instanceof ImportFault)
      return { kind: 'file-refused', code: error.code, message: error.message }
    throw error
  }
}

/** Properties of a file are counted once they are all in, as properties that are there now. */
export const countImported = (tx: Tx, importId: string, accepted: number, at: Date): Promise<void> =>
  countWork(tx, {
    metric: 'PROPERTIES',
    quantity: accepted,
    source: 'storms.importProperties',
    subject: importId,
    at,
  })

/** What an import is once its file was read to the end. */
export const completedImport = (read: Extract<ReadFile, { kind: 'read' }>, endedAt: Date) => ({
  status: 'COMPLETED' as const,
  rowsAccepted: read.accepted,
  rowsRejected: read.rejected,
  duplicates: read.duplicates,
  alreadyThere: read.alreadyThere,
  endedAt,
})
