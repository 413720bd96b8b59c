import type { Clock } from '@stormops/chassis/clock'
import type { Database } from '@stormops/chassis/database/database'
import type { Tx } from '@stormops/chassis/database/transaction'
import { BULK_DEADLINE_MS } from '@stormops/chassis/database/database'
import { failpoint } from '@stormops/chassis/failpoint'
import { Fault } from '@stormops/chassis/fault'
import { handleJob } from '@stormops/chassis/jobs/worker'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import type { TenantFiles } from '@stormops/chassis/files/tenant-files'
import { uploadPath } from '../commands/create-upload.ts'
import { completedImport, countImported, readPropertyFile } from '../commands/read-property-file.ts'
import { takesProperties } from '../domain/storm.ts'
import type { StormsStores } from '../stores.ts'
import { importPropertiesJob } from './import-properties-job.ts'

/** Carries a refused file out of the transaction, which rolls back everything that was read before the fault. */
class FileRefused extends Error {
  override readonly name = 'FileRefused'
}

/** Another attempt would be refused as well. */
const isOverPlan = (error: unknown): error is Fault =>
  error instanceof Fault && error.code === 'QUOTA_EXHAUSTED'

export const importPropertiesHandler = (
  database: Database,
  stores: (tx: Tx) => StormsStores,
  files: TenantFiles,
  clock: Clock,
): JobHandler => {
  /** An import that has ended stays as it is. */
  const refuse = (tenantId: string, importId: string, fault: string): Promise<void> =>
    database.withTenant(tenantId, async (tx) => {
      const { imports } = stores(tx)
      const [known] = await imports.manyById([importId])
      if (known?.endedAt !== null) return
      await imports.update(importId, { status: 'REFUSED', fault, endedAt: clock.now() })
    })
  return handleJob(
    importPropertiesJob,
    async ({ tenantId, signal }, { importId, stormId, uploadId }) => {
      const known = await database.withTenant(
        tenantId,
        async (tx) => (await stores(tx).imports.manyById([importId]))[0],
      )
      if (known?.endedAt !== null) {
        // Who ended between the last write and this left the file behind.
        await files.remove(tenantId, uploadPath(uploadId))
        return
      }
      await database.withTenant(tenantId, (tx) => stores(tx).imports.update(importId, { status: 'RUNNING' }))
      try {
        await database.withTenant(
          tenantId,
          async (tx) => {
            const here = stores(tx)
            // Held until the end, so that nobody scores or decides over half of a file.
            const storm = await here.storms.lockById(stormId)
            if (storm === null || !takesProperties(storm.status)) {
              throw new FileRefused(
                'The storm takes no properties any more: its work was done before the file was read.',
              )
            }
            const source = await files.stream(tenantId, uploadPath(uploadId))
            const read = await readPropertyFile(here, { stormId, importId }, source)
            if (read.kind === 'file-refused') throw new FileRefused(read.message)
            await here.imports.update(importId, completedImport(read, clock.now()))
            await countImported(tx, importId, read.accepted, clock.now())
          },
          { statementTimeoutMs: BULK_DEADLINE_MS, lockTimeoutMs: BULK_DEADLINE_MS, signal },
        )
        await failpoint('storms.import.kept')
        await files.remove(tenantId, uploadPath(uploadId))
      } catch (error) {
        if (!(error instanceof FileRefused) && !isOverPlan(error)) throw error
        await refuse(tenantId, importId, error.message)
        await files.remove(tenantId, uploadPath(uploadId))
      }
    },
    {
      onGivenUp: async ({ tenantId, reason }, { importId, uploadId }) => {
        await refuse(tenantId, importId, WHY_GIVEN_UP[reason])
        await files.remove(tenantId, uploadPath(uploadId))
      },
    },
  )
}

const WHY_GIVEN_UP = {
  failed: 'The file could not be read. Send it again.',
  cancelled: 'The import was called off.',
} as const
