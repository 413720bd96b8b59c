/** What is counted of the disk. */
import { Gauge } from 'prom-client'
import type { Registry } from 'prom-client'
import type { DiskWatch } from './disk-watch.ts'

export const diskMetrics = (registry: Registry, watch: Pick<DiskWatch, 'standing'>): void => {
  const gauge = (name: string, help: string, read: () => number): void => {
    const made: Gauge = new Gauge({
      name,
      help,
      registers: [registry],
      collect: () => made.set(read()),
    })
  }
  gauge('disk_free_ratio', 'Free part of the fullest disk, 0 to 1.', () => watch.standing().freeRatio)
  gauge('platform_read_only', '1 while nothing is changed for want of room on the disk.', () =>
    watch.standing().mode === 'open' ? 0 : 1,
  )
}
