import { defineCommand } from '@stormops/chassis/command'
import { LINK_LIFETIME_SECONDS } from '@stormops/chassis/files/signed-link'
import type { StormsStores } from '../stores.ts'

export type CreateUploadResult = {
  readonly kind: 'ok'
  readonly uploadId: string
  readonly expiresAt: string
}

/** Where an upload's bytes lie among the tenant's files. */
export const uploadPath = (uploadId: string): string => `uploads/${uploadId}`

export const createUpload = defineCommand<Record<string, never>, CreateUploadResult, StormsStores>({
  name: 'storms.createUpload',
  permission: 'storms:write',
  audit: (_input, { uploadId }) => ({ subjectKind: 'upload', subjectId: uploadId, detail: {} }),
  run: async ({ stores, clock, newId }) => {
    const upload = { id: newId(), expiresAt: new Date(clock.now().getTime() + LINK_LIFETIME_SECONDS * 1_000) }
    await stores.imports.insertUpload(upload)
    return { kind: 'ok', uploadId: upload.id, expiresAt: upload.expiresAt.toISOString() }
  },
})
