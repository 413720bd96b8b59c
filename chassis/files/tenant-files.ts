/** A tenant's files. Every path lies under the tenant's own folder, whatever it is asked for. */
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { Disk } from 'flydrive'
import { FSDriver } from 'flydrive/drivers/fs'
import { Fault } from '../fault.ts'

export type TenantFiles = {
  readonly put: (tenantId: string, path: string, bytes: Uint8Array) => Promise<void>
  /** Nothing stands at the path before the whole stream has arrived. */
  readonly putStream: (tenantId: string, path: string, stream: Readable) => Promise<void>
  readonly exists: (tenantId: string, path: string) => Promise<boolean>
  /** Bytes. Throws NOT_FOUND where there is no file. */
  readonly size: (tenantId: string, path: string) => Promise<number>
  readonly stream: (tenantId: string, path: string) => Promise<Readable>
}

const SEGMENT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/

const keyOf = (tenantId: string, path: string): string => {
  const segments = path.split('/')
  if (!/^[0-9a-f-]{36}$/.test(tenantId) || !segments.every((segment) => SEGMENT.test(segment))) {
    throw new Fault('INTERNAL', 'This is no path of a tenant’s file.')
  }
  return ['tenants', tenantId, ...segments].join('/')
}

/** Files on the local disk under `home/files/tenants/<id>/…`. */
export const localFiles = (home: string): TenantFiles => {
  const disk = new Disk(new FSDriver({ location: join(home, 'files'), visibility: 'private' }))
  const present = async (tenantId: string, path: string): Promise<string> => {
    const key = keyOf(tenantId, path)
    if (!(await disk.exists(key))) throw new Fault('NOT_FOUND', 'The file is not there.')
    return key
  }
  return {
    put: (tenantId, path, bytes) => disk.put(keyOf(tenantId, path), bytes),
    putStream: async (tenantId, path, stream) => {
      const key = keyOf(tenantId, path)
      const partial = `${key}.part`
      try {
        await disk.putStream(partial, stream)
        await disk.move(partial, key)
      } catch (error) {
        await disk.delete(partial)
        throw error
      }
    },
    exists: (tenantId, path) => disk.exists(keyOf(tenantId, path)),
    size: async (tenantId, path) => (await disk.getMetaData(await present(tenantId, path))).contentLength,
    stream: async (tenantId, path) => disk.getStream(await present(tenantId, path)),
  }
}
