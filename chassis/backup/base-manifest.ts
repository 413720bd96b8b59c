/**
 * A base backup exists once its manifest does: it is written last. It names every file with its checksum, and the
 * pieces of the write-ahead log without which the copy is not a database.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { clusterBackups } from '../database/embedded/archive.ts'
import { writeDurably } from './durable-file.ts'

const baseManifest = z.object({
  format: z.literal(1),
  id: z.string(),
  systemIdentifier: z.string(),
  serverVersion: z.string(),
  timeline: z.number().int(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  startLsn: z.string(),
  stopLsn: z.string(),
  /** The first and the last piece of the log that belong to it. */
  startWal: z.string(),
  stopWal: z.string(),
  /** Of the data directory, before compression. */
  dataBytes: z.number().int(),
  archive: z.object({ name: z.string(), bytes: z.number().int(), sha256: z.string() }),
  files: z.array(z.object({ path: z.string(), size: z.number().int(), sha256: z.string() })),
})

export type BaseManifest = z.output<typeof baseManifest>

const verification = z.object({ at: z.iso.datetime(), rows: z.number().int(), tables: z.number().int() })
export type Verification = z.output<typeof verification>

export type BaseBackup = {
  readonly manifest: BaseManifest
  readonly directory: string
  /** When it was last restored and compared; null for never. */
  readonly verified: Verification | null
}

export const ARCHIVE_NAME = 'base.tar.zst'
export const MANIFEST_NAME = 'manifest.json'
const VERIFIED_NAME = 'verified.json'

const basesOf = (root: string, identifier: string): string => join(clusterBackups(root, identifier), 'base')

/** Sorts by time, to the millisecond of its begin: two within a second are two. */
export const backupId = (startedAt: Date): string => startedAt.toISOString().replaceAll(/[-:.]/g, '')

export const makeBaseDirectory = (root: string, identifier: string, id: string): string => {
  const directory = join(basesOf(root, identifier), id)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  return directory
}

export const writeManifest = (directory: string, manifest: BaseManifest): Promise<void> =>
  writeDurably(join(directory, MANIFEST_NAME), `${JSON.stringify(manifest)}\n`)

export const writeVerification = (directory: string, result: Verification): Promise<void> =>
  writeDurably(join(directory, VERIFIED_NAME), `${JSON.stringify(result)}\n`)

const read = <Value>(directory: string, name: string, shape: z.ZodType<Value>): Value | null => {
  const file = join(directory, name)
  return existsSync(file) ? shape.parse(JSON.parse(readFileSync(file, 'utf8'))) : null
}

const directoriesIn = (directory: string): readonly string[] =>
  existsSync(directory)
    ? readdirSync(directory, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => join(directory, name))
        .toSorted()
    : []

/** Base backups of one cluster, the oldest first. */
export const baseBackups = (root: string, identifier: string): readonly BaseBackup[] =>
  directoriesIn(basesOf(root, identifier)).flatMap((directory) => {
    const manifest = read(directory, MANIFEST_NAME, baseManifest)
    return manifest === null
      ? []
      : [{ manifest, directory, verified: read(directory, VERIFIED_NAME, verification) }]
  })

/** What an interrupted backup left; never a backup. */
export const unfinishedBases = (root: string, identifier: string): readonly string[] =>
  directoriesIn(basesOf(root, identifier)).filter((directory) => !existsSync(join(directory, MANIFEST_NAME)))

/** Clusters that have a directory here, by their identifiers. */
export const clustersIn = (root: string): readonly string[] =>
  existsSync(root)
    ? readdirSync(root).filter((name) => /^\d+$/.test(name) && statSync(join(root, name)).isDirectory())
    : []
