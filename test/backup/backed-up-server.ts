/** A real server that keeps its log, in a home that the test may break. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BaseManifest } from '@stormops/chassis/backup/base-manifest'
import { baseBackups } from '@stormops/chassis/backup/base-manifest'
import { takeBaseBackup } from '@stormops/chassis/backup/base-backup'
import { chooseBase, restoreBackup } from '@stormops/chassis/backup/restore'
import type { RestoreTarget } from '@stormops/chassis/backup/restore'
import { systemIdentifier } from '@stormops/chassis/database/embedded/archive'
import type { EmbeddedPostgres } from '@stormops/chassis/database/embedded/supervisor'
import { ask } from '../../chassis/database/embedded/embedded-home.fixture.ts'
import type { Homes } from '../../chassis/database/embedded/embedded-home.fixture.ts'

export { ask }

export const SMALL = { fsync: 'off', shared_buffers: '16MB' }

export type BackedUp = {
  readonly server: EmbeddedPostgres
  readonly home: string
  readonly root: string
  readonly identifier: string
  readonly backUp: (signal?: AbortSignal) => Promise<BaseManifest>
  readonly restore: (target: RestoreTarget, lostData?: string) => Promise<EmbeddedPostgres>
}

export const untouched = (): AbortSignal => new AbortController().signal

export const adminOf = (server: EmbeddedPostgres) => ({
  ...server.connection('postgres', server.adminUser),
  password: null,
  tls: false,
})

export const openBackedUp = async (homes: Homes, settings: object = {}): Promise<BackedUp> => {
  const home = homes.openHome()
  const root = join(home, '..', 'backups')
  const server = await homes.start({
    home,
    archive: { root, mayMove: false },
    settings: { ...SMALL, ...settings },
  })
  const identifier = systemIdentifier(server.dataDirectory)
  return {
    server,
    home,
    root,
    identifier,
    backUp: (signal = untouched()) =>
      takeBaseBackup({
        admin: adminOf(server),
        dataDirectory: server.dataDirectory,
        root,
        now: () => new Date(),
        signal,
      }),
    restore: async (target, lostData) =>
      restoreBackup({
        root,
        backup: chooseBase(root, baseBackups(root, identifier), target, null),
        target,
        into: homes.openHome(),
        lostData: lostData ?? null,
        settings: SMALL,
        signal: untouched(),
      }),
  }
}

/** The server's own clock, a moment after all that is written so far and before all that follows. */
export const aMoment = async (server: EmbeddedPostgres): Promise<Date> => {
  await sleep(20)
  const text = await ask(
    server,
    `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  )
  await sleep(20)
  return new Date(text ?? '')
}

/** Has the log handed over up to now. */
export const handOver = async (server: EmbeddedPostgres): Promise<void> => {
  // A piece with nothing in it is not ended.
  await ask(server, `select pg_create_restore_point('hand over')`)
  const segment = await ask(server, 'select pg_walfile_name(pg_switch_wal())')
  for (;;) {
    const last = await ask(server, 'select last_archived_wal from pg_stat_archiver')
    if (last !== null && segment !== null && last >= segment) return
    await sleep(50)
  }
}
