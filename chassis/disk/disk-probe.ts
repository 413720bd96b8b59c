/** Warns of a disk that fills up at twice the room at which the platform stops writing: alerts are rows, too. */
import type { PlatformProbe } from '../platform-probe.ts'
import type { DiskWatch } from './disk-watch.ts'

const WARNS_AT = 2
const MIB = 1_024 ** 2

export const diskProbe = (watch: Pick<DiskWatch, 'standing'>): PlatformProbe => ({
  key: 'disk-nearly-full',
  severity: 'CRITICAL',
  summary: 'Free space of the fullest disk of the platform, in MiB',
  runbook: 'disk-nearly-full',
  measure: async () => {
    const { freeBytes, freeRatio, reserveBytes, directory, mode } = watch.standing()
    const threshold = reserveBytes * WARNS_AT
    return {
      value: Math.round(freeBytes / MIB),
      threshold: Math.round(threshold / MIB),
      isBreached: freeBytes < threshold,
      detail: `${Math.round(freeBytes / MIB)} MiB (${(freeRatio * 100).toFixed(1)} %) are free at ${directory}; below ${Math.round(reserveBytes / MIB)} MiB the platform changes nothing any more. It is ${mode} now.`,
    }
  },
})
