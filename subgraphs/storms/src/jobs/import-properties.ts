import type { Clock } from '@stormops/chassis/clock'
import type { Database, Tx } from '@stormops/chassis/database/database'
import { BULK_DEADLINE_MS } from '@stormops/chassis/database/database'
import { handleJob } from '@stormops/chassis/jobs/worker'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import type { TenantFiles } from '@stormops/chassis/files/tenant-files'
import { uploadPath } from '../commands/create-upload.ts'
import { readPropertyFile } from '../commands/read-property-file.ts'
import type { StormsStores } from '../stores.ts'
import { importPropertiesJob } from './import-properties-job.ts'

/** Carries a refused file out of the transaction, which rolls back everything that was read before the fault. */
class FileRefused extends Error {
  override readonly name = 'FileRefused'
}

export const importPropertiesHandler = (
  database: Database,
  stores: (tx: Tx) => StormsStores,
  files: TenantFiles,
  clock: Clock,
): JobHandler =>
  handleJob(importPropertiesJob, async ({ tenantId }, { importId, stormId, uploadId }) => {
    const known = await database.withTenant(
      tenantId,
      async (tx) => (await stores(tx).imports.manyById([importId]))[0],
    )
    if (known?.endedAt !== null) return
    await database.withTenant(tenantId, (tx) => stores(tx).imports.update(importId, { status: 'RUNNING' }))
    try {
      await database.withTenant(
        tenantId,
        async (tx) => {
          const here = stores(tx)
          // Held until the end, so that nobody scores or decides over half of a file.
          await here.storms.lockById(stormId)
          const source = await files.stream(tenantId, uploadPath(uploadId))
          const read = await readPropertyFile(here, { stormId, importId }, source)
          if (read.kind === 'file-refused') throw new FileRefused(read.message)
          await here.imports.update(importId, {
            status: 'COMPLETED',
            rowsAccepted: read.accepted,
            rowsRejected: read.rejected,
            duplicates: read.duplicates,
            endedAt: clock.now(),
          })
        },
        { statementTimeoutMs: BULK_DEADLINE_MS },
      )
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error
      await database.withTenant(tenantId, (tx) =>
        stores(tx).imports.update(importId, {
          status: 'REFUSED',
          fault: error.message,
          endedAt: clock.now(),
        }),
      )
    }
  })
