import { defineCommand } from '@stormops/chassis/command'
import { BULK_DEADLINE_MS } from '@stormops/chassis/database/database'
import type { TenantFiles } from '@stormops/chassis/files/tenant-files'
import { takesProperties } from '../domain/storm.ts'
import type { StormStatus } from '../domain/storm.ts'
import { importPropertiesJob } from '../jobs/import-properties-job.ts'
import type { StormsStores } from '../stores.ts'
import { uploadPath } from './create-upload.ts'
import { completedImport, countImported, readPropertyFile } from './read-property-file.ts'

export type ImportProperties = {
  readonly stormId: string
  readonly source:
    | { readonly kind: 'text'; readonly csv: string }
    | { readonly kind: 'upload'; readonly uploadId: string }
}

export type ImportPropertiesResult =
  | { readonly kind: 'ok'; readonly importId: string }
  | { readonly kind: 'not-found'; readonly what: 'storm' | 'upload' }
  | { readonly kind: 'wrong-status'; readonly status: StormStatus }
  | { readonly kind: 'file-refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

/** A text is read within the request; an upload goes on as a job. */
export const importProperties = (files: TenantFiles) =>
  defineCommand<ImportProperties, ImportPropertiesResult, StormsStores>({
    name: 'storms.importProperties',
    permission: 'storms:write',
    statementTimeoutMs: BULK_DEADLINE_MS,
    audit: ({ stormId }, { importId }) => ({
      subjectKind: 'property-import',
      subjectId: importId,
      detail: { stormId },
    }),
    run: async ({ tx, stores, clock, newId, queue }, { stormId, source }) => {
      const storm = await stores.storms.lockById(stormId)
      if (storm === null) return { kind: 'not-found', what: 'storm' }
      if (!takesProperties(storm.status)) return { kind: 'wrong-status', status: storm.status }
      const importId = newId()
      const begun = {
        id: importId,
        stormId,
        status: 'QUEUED' as const,
        rowsAccepted: 0,
        rowsRejected: 0,
        duplicates: 0,
        alreadyThere: 0,
        fault: null,
        createdAt: clock.now(),
        endedAt: null,
      }
      if (source.kind === 'upload') {
        const upload = await stores.imports.maybeUpload(source.uploadId)
        if (upload === null) return { kind: 'not-found', what: 'upload' }
        if (!(await files.exists(tx.tenantId, uploadPath(upload.id)))) {
          return {
            kind: 'invalid',
            field: 'uploadId',
            message: 'The upload has no file yet: PUT it to the upload’s url first.',
          }
        }
        await stores.imports.insert(begun)
        await queue.enqueue(tx, importPropertiesJob, { importId, stormId, uploadId: upload.id })
        return { kind: 'ok', importId }
      }
      await stores.imports.insert(begun)
      const read = await readPropertyFile(stores, { stormId, importId }, textSource(source.csv))
      if (read.kind === 'file-refused') return read
      await stores.imports.update(importId, completedImport(read, clock.now()))
      await countImported(tx, importId, read.accepted, clock.now())
      return { kind: 'ok', importId }
    },
  })

const textSource = async function* (text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text, 'utf8')
}
