import { join } from 'node:path'
import { archiveSettings } from './archive.ts'
import { locateBinaries, usableBinaries } from './binaries.ts'
import { ensureCluster, writeAccessRules } from './cluster.ts'
import type { EmbeddedPostgresOptions } from './embedded-postgres.ts'
import { START_TIMEOUT_MS } from './launch.ts'
import type { Launch } from './launch.ts'
import type { HomeLock } from './lock.ts'
import { SYSTEM_DIRECTORY, resolvePlace } from './place.ts'
import { runningPostmaster } from './postmaster.ts'
import { signalProcess } from './process-identity.ts'
import { ServerLog } from './server-log.ts'
import { socketDirectory } from './socket-directory.ts'
import { secondsSince } from './stopwatch.ts'

/** What the first start decides and a restart keeps. */
export interface Prepared {
  readonly launch: Launch
  readonly place: string
  readonly lock: HomeLock
  readonly abandon: AbortController
}

/**
 * Everything before the postmaster: place, account, binaries, cluster, access rules, socket directory. Throws what
 * each of them throws. The caller holds the home's lock, given here as `lock`.
 */
export async function prepare(
  home: string,
  lock: HomeLock,
  options: EmbeddedPostgresOptions,
): Promise<Prepared> {
  const log = options.log ?? (() => {})
  const systemDirectory = options.systemDirectory ?? SYSTEM_DIRECTORY
  const place = resolvePlace({ home, systemDirectory, preferredAccount: options.account })
  const { account, data, directory } = place
  if (directory !== join(home, 'postgres')) log({ kind: 'relocated', directory })
  for (const left of place.leftBehind) log({ kind: 'leftBehind', directory: left })
  const binaries = usableBinaries(options.binaries ?? locateBinaries(), place.binaryCopies, account)

  const begin = performance.now()
  const settings = options.settings ?? {}
  const { created } = await ensureCluster({ data, account, binaries, isDurable: settings['fsync'] !== 'off' })
  if (created) log({ kind: 'initialised', data, seconds: secondsSince(begin) })
  const isAccessNew = writeAccessRules(data, account)
  const orphan = runningPostmaster(data)
  if (isAccessNew && orphan !== null) signalProcess(orphan, 'SIGHUP')

  const { archive, startTimeoutMs = START_TIMEOUT_MS } = options
  const archiving = archive === undefined ? null : { ...archive, place: directory, data, account }
  const archived = archiving === null ? {} : archiveSettings(archiving, log)

  const serverLog = new ServerLog(join(home, 'postgres', 'postgres.log'))
  serverLog.rotate()
  const abandon = new AbortController()
  const launch: Launch = {
    data,
    socketDirectory: socketDirectory(directory, account),
    binaries,
    account,
    settings: { ...archived, ...settings },
    log: serverLog,
    startTimeoutMs,
    keepArchive: () => {
      if (archiving !== null) archiveSettings(archiving, log)
    },
    abandoned: abandon.signal,
  }
  return { launch, place: directory, lock, abandon }
}
