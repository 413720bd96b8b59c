/** Whether anything may be changed; how full the disk is is told elsewhere. */
import { Gauge } from 'prom-client'
import type { Registry } from 'prom-client'
import type { DiskWatch } from './disk-watch.ts'

export const diskMetrics = (registry: Registry, watch: Pick<DiskWatch, 'standing'>): void => {
  const made: Gauge = new Gauge({
    name: 'platform_read_only',
    help: '1 while nothing is changed for want of room on the disk.',
    registers: [registry],
    collect: () => made.set(watch.standing().mode === 'open' ? 0 : 1),
  })
}
