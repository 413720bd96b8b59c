/** The disks of a process: its home, and the data of a database that runs beside it. */
import { mkdirSync } from 'node:fs'
import type { Config } from '@stormops/chassis/config'
import { openDiskWatch } from '@stormops/chassis/disk/disk-watch'
import type { DiskWatch } from '@stormops/chassis/disk/disk-watch'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { JobWork } from './job-work.ts'

export const openDisk = (
  { home, diskReserve }: Pick<Config, 'home' | 'diskReserve'>,
  log: Log,
  dataDirectory: string | null = null,
): Promise<DiskWatch> => {
  mkdirSync(home, { recursive: true })
  const directories = dataDirectory === null ? [home] : [home, dataDirectory]
  return openDiskWatch({ directories, reserve: diskReserve, log })
}

/** Takes no job while nothing may be changed, and again once it may. Those under way end. */
export const pauseForRoom = (watch: DiskWatch, work: Pick<JobWork, 'pause' | 'resume'>, log: Log): void => {
  const follow = (): void => {
    const turn = watch.standing().mode === 'open' ? work.resume() : work.pause()
    turn.catch((cause: unknown) => log.error({ err: cause }, 'The jobs could not be held or let go.'))
  }
  watch.onChange(follow)
  if (watch.standing().mode !== 'open') follow()
}
