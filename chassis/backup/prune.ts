/** Takes away what retention does not keep: base backups, exports, and the log that nothing kept needs. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { walDirectory } from '../database/embedded/archive.ts'
import { MANIFEST_NAME, baseBackups } from './base-manifest.ts'
import { companyExports, unfinishedExports } from './company-exports.ts'
import { keptBackups, keptExports, keptWal } from './retention.ts'
import { pruneWal } from './wal-archive.ts'

export type Pruned = {
  /** Names of what went. */
  readonly bases: readonly string[]
  readonly exports: readonly string[]
  /** How many pieces of the log went. */
  readonly wal: number
}

export const pruneExports = (root: string, timeZone: string, now: Date): readonly string[] => {
  const all = companyExports(root)
  const keptOf = (some: typeof all): ReadonlySet<string> =>
    keptExports(
      some.map(({ id, endedAt }) => ({ id, endedAt: new Date(endedAt) })),
      timeZone,
    )
  // A night that misses some companies takes no other's place.
  const kept = keptOf(all.filter(({ missing }) => missing.length === 0)).union(
    keptOf(all.filter(({ missing }) => missing.length > 0)),
  )
  const gone = all.filter(({ id }) => !kept.has(id))
  for (const { directory } of gone) remove(directory)
  for (const directory of unfinishedExports(root, now)) remove(directory)
  return gone.map(({ id }) => id)
}

export const pruneBases = (
  root: string,
  identifier: string,
  timeZone: string,
): Pick<Pruned, 'bases' | 'wal'> => {
  const all = baseBackups(root, identifier)
  const kept = keptBackups(
    all.map(({ manifest, verified }) => ({
      id: manifest.id,
      endedAt: new Date(manifest.endedAt),
      isVerified: verified !== null,
    })),
    timeZone,
  )
  const gone = all.filter(({ manifest }) => !kept.has(manifest.id))
  for (const { directory } of gone) remove(directory)
  const bases = all.flatMap(({ manifest }) => {
    const reasons = kept.get(manifest.id)
    return reasons === undefined ? [] : [{ ...manifest, reasons }]
  })
  return {
    bases: gone.map(({ manifest }) => manifest.id),
    wal: pruneWal(walDirectory(root, identifier), keptWal(bases)),
  }
}

/** The manifest goes first: what has none is no backup, whatever becomes of the rest. */
const remove = (directory: string): void => {
  rmSync(join(directory, MANIFEST_NAME), { force: true })
  rmSync(directory, { recursive: true, force: true })
}
