import { randomUUID } from 'node:crypto'
import { cleanMove, moveCompany } from '@stormops/chassis/cells/move/move-company'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quiet, useEverything } from '../invariants/company-with-everything.ts'
import { createStorm } from '../storms/storm-builders.ts'
import { until } from '@stormops/chassis/testing/until'
import { openWorld } from '../world/world.ts'
import type { TestTenant, World } from '../world/world.ts'
import { aCell, asked, needsOf } from './a-cell.ts'
import type { TestCell } from './a-cell.ts'

let gulf: TestCell
let world: World
beforeAll(async () => {
  gulf = await aCell('gulf')
  world = await openWorld({ cells: [gulf], meter: 'ledger' })
})
afterAll(async () => {
  await world.close()
  await gulf.database.close()
})

const SEEN = `query {
  viewer { tenant { id slug name status } }
  storms(first: 50) { edges { node { id name status properties(first: 100) { edges { node { id externalId } } } } } }
  pilots(first: 50) { edges { node { id status report { inputHash verdict } } } }
  invoices(first: 50) { edges { node { id number status total { minorUnits currency } } } }
  auditChain { valid }
  members(first: 50) { edges { node { id email role } } }
}`

const move = async (tenant: TestTenant, to: string): Promise<string> => {
  const id = randomUUID()
  const wanted = { id, company: tenant.uuid, to }
  expect(await moveCompany(needsOf(world.database, [gulf]), wanted)).toBe('moved')
  return id
}

describe('a company that moves to another database', () => {
  it('has everything there that it had here, and works on', async () => {
    const [tenant, other] = [await world.tenant(), await world.tenant()]
    await useEverything(tenant, world.staff)
    await quiet(tenant)
    const owner = tenant.as('OWNER')
    const [before, theirs] = [await owner.data(SEEN), await other.as('OWNER').data(SEEN)]
    const id = await move(tenant, 'gulf')
    expect(await owner.data(SEEN)).toEqual(before)
    expect(await other.as('OWNER').data(SEEN)).toEqual(theirs)
    const [kept] = await asked<{ state: string; tables: { table: string; rows: number }[] }>(
      world.database.admin,
      'select state, tables from chassis.tenant_move where id = $1',
      [id],
    )
    expect(kept?.state).toBe('SWITCHED')
    expect(kept?.tables.length).toBeGreaterThan(30)
    await createStorm(owner)
    const inGulf = await asked(gulf.admin, 'select from storms.storm where tenant_id = $1', [tenant.uuid])
    const atHome = await asked(world.database.admin, 'select from storms.storm where tenant_id = $1', [
      tenant.uuid,
    ])
    expect([inGulf.length, atHome.length]).toEqual([3, 2])
    await until(async () => (await owner.data('{ auditChain { valid unsealed } }')).auditChain.unsealed === 0)
    expect((await owner.data('{ auditChain { valid } }')).auditChain.valid).toBe(true)

    expect(
      await cleanMove(needsOf(world.database, [gulf]), { id, company: tenant.uuid, to: 'gulf' }, 60_000),
    ).toBe(false)
    expect(
      await cleanMove(needsOf(world.database, [gulf]), { id, company: tenant.uuid, to: 'gulf' }, 0),
    ).toBe(true)
    expect(
      await asked(world.database.admin, 'select from storms.storm where tenant_id = $1', [tenant.uuid]),
    ).toEqual([])

    await move(tenant, 'home')
    expect((await owner.data(SEEN)).pilots).toEqual(before.pilots)
    expect((await owner.data(SEEN)).storms.edges).toHaveLength(3)
  })
})
