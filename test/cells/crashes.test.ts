import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { abandonMove, cleanMove, moveCompany } from '@stormops/chassis/cells/move/move-company'
import { movesToTend } from '@stormops/chassis/cells/move/tend-moves'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStorm } from '../storms/storm-builders.ts'
import { until } from '@stormops/chassis/testing/until'
import { openWorld } from '../world/world.ts'
import type { TestTenant, World } from '../world/world.ts'
import { aCell, asked, needsOf } from './a-cell.ts'
import type { TestCell } from './a-cell.ts'
import type { MoverPlace } from './mover-process.fixture.ts'

const PROGRAM = fileURLToPath(new URL('./mover-process.fixture.ts', import.meta.url))

let gulf: TestCell
let world: World
beforeAll(async () => {
  gulf = await aCell('gulf')
  world = await openWorld({ cells: [gulf] })
})
afterAll(async () => {
  await world.close()
  await gulf.database.close()
})

const MOVERS = `select from pg_stat_activity where datname = current_database() and application_name = 'stormops moves'`

const dieIn = async (tenant: TestTenant, state: string) => {
  const wanted = { id: randomUUID(), company: tenant.uuid, to: 'gulf' }
  const place: MoverPlace = {
    owners: [...needsOf(world.database, [gulf]).owners].map(([name, settings]) => [
      name,
      settings,
      settings.password?.reveal() ?? '',
    ]),
    wanted,
    dieIn: state,
  }
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(place)], { stdio: 'inherit' })
  const [, signal]: unknown[] = await once(child, 'exit')
  expect(signal).toBe('SIGKILL')
  // The server notices a little later that nobody is there any more, and has the company in that hand until then.
  for (const { admin } of [world.database, gulf]) {
    await until(async () => (await asked(admin, MOVERS)).length === 0)
  }
  return wanted
}

/** In which databases the company may be written. */
const homesOf = async ({ uuid }: TestTenant): Promise<readonly string[]> => {
  const sides = await Promise.all(
    [
      { name: 'home', admin: world.database.app },
      { name: 'gulf', admin: gulf.database.app },
    ].map(async ({ name, admin }) =>
      asked(admin, 'select chassis.enter($1, true)', [uuid]).then(
        () => [name],
        () => [],
      ),
    ),
  )
  return sides.flat()
}

const stormsOf = async (tenant: TestTenant): Promise<readonly string[]> => {
  const { storms } = await tenant.as('OWNER').data('{ storms(first: 100) { edges { node { id } } } }')
  return storms.edges.map(({ node }: { node: { id: string } }) => node.id).toSorted()
}

const READ_THERE = 'select from storms.storm where tenant_id = $1'

describe('a mover that is killed', () => {
  it.each(['PREPARED', 'COPYING', 'FENCED', 'VERIFIED', 'SWITCHED'])(
    'in %s leaves at most one home, and the next one ends what it began',
    async (state) => {
      const tenant = await world.tenant()
      await createStorm(tenant.as('OWNER'))
      const before = await stormsOf(tenant)
      const wanted = await dieIn(tenant, state)
      expect((await homesOf(tenant)).length).toBeLessThanOrEqual(1)
      expect(await stormsOf(tenant)).toEqual(before)
      expect(await movesToTend(needsOf(world.database, [gulf]))).toContainEqual({
        ...wanted,
        next: state === 'SWITCHED' ? 'clean' : 'go-on',
      })
      expect(await moveCompany(needsOf(world.database, [gulf]), wanted)).toBe('moved')
      expect(await homesOf(tenant)).toEqual(['gulf'])
      expect(await stormsOf(tenant)).toEqual(before)
      const added = await createStorm(tenant.as('OWNER'))
      expect(await stormsOf(tenant)).toEqual([...before, added].toSorted())
      expect(await cleanMove(needsOf(world.database, [gulf]), wanted, 0)).toBe(true)
      expect(await asked(world.database.admin, READ_THERE, [tenant.uuid])).toEqual([])
    },
  )

  it.each(['COPYING', 'FENCED', 'VERIFIED'])(
    'in %s can be given up, and the company works on where it was',
    async (state) => {
      const tenant = await world.tenant()
      await createStorm(tenant.as('OWNER'))
      const wanted = await dieIn(tenant, state)
      expect(await abandonMove(needsOf(world.database, [gulf]), wanted)).toBe('abandoned')
      expect(await homesOf(tenant)).toEqual(['home'])
      expect(await asked(gulf.admin, READ_THERE, [tenant.uuid])).toEqual([])
      await createStorm(tenant.as('OWNER'))
      expect(await moveCompany(needsOf(world.database, [gulf]), wanted)).toBe('over')
      const again = { ...wanted, id: randomUUID() }
      expect(await moveCompany(needsOf(world.database, [gulf]), again)).toBe('moved')
      expect(await stormsOf(tenant)).toHaveLength(2)
    },
  )
})
