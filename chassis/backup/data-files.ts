/**
 * What of a data directory belongs into a base backup. The list of what is left out is the manual's (Making a Base
 * Backup Using the Low Level API): what a server writes for itself alone, and makes again when it starts.
 */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode } from '../database/embedded/fault.ts'

export type DataFile = {
  /** Below the data directory, with slashes. */
  readonly path: string
  readonly kind: 'file' | 'directory'
  readonly size: number
  readonly mode: number
}

const EMPTY_IN_A_BACKUP: ReadonlySet<string> = new Set([
  'pg_wal',
  'pg_dynshmem',
  'pg_notify',
  'pg_replslot',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
])

const LEFT_OUT: ReadonlySet<string> = new Set([
  'postmaster.pid',
  'postmaster.opts',
  'backup_label',
  'backup_label.old',
  'tablespace_map',
  'tablespace_map.old',
  'recovery.signal',
  'standby.signal',
  'postgresql.auto.conf.tmp',
  'current_logfiles.tmp',
])

const isLeftOut = (name: string): boolean =>
  LEFT_OUT.has(name) || name.startsWith('pgsql_tmp') || name.startsWith('pg_internal.init')

/** Copied last: it says where recovery has to begin, and must not be newer than what it speaks of. */
export const CONTROL_FILE = 'global/pg_control'

const lookAt = (file: string) => {
  try {
    return statSync(file)
  } catch (error) {
    // A table that is dropped meanwhile; recovery knows of it.
    if (errorCode(error) === 'ENOENT') return null
    throw error
  }
}

const below = (data: string, path: string): readonly DataFile[] => {
  const names = lookAt(join(data, path)) === null ? [] : readdirSync(join(data, path)).toSorted()
  return names
    .filter((name) => !isLeftOut(name))
    .flatMap((name): readonly DataFile[] => {
      const inner = path === '' ? name : `${path}/${name}`
      const found = lookAt(join(data, inner))
      if (found === null) return []
      const { mode, size } = found
      if (!found.isDirectory()) return found.isFile() ? [{ path: inner, kind: 'file', size, mode }] : []
      const directory: DataFile = { path: inner, kind: 'directory', size: 0, mode }
      if (inner === 'pg_wal') return [directory, walStatus(mode)]
      return EMPTY_IN_A_BACKUP.has(inner) ? [directory] : [directory, ...below(data, inner)]
    })
}

const walStatus = (mode: number): DataFile => ({
  path: 'pg_wal/archive_status',
  kind: 'directory',
  size: 0,
  mode,
})

/** Directories before what is in them, and the control file at the end. */
export const dataFiles = (data: string): readonly DataFile[] => {
  const files = below(data, '')
  return [
    ...files.filter(({ path }) => path !== CONTROL_FILE),
    ...files.filter(({ path }) => path === CONTROL_FILE),
  ]
}
