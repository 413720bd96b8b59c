/** How full the disk is, and whether anything may be changed: as of the last look of the process that watches it. */
import { Gauge } from 'prom-client'
import type { Registry } from 'prom-client'
import type { DiskWatch } from './disk-watch.ts'

export const diskMetrics = (registry: Registry, watch: Pick<DiskWatch, 'standing'>): void => {
  const readOnly: Gauge = new Gauge({
    name: 'platform_read_only',
    help: '1 while nothing is changed for want of room on the disk.',
    registers: [registry],
    collect: () => readOnly.set(watch.standing().mode === 'open' ? 0 : 1),
  })
  const free: Gauge = new Gauge({
    name: 'disk_free_ratio',
    help: 'Share of the fullest disk of this process that is free for its account.',
    registers: [registry],
    collect: () => free.set(watch.standing().freeRatio),
  })
}
