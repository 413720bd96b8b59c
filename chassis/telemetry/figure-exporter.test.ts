import { Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import type { PlatformFigures } from '../platform-figures.ts'
import { exportFigures } from './figure-exporter.ts'

const DEPTH = { name: 'queue_depth', help: 'Jobs that wait.', kind: 'gauge' as const }
const DEAD = { name: 'dead_letters', help: 'Jobs that failed for good.', kind: 'gauge' as const }

const printed = async (read: PlatformFigures['read'], scrapes = 1) => {
  const registry = new Registry()
  const warned: unknown[] = []
  const definitions = [DEPTH, DEAD]
  exportFigures(registry, [{ definitions, read, everySeconds: 3_600 }], {
    warn: (...said: unknown[]) => void warned.push(said),
  })
  let text = ''
  for (let scrape = 0; scrape < scrapes; scrape += 1) text = await registry.metrics()
  return { text, warned }
}

describe('figures of the platform', () => {
  it('are printed with their labels, and read once for all of them and for the next seconds', async () => {
    let reads = 0
    const { text } = await printed(async () => {
      reads += 1
      return [
        { name: 'queue_depth', labels: { queue: 'a' }, value: 3 },
        { name: 'dead_letters', value: 0 },
      ]
    }, 3)
    expect(text).toContain('# TYPE queue_depth gauge\nqueue_depth{queue="a"} 3')
    expect(text).toContain('dead_letters 0')
    expect(reads).toBe(1)
  })

  it('that cannot be read are left out, said, and fail nothing', async () => {
    const { text, warned } = await printed(async () => Promise.reject(new Error('The database is away.')))
    expect(text).toContain('# TYPE queue_depth gauge')
    expect(text).not.toMatch(/^queue_depth/m)
    expect(warned).toHaveLength(1)
  })

  it('that do not come keep no scrape waiting for ever', async () => {
    const { text } = await printed(() => new Promise(() => undefined))
    expect(text).toContain('# TYPE dead_letters gauge')
    expect(text).not.toMatch(/^dead_letters/m)
  })
})
