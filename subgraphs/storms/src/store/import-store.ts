import type { Tx } from '@stormops/chassis/database/transaction'
import { maybeRowOf, rowsOf } from '@stormops/chassis/database/row'
import type { PropertyImport } from '../domain/property-import.ts'
import { PropertyImportEntity, UploadEntity } from './entities.ts'

export type StoredRejection = { readonly line: number; readonly reason: string }
export type Upload = { readonly id: string; readonly expiresAt: Date }

export type ImportStore = {
  readonly manyById: (ids: readonly string[]) => Promise<readonly PropertyImport[]>
  readonly insert: (propertyImport: PropertyImport) => Promise<void>
  readonly update: (id: string, change: Partial<Omit<PropertyImport, 'id' | 'stormId'>>) => Promise<void>
  readonly insertRejections: (importId: string, rejections: readonly StoredRejection[]) => Promise<void>
  readonly rejections: (
    importId: string,
    first: number,
    afterLine: number,
  ) => Promise<readonly StoredRejection[]>
  readonly duplicatesOfStorm: (stormId: string) => Promise<number>
  readonly insertUpload: (upload: Upload) => Promise<void>
  readonly maybeUpload: (id: string) => Promise<Upload | null>
}

export const importStore = ({ em, tenantId, rows, change }: Tx): ImportStore => ({
  manyById: async (ids) => rowsOf(await em.find(PropertyImportEntity, { tenantId, id: { $in: [...ids] } })),
  insert: async (propertyImport) => {
    await em.insert(PropertyImportEntity, { ...propertyImport, tenantId })
  },
  update: async (id, changes) => {
    await em.nativeUpdate(PropertyImportEntity, { tenantId, id }, changes)
  },
  insertRejections: async (importId, rejections) => {
    await change(
      `insert into storms.import_rejection (tenant_id, import_id, line, reason)
       select $1, $2, t.line, t.reason from unnest($3::int[], $4::text[]) as t (line, reason)
       on conflict do nothing`,
      [tenantId, importId, rejections.map(({ line }) => line), rejections.map(({ reason }) => reason)],
    )
  },
  rejections: (importId, first, afterLine) =>
    rows<StoredRejection>(
      `select line, reason from storms.import_rejection
       where tenant_id = $1 and import_id = $2 and line > $3 order by line limit $4`,
      [tenantId, importId, afterLine, first],
    ),
  duplicatesOfStorm: async (stormId) => {
    const [row] = await rows<{ n: number }>(
      `select coalesce(sum(duplicates), 0)::int as n from storms.property_import where tenant_id = $1 and storm_id = $2`,
      [tenantId, stormId],
    )
    return row?.n ?? 0
  },
  insertUpload: async (upload) => {
    await em.insert(UploadEntity, { ...upload, tenantId })
  },
  maybeUpload: async (id) => maybeRowOf(await em.findOne(UploadEntity, { tenantId, id })),
})
