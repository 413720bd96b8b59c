/**
 * PostgreSQL hands over each piece of its write-ahead log as soon as it is full, and at least once a minute. A shell
 * script takes it: whole or not at all, on the disk before it says so, and never over a piece that is there already.
 * A base backup and the log since then make the database of any moment.
 */
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
} from 'node:fs'
import { renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Account, isReachable, makePrivateDirectory } from './account.ts'
import { EmbeddedPostgresFault, errorCode } from './fault.ts'

export interface ArchiveRequest {
  /** Where backups are kept; each cluster has a directory of its own in it. */
  readonly root: string
  /** Whether the log may go beside the data where the database's account cannot reach `root`. */
  readonly mayMove: boolean
}

interface ArchivePlace extends ArchiveRequest {
  /** Where the cluster is, which its account can reach. */
  readonly place: string
  readonly data: string
  readonly account: Account
}

/** The most that is lost with the disk of the database: a piece that is not full is handed over after this long. */
const ARCHIVE_TIMEOUT_SECONDS = 60

const IDENTIFIER_BYTES = 8

/** What names a cluster for good, its copies and what is restored from it too; from the start of its control file. */
export const systemIdentifier = (data: string): string =>
  readFileSync(join(data, 'global', 'pg_control'))
    .subarray(0, IDENTIFIER_BYTES)
    .readBigUInt64LE()
    .toString()

export const clusterBackups = (root: string, identifier: string): string => join(root, identifier)

/** The pieces of the log of this cluster. */
export const walDirectory = (root: string, identifier: string): string =>
  join(clusterBackups(root, identifier), 'wal')

const SCRIPT_NAME = 'archive-wal.sh'

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** A packed piece carries the checksum of what is in it in its name, so that the script need not unpack it. */
export const packedName = (segment: string, sha256: string): string => `${segment}.${sha256}.zst`

const script = (directory: string): string => `#!/bin/sh
# Written at each start of the database. $1 is the piece to keep, $2 its name.
set -eu
source=$1
name=$2
archive=${quoted(directory)}
[ -d "$archive" ] || { echo "archive: $archive is not there" >&2; exit 1; }
rm -f "$archive"/.part.*
sum() { sha256sum < "$1" | cut -d ' ' -f 1; }
if [ -e "$archive/$name" ]; then
  # Kept before a crash that made the database forget it.
  [ "$(sum "$source")" = "$(sum "$archive/$name")" ] || { echo "archive: another $name is there" >&2; exit 1; }
  sync "$archive/$name" "$archive"
  exit 0
fi
for packed in "$archive/$name".*.zst; do
  [ -e "$packed" ] || continue
  [ "$packed" = "$archive/$name.$(sum "$source").zst" ] && exit 0
  echo "archive: another $name is there" >&2
  exit 1
done
part="$archive/.part.$name"
cp "$source" "$part"
sync "$part"
# A link is made whole or not at all, and not over a name that is taken.
ln "$part" "$archive/$name"
rm "$part"
sync "$archive"
`

function writeScript(place: string, directory: string): string {
  const file = join(place, SCRIPT_NAME)
  const text = script(directory)
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    writeFileSync(`${file}.new`, text, { mode: 0o755 })
    renameSync(`${file}.new`, file)
  }
  chmodSync(file, 0o755)
  return file
}

/** A link where the log went beside the data, else null. */
function movedTo(wal: string): string | null {
  const found = lstatSync(wal, { throwIfNoEntry: false })
  return found?.isSymbolicLink() === true ? readlinkSync(wal) : null
}

/** Makes the directory of the log, where the account can write. Throws what the file system says. */
export function makeArchive({ root, mayMove, place, data, account }: ArchivePlace): string {
  mkdirSync(root, { recursive: true, mode: 0o700 })
  const cluster = clusterBackups(realpathSync(root), systemIdentifier(data))
  mkdirSync(cluster, { recursive: true, mode: 0o711 })
  const wal = join(cluster, 'wal')
  const moved = movedTo(wal)
  if (moved !== null) {
    makePrivateDirectory(moved, account)
    return moved
  }
  if (account.isDropped) chmodSync(root, 0o711)
  if (isReachable(cluster, account)) {
    makePrivateDirectory(wal, account)
    return wal
  }
  if (!mayMove || existsSync(wal)) {
    throw new EmbeddedPostgresFault(
      'BACKUP_UNREACHABLE',
      `PostgreSQL runs as ${account.name}, which cannot walk to ${root}. Allow it (chmod o+x on the directories ` +
        'above), or set STORMOPS_BACKUP_DIR to a directory that it can reach.',
    )
  }
  const beside = join(place, 'wal-archive')
  makePrivateDirectory(beside, account)
  symlinkSync(beside, wal)
  return beside
}

export type ArchiveEvent = {
  readonly kind: 'archiveUnusable'
  readonly directory: string
  readonly fault: unknown
}

/**
 * The settings that keep the log. A directory that cannot be made, such as on a disk that is full or not there, keeps
 * nobody from working: PostgreSQL tries again, and what it could not hand over is told as the archive's lag.
 */
export function archiveSettings(
  request: ArchivePlace,
  log: (event: ArchiveEvent) => void,
): Readonly<Record<string, string>> {
  let directory = walDirectory(request.root, systemIdentifier(request.data))
  try {
    directory = makeArchive(request)
  } catch (fault) {
    if (errorCode(fault) === 'BACKUP_UNREACHABLE') throw fault
    log({ kind: 'archiveUnusable', directory, fault })
  }
  const file = writeScript(request.place, directory).replaceAll('%', '%%')
  return {
    archive_mode: 'on',
    archive_timeout: `${ARCHIVE_TIMEOUT_SECONDS}s`,
    archive_command: `/bin/sh ${quoted(file)} "%p" "%f"`,
  }
}
