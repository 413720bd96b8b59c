/** How much of the disk each tenant's files take. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

const TENANT = /^[0-9a-f-]{36}$/

/** `directory` holds a folder for each tenant. One file after the other, since nobody waits for it. */
export const storedBytesIn = async (directory: string): Promise<ReadonlyMap<string, number>> => {
  const tenants = (await entriesOf(directory)).filter((name) => TENANT.test(name))
  const stored = new Map<string, number>()
  for (const tenant of tenants) {
    let bytes = 0
    for (const name of await entriesOf(join(directory, tenant), true)) {
      bytes += await bytesOf(join(directory, tenant, name))
    }
    stored.set(tenant, bytes)
  }
  return stored
}

const entriesOf = (directory: string, recursive = false): Promise<readonly string[]> =>
  readdir(directory, { recursive }).catch((cause: unknown) => {
    if (isGone(cause)) return []
    throw cause
  })

/** A file may be gone between its name and its size. */
const bytesOf = async (file: string): Promise<number> => {
  try {
    const found = await stat(file)
    return found.isFile() ? found.size : 0
  } catch (cause) {
    if (isGone(cause)) return 0
    throw cause
  }
}

const isGone = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
