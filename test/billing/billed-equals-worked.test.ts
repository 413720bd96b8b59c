import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toCsv } from '../../subgraphs/storms/src/synthetic/property-csv.ts'
import {
  aProperty,
  aStorm,
  CREATE_STORM,
  daysFromNow,
  IMPORT,
  INGEST,
  SCORE,
} from '../storms/storm-builders.ts'
import { openRows } from '../storms/rows.ts'
import type { Rows } from '../storms/rows.ts'
import { killablePlatform } from '../world/killable-platform.ts'
import type { KillablePlatform } from '../world/killable-platform.ts'
import type { Answer, Client } from '../world/world.ts'

const KILLS = 5
const WORKERS = 4
const SHORTEST_MS = 300
const LONGEST_MS = 1_500
const PROPERTIES = 25

let platform: KillablePlatform
let rows: Rows
beforeAll(async () => {
  platform = await killablePlatform()
  rows = await openRows(platform.database.admin)
})
afterAll(async () => {
  await rows.close()
  await platform.close()
})

/** What a platform that was killed did not answer is not known to have been done, and not known not to have. */
const asked = (answer: Promise<Answer>): Promise<Answer['data']> =>
  answer.then(
    ({ data }) => data,
    () => null,
  )

/** A storm from its creation to its first touches, each a transaction of its own, until the platform is gone. */
const work = async (client: Client, isOver: () => boolean): Promise<void> => {
  while (!isOver()) {
    const created = await asked(client.send(CREATE_STORM, { input: aStorm() }))
    const stormId = created?.createStorm?.storm?.id
    if (stormId === undefined) continue
    const roofs = Array.from({ length: PROPERTIES }, () => aProperty())
    await asked(client.send(IMPORT, { input: { stormId, csv: toCsv(roofs) } }))
    await asked(client.send(SCORE, { input: { stormId } }))
    const events = roofs.map(({ externalId }) => ({
      stormId,
      externalId,
      kind: 'KNOCK',
      at: daysFromNow(-1),
      clientEventId: `knock-${externalId}`,
    }))
    await asked(client.send(INGEST, { input: { events } }))
    // The same again, as a client does that got no answer.
    await asked(client.send(INGEST, { input: { events } }))
  }
}

const DONE = `
  select 'STORMS' as metric, count(*)::text as n from storms.storm where tenant_id = $1
  union all select 'PROPERTIES', count(*)::text from storms.property where tenant_id = $1
  union all select 'MODEL_CALLS', count(*)::text from storms.score where tenant_id = $1
  union all select 'JOURNEY_EVENTS', count(*)::text from storms.journey_event where tenant_id = $1
  order by 1`
const LEDGER = `
  select metric, sum(quantity)::text as n from billing.usage_event
   where tenant_id = $1 and metric <> 'API_CALLS' group by metric order by metric`
const COUNTERS = `
  select metric, sum(used)::text as n from billing.usage_counter
   where tenant_id = $1 and metric <> 'API_CALLS' group by metric order by metric`

describe('what is billed', () => {
  it('is what was worked, wherever the platform is killed', async () => {
    await platform.start()
    const tenantId = await platform.company('Counted Roofing')
    const client = await platform.client(tenantId)
    for (let kill = 0; kill < KILLS; kill += 1) {
      let isOver = false
      const working = Array.from({ length: WORKERS }, () => work(client, () => isOver))
      await sleep(SHORTEST_MS + Math.random() * (LONGEST_MS - SHORTEST_MS))
      isOver = true
      await platform.kill()
      await Promise.all(working)
      const done = await rows.many<{ metric: string; n: string }>(DONE, [tenantId])
      // Of what was not worked at all there is no line to sum.
      const worked = done.filter(({ n }) => n !== '0')
      expect(await rows.many(LEDGER, [tenantId])).toEqual(worked)
      expect(await rows.many(COUNTERS, [tenantId])).toEqual(worked)
      await platform.start()
    }
    const done = await rows.many<{ n: string }>(DONE, [tenantId])
    expect(done.every(({ n }) => Number(n) > 0)).toBe(true)
  })
})
