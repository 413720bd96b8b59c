import { Registry } from 'prom-client'
import { afterEach, describe, expect, it } from 'vitest'
import { diskMetrics } from '@stormops/chassis/disk/disk-metrics'
import { diskProbe } from '@stormops/chassis/disk/disk-probe'
import { openDiskWatch } from '@stormops/chassis/disk/disk-watch'
import type { DiskWatch } from '@stormops/chassis/disk/disk-watch'
import { createLog } from '@stormops/chassis/telemetry/log'

const MIB = 1_024 ** 2

const watches: DiskWatch[] = []
afterEach(() => {
  for (const watch of watches.splice(0)) watch.stop()
})

/** Two disks of 1,000 MiB, of which 100 are the reserve. */
const watched = async (reserve = 100) => {
  const free = { home: 900, data: 900 }
  const watch = await openDiskWatch({
    directories: ['home', 'data'],
    reserve: { share: null, bytes: reserve * MIB },
    log: createLog('silent'),
    spaceOf: async (directory) => ({
      sizeBytes: 1_000 * MIB,
      freeBytes: (directory === 'home' ? free.home : free.data) * MIB,
    }),
    everyMilliseconds: 1_000_000,
  })
  watches.push(watch)
  const modes: string[] = []
  watch.onChange((mode) => modes.push(mode))
  const at = async (mebibytes: number): Promise<string> => {
    free.data = mebibytes
    return (await watch.look()).mode
  }
  return { watch, at, modes }
}

describe('a disk that fills up', () => {
  it('stops what changes at the reserve, everything at a quarter of it, and comes back with room to spare', async () => {
    const { watch, at, modes } = await watched()
    expect(await at(100)).toBe('open')
    expect(await at(99)).toBe('read-only')
    expect(await at(110)).toBe('read-only')
    expect(await at(24)).toBe('closed')
    expect(await at(28)).toBe('closed')
    expect(await at(32)).toBe('read-only')
    expect(await at(124)).toBe('read-only')
    expect(watch.requireRoom).toThrow('nearly out of room')
    expect(await at(125)).toBe('open')
    expect(watch.requireRoom).not.toThrow()
    expect(modes).toEqual(['read-only', 'closed', 'read-only', 'open'])
    expect(watch.standing()).toMatchObject({ directory: 'data', freeRatio: 0.125 })
  })

  it('is warned of at twice the reserve, while the warning can still be written down', async () => {
    const { watch, at } = await watched()
    const probe = diskProbe(watch)
    await at(200)
    expect(await probe.measure()).toMatchObject({ value: 200, threshold: 200, isBreached: false })
    await at(199)
    expect(await probe.measure()).toMatchObject({ value: 199, isBreached: true })
    expect(watch.standing().mode).toBe('open')
  })

  it('is counted', async () => {
    const { watch, at } = await watched()
    const registry = new Registry()
    diskMetrics(registry, watch)
    expect(await registry.metrics()).toContain('platform_read_only 0')
    expect(await registry.metrics()).toContain('disk_free_ratio 0.9')
    await at(50)
    expect(await registry.metrics()).toContain('platform_read_only 1')
    expect(await registry.metrics()).toContain('disk_free_ratio 0.05')
  })

  it('stands as it stood while it cannot be looked at', async () => {
    const reserve = { share: null, bytes: 1 }
    const spaceOf = () => Promise.reject(new Error('EIO'))
    const log = createLog('silent')
    const watch = await openDiskWatch({ directories: ['home'], reserve, log, spaceOf })
    watches.push(watch)
    expect(watch.standing().mode).toBe('open')
  })
})
