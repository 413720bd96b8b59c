/** A tenant's files. Every path lies under the tenant's own folder, whatever it is asked for. */
import { randomUUID } from 'node:crypto'
import { createWriteStream, mkdirSync, openSync } from 'node:fs'
import { link, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Disk } from 'flydrive'
import { FSDriver } from 'flydrive/drivers/fs'
import { Fault } from '../fault.ts'
import { storedBytesIn } from './stored-bytes.ts'

export type TenantFiles = {
  readonly put: (tenantId: string, path: string, bytes: Uint8Array) => Promise<void>
  /** Nothing stands at the path before the whole stream has arrived. */
  readonly putStream: (tenantId: string, path: string, stream: Readable) => Promise<void>
  /** False when there is a file at the path already, which then stays. */
  readonly putNew: (tenantId: string, path: string, stream: Readable) => Promise<boolean>
  /** Nothing happens where there is no file. */
  readonly remove: (tenantId: string, path: string) => Promise<void>
  readonly exists: (tenantId: string, path: string) => Promise<boolean>
  /** Bytes. Throws NOT_FOUND where there is no file. */
  readonly size: (tenantId: string, path: string) => Promise<number>
  readonly stream: (tenantId: string, path: string) => Promise<Readable>
  /** By tenant, of whoever has files. */
  readonly storedBytes: () => Promise<ReadonlyMap<string, number>>
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
  const location = join(home, 'files')
  const disk = new Disk(new FSDriver({ location, visibility: 'private' }))
  const present = async (tenantId: string, path: string): Promise<string> => {
    const key = keyOf(tenantId, path)
    if (!(await disk.exists(key))) throw new Fault('NOT_FOUND', 'The file is not there.')
    return key
  }
  const putStream: TenantFiles['putStream'] = async (tenantId, path, stream) =>
    writeWhole(join(location, keyOf(tenantId, path)), stream, rename)
  return {
    put: (tenantId, path, bytes) => putStream(tenantId, path, Readable.from([bytes])),
    putStream,
    putNew: async (tenantId, path, stream) => {
      let isNew = true
      await writeWhole(join(location, keyOf(tenantId, path)), stream, async (partial, file) => {
        isNew = await linkNew(partial, file)
        await rm(partial)
      })
      return isNew
    },
    remove: (tenantId, path) => rm(join(location, keyOf(tenantId, path)), { force: true }),
    exists: async (tenantId, path) => disk.exists(keyOf(tenantId, path)),
    size: async (tenantId, path) => (await disk.getMetaData(await present(tenantId, path))).contentLength,
    stream: async (tenantId, path) => disk.getStream(await present(tenantId, path)),
    storedBytes: () => storedBytesIn(join(location, 'tenants')),
  }
}

/** Reports and lists of owners are nobody else's on the machine. */
const OWNER_ONLY = 0o600

/** Writes beside the file and renames, which is one step; two that write at once do not write into each other. */
const writeWhole = async (
  file: string,
  stream: Readable,
  putInPlace: (partial: string, file: string) => Promise<void>,
): Promise<void> => {
  const partial = `${file}.${randomUUID()}.part`
  // Opened without waiting: a stream that fails meanwhile would have nobody listening, and end the process.
  mkdirSync(dirname(file), { recursive: true })
  const descriptor = openSync(partial, 'wx', OWNER_ONLY)
  try {
    await pipeline(stream, createWriteStream(partial, { fd: descriptor, flush: true }))
    await putInPlace(partial, file)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

/** A link is made in one step or not at all, whoever else makes one. */
const linkNew = async (partial: string, file: string): Promise<boolean> => {
  try {
    await link(partial, file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}
