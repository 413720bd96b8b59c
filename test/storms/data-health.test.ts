import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld } from '../world/world.ts'
import type { Client, World } from '../world/world.ts'
import { createStorm, importCsv } from './storm-builders.ts'

let world: World
let owner: Client
beforeAll(async () => {
  world = await openWorld()
  owner = (await world.tenant()).as('OWNER')
})
afterAll(() => world.close())

const HEALTH = `query ($id: ID!) { storm(id: $id) { propertyCount dataHealth { checks { name status observed } } } }`

const acceptedShare = async (stormId: string): Promise<{ status: string; observed: number }> => {
  const { storm } = await owner.data(HEALTH, { id: stormId })
  return storm.dataHealth.checks.find(({ name }: { name: string }) => name === 'rows_accepted')
}

const file = (lines: readonly string[]): string => ['external_id,hail_max_in', ...lines].join('\n')
const good = Array.from({ length: 18 }, (_, n) => `p-${n},1.5`)

describe('the health of a storm’s data', () => {
  it('counts the lines that were refused', async () => {
    const stormId = await createStorm(owner)
    await importCsv(owner, stormId, file([...good, 'p-18,hail', 'p-19,hail']))
    expect(await acceptedShare(stormId)).toMatchObject({ status: 'WARN', observed: 0.9 })
  })

  it('is whole again once a corrected file names every property', async () => {
    const stormId = await createStorm(owner)
    await importCsv(owner, stormId, file([...good, 'p-18,hail', 'p-19,hail']))
    await importCsv(owner, stormId, file([...good, 'p-18,2', 'p-19,2']))
    expect(await acceptedShare(stormId)).toMatchObject({ status: 'PASS', observed: 1 })
  })

  it('stays as it was when the same file is sent twice', async () => {
    const stormId = await createStorm(owner)
    await importCsv(owner, stormId, file(good))
    await importCsv(owner, stormId, file(good))
    expect(await acceptedShare(stormId)).toMatchObject({ status: 'PASS', observed: 1 })
  })

  it('still counts a file’s refused lines after another file came with other properties', async () => {
    const stormId = await createStorm(owner)
    await importCsv(owner, stormId, file([...good, 'p-18,hail', 'p-19,hail']))
    await importCsv(owner, stormId, file(['q-0,1', 'q-1,1']))
    expect((await acceptedShare(stormId)).observed).toBeCloseTo(20 / 22, 12)
  })
})
