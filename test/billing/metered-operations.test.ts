import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRows } from '../storms/rows.ts'
import type { Rows } from '../storms/rows.ts'
import { killablePlatform } from '../world/killable-platform.ts'
import { until } from '@stormops/chassis/testing/until'
import { openWorld } from '../world/world.ts'
import type { World } from '../world/world.ts'

let world: World
let rows: Rows
beforeAll(async () => {
  world = await openWorld({ meter: 'ledger' })
  rows = await openRows(world.database.admin)
})
afterAll(async () => {
  await rows.close()
  await world.close()
})

type Call = { readonly subject: string | null; readonly detail: Record<string, unknown> }

const callsOf = (tenantId: string): Promise<Call[]> =>
  rows.many<Call>(
    `select subject, detail from billing.usage_event where tenant_id = $1 and metric = 'API_CALLS' order by event_id`,
    [tenantId],
  )

describe('an answered operation', () => {
  it('is in the ledger of its company with its name, its cost and who asked', async () => {
    const tenant = await world.tenant()
    await tenant.as('ANALYST').data(`query Home { viewer { actor { id } } plans { tier } }`)
    await tenant.as('OWNER').send(`{ plan { tier } nonsense }`)
    await tenant.as('VIEWER').send(`query Refused { auditEvents(first: 1) { edges { cursor } } }`)
    await tenant.as('OWNER').data(`query Last { plan { tier } }`)
    await until(async () => (await callsOf(tenant.uuid)).at(-1)?.subject === 'Last')
    // What had no name was asked to open the company.
    const calls = (await callsOf(tenant.uuid)).filter(({ subject }) => subject !== null)
    expect(calls.find(({ subject }) => subject === 'Home')).toMatchObject({
      detail: {
        actorKind: 'USER',
        actorId: 'usr_analyst',
        operationType: 'query',
        outcome: 'ok',
        cost: expect.any(Number),
      },
    })
    // What a stage refused was not executed.
    expect(calls.map(({ subject }) => subject)).toEqual(['Home', 'Last'])
    const owner = tenant.as('OWNER')
    const { usageEvents } = await owner.data(
      `{ usageEvents(first: 100, metric: API_CALLS) { edges { node { quantity source } } } }`,
    )
    expect(usageEvents.edges[0].node).toEqual({ quantity: 1, source: 'gateway' })
  })
})

describe('a platform that is killed', () => {
  it('has lost no answered operation, and counted none twice', async () => {
    const platform = await killablePlatform()
    const stored = await openRows(platform.database.admin)
    try {
      await platform.start()
      const tenantId = await platform.company('Metered Roofing')
      const client = await platform.client(tenantId)
      const answered: string[] = []
      let asked = 0
      for (let kill = 0; kill < 3; kill += 1) {
        const life = { isOver: false }
        const askers = Array.from({ length: 6 }, async () => {
          while (!life.isOver) {
            const name = `Call_${(asked += 1)}`
            await client.send(`query ${name} { plan { tier } }`).then(
              () => answered.push(name),
              () => undefined,
            )
          }
        })
        const enough = answered.length + 60
        await until(async () => answered.length > enough)
        await platform.kill()
        life.isOver = true
        await Promise.all(askers)
        await platform.start()
      }
      const counted = async (): Promise<string[]> =>
        (
          await stored.many<{ subject: string }>(
            `select subject from billing.usage_event where tenant_id = $1 and subject like 'Call_%'`,
            [tenantId],
          )
        ).map(({ subject }) => subject)
      await until(async () => {
        const known = new Set(await counted())
        return answered.every((name) => known.has(name))
      })
      const names = await counted()
      expect(new Set(names).size).toBe(names.length)
      expect(names.length).toBeLessThanOrEqual(asked)
      expect(answered.length).toBeGreaterThan(180)
    } finally {
      await stored.close()
      await platform.close()
    }
  })
})
