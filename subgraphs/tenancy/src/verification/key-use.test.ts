import { createLog } from '@stormops/chassis/telemetry/log'
import { describe, expect, it } from 'vitest'
import { keyUse } from './key-use.ts'
import type { UsedKey } from './key-use.ts'

const log = createLog('silent')
const aUse = (keyId: string, second = 0): UsedKey => ({
  tenantId: 'a company',
  keyId,
  at: new Date(Date.UTC(2026, 4, 1, 12, 0, second)),
})

/** Waits for the first look, a second away. */
const written = async (uses: readonly UsedKey[], count: number): Promise<void> => {
  while (uses.length < count) await new Promise((resolve) => setTimeout(resolve, 50))
}

describe('the last use of a key', () => {
  it('is written soon, then not again for a minute, and the last one at the end', async () => {
    const uses: UsedKey[] = []
    const use = keyUse(async (each) => void uses.push(each), log)
    use.note(aUse('one', 1))
    use.note(aUse('one', 2))
    await written(uses, 1)
    use.note(aUse('one', 3))
    use.note(aUse('two', 4))
    use.note(aUse('one', 5))
    await written(uses, 2)
    expect(uses).toEqual([aUse('one', 2), aUse('two', 4)])
    await use.close()
    expect(uses).toEqual([aUse('one', 2), aUse('two', 4), aUse('one', 5)])
  })

  it('that cannot be written keeps no other from being written, nor the platform from closing', async () => {
    const uses: string[] = []
    const use = keyUse(async ({ keyId }) => {
      if (keyId === 'broken') throw new Error('The database is away.')
      uses.push(keyId)
    }, log)
    for (const keyId of ['one', 'broken', 'two']) use.note(aUse(keyId))
    await use.close()
    expect(uses).toEqual(['one', 'two'])
    use.note(aUse('late'))
    await use.close()
    expect(uses).toEqual(['one', 'two'])
  })
})
