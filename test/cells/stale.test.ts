import { randomUUID } from 'node:crypto'
import { openCells } from '@stormops/chassis/cells/cells'
import type { Cells } from '@stormops/chassis/cells/cells'
import { moveCompany } from '@stormops/chassis/cells/move/move-company'
import { openTenantDatabase } from '@stormops/chassis/cells/routed-database'
import { openDatabase } from '@stormops/chassis/database/database'
import type { Database } from '@stormops/chassis/database/database'
import { Fault } from '@stormops/chassis/fault'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStorm } from '../storms/storm-builders.ts'
import { openWorld } from '../world/world.ts'
import type { TestTenant, World } from '../world/world.ts'
import { aCell, asked, needsOf } from './a-cell.ts'
import type { TestCell } from './a-cell.ts'

let gulf: TestCell
let world: World
let cells: Cells | null
let router: Database
let alone: Database
beforeAll(async () => {
  gulf = await aCell('gulf')
  world = await openWorld({ cells: [gulf] })
  cells = await openCells(world.database.app, [{ name: 'gulf', connection: gulf.database.app }], {
    warn: () => undefined,
  })
  const options = { connection: world.database.app, entities: [], poolSize: 3 }
  router = await openTenantDatabase({
    ...options,
    name: 'other process',
    cells: cells && thatNeverLooks(cells),
  })
  // A process that was started before there was another cell, and knows of none.
  alone = await openDatabase({ ...options, name: 'old process' })
})
afterAll(async () => {
  await router.close()
  await alone.close()
  await cells?.close()
  await world.close()
  await gulf.database.close()
})

/** Knows of no company that moved until somebody is refused. */
const thatNeverLooks = (cells: Cells): Cells => {
  const learnt = new Map<string, string>()
  const { lookUp, close } = cells.placements
  return {
    ...cells,
    placements: {
      cellOf: (company) => learnt.get(company) ?? 'home',
      lookUp: async (company) => {
        const cell = await lookUp(company)
        learnt.set(company, cell)
        return cell
      },
      close,
    },
  }
}

const moved = async (): Promise<TestTenant> => {
  const tenant = await world.tenant()
  await createStorm(tenant.as('OWNER'))
  const wanted = { id: randomUUID(), company: tenant.uuid, to: 'gulf' }
  expect(await moveCompany(needsOf(world.database, [gulf]), wanted)).toBe('moved')
  return tenant
}

const COUNT = 'select count(*)::integer as n from storms.storm'
const WRITE = `update storms.storm set name = 'Written'`

describe('a process that does not know yet that a company moved', () => {
  it('is refused by the cell it goes to, and then goes to the right one, once', async () => {
    const tenant = await moved()
    expect(router.cellOf(tenant.uuid)).toBe('home')
    let begun = 0
    const read = await router.withTenant(tenant.uuid, async (tx) => {
      begun += 1
      return { rows: await tx.rows<{ n: number }>(COUNT), written: await tx.change(WRITE) }
    })
    expect([begun, read.rows[0]?.n, read.written]).toEqual([1, 1, 1])
    expect(router.cellOf(tenant.uuid)).toBe('gulf')
    const names = (where: TestCell['admin']) =>
      asked<{ name: string }>(where, 'select name from storms.storm where tenant_id = $1', [tenant.uuid])
    expect((await names(gulf.admin))[0]?.name).toBe('Written')
    expect((await names(world.database.admin))[0]?.name).not.toBe('Written')
  })

  it('finds its way for a stream of rows too', async () => {
    const tenant = await moved()
    const { rows } = await router.withTenantClient(tenant.uuid, (client) =>
      client.query<{ n: number }>(COUNT),
    )
    expect(rows[0]?.n).toBe(1)
  })

  it('finds its way for what a person does there, with all that was done before it in the same transaction', async () => {
    const tenant = await moved()
    let begun = 0
    const written = await router.withIdentity(async (tx) => {
      begun += 1
      await tx.rows('select 1')
      return tx.actFor(tenant.uuid, (inTenant) => inTenant.change(WRITE))
    })
    expect([begun, written, router.cellOf(tenant.uuid)]).toEqual([2, 1, 'gulf'])
  })

  it('reads and writes nothing where it was told of no other cell', async () => {
    const tenant = await moved()
    const refused = { code: 'UNAVAILABLE', facts: { retryAfterSeconds: 2 } }
    for (const readOnly of [true, false]) {
      const work = alone.withTenant(tenant.uuid, (tx) => tx.rows(COUNT), { readOnly })
      await expect(work).rejects.toMatchObject(refused)
    }
    await expect(alone.withTenantClient(tenant.uuid, async () => undefined)).rejects.toMatchObject(refused)
    await expect(
      alone.withIdentity((tx) => tx.actFor(tenant.uuid, async () => undefined)),
    ).rejects.toBeInstanceOf(Fault)
  })

  it('sees nothing of it from over all companies, nor counts for it', async () => {
    const tenant = await moved()
    const seen = await alone.withPlatform((tx) =>
      tx.rows(`select from billing.account where tenant_id = $1`, [tenant.uuid]),
    )
    expect(seen).toEqual([])
    const counting = alone.withLedger((tx) =>
      tx.rows(
        `insert into billing.usage_event (tenant_id, event_id, metric, quantity, occurred_at, month, source, recorded_at)
         values ($1, $2, 'API_CALLS', 1, now(), '2026-11-01', 'test', now())`,
        [tenant.uuid, randomUUID()],
      ),
    )
    await expect(counting).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
})
