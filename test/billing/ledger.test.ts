import { countWork } from '@stormops/billing/port'
import { newId } from '@stormops/chassis/values/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeUsage } from '../../subgraphs/billing/src/store/ledger-write.ts'
import type { TenantUsage } from '../../subgraphs/billing/src/store/ledger-write.ts'
import {
  aProperty,
  createStorm,
  daysFromNow,
  importCsv,
  ingest,
  scoreStorm,
} from '../storms/storm-builders.ts'
import { toCsv } from '../../subgraphs/storms/src/synthetic/property-csv.ts'
import { openWorld } from '../world/world.ts'
import type { Client, World } from '../world/world.ts'
import { manyWriters } from './many-writers.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const RECORD = `mutation ($input: RecordUsageInput!, $key: String) {
  recordUsage(input: $input, idempotencyKey: $key) {
    __typename
    ... on RecordUsageSuccess { repeated event { id clientEventId metric quantity monthStartsOn occurredAt lateForMonthOn source } }
    ... on UsageEventConflict { message recorded { id quantity } }
    ... on InvalidInput { field message }
  }
}`

const record = async (client: Client, input: object) => (await client.data(RECORD, { input })).recordUsage

const USAGE = `query ($from: DayOrInstant!, $to: DayOrInstant!) {
  usage(periodStart: $from, periodEnd: $to) { metric quantity }
}`

const TODAY = new Date()
const usageOf = async (client: Client): Promise<Record<string, number>> => {
  const { usage } = await client.data(USAGE, { from: daysFromNow(-40), to: daysFromNow(1) })
  return Object.fromEntries(
    usage.map(({ metric, quantity }: { metric: string; quantity: number }) => [metric, quantity]),
  )
}

const aRecord = (tenantId: string, over: Partial<TenantUsage> = {}): TenantUsage => ({
  tenantId,
  eventId: newId(),
  clientEventId: null,
  metric: 'STORMS',
  quantity: 1n,
  occurredAt: TODAY,
  source: 'test',
  subject: null,
  corrects: null,
  detail: null,
  ...over,
})

describe('usage', () => {
  it('is counted in the transaction of the work', async () => {
    const owner = (await world.tenant()).as('OWNER')
    const storm = await createStorm(owner)
    const csv = toCsv([
      aProperty({ externalId: 'A' }),
      aProperty({ externalId: 'B' }),
      aProperty({ externalId: 'B' }),
    ])
    await importCsv(owner, storm, csv)
    await importCsv(owner, storm, csv)
    await scoreStorm(owner, storm)
    const event = { stormId: storm, externalId: 'A', kind: 'KNOCK', at: daysFromNow(-1), clientEventId: 'k' }
    await ingest(owner, [event])
    await ingest(owner, [event])
    expect(await usageOf(owner)).toMatchObject({
      STORMS: 1,
      PROPERTIES: 2,
      MODEL_CALLS: 2,
      JOURNEY_EVENTS: 1,
    })
  })

  it('is counted once for a client’s id, for ever, and names what the id stands for', async () => {
    const owner = (await world.tenant()).as('OWNER')
    const at = daysFromNow(-2)
    const input = { metric: 'PROPERTIES', quantity: 7, clientEventId: 'invoice-run-1', at }
    const first = await record(owner, input)
    expect(first).toMatchObject({
      __typename: 'RecordUsageSuccess',
      repeated: false,
      event: { quantity: 7, occurredAt: at },
    })
    expect(await record(owner, input)).toEqual({ ...first, repeated: true })
    for (const other of [{ quantity: 8 }, { metric: 'STORMS' }, { at: daysFromNow(-3) }]) {
      expect(await record(owner, { ...input, ...other })).toMatchObject({
        __typename: 'UsageEventConflict',
        recorded: { id: first.event.id, quantity: 7 },
      })
    }
    expect(await usageOf(owner)).toMatchObject({ PROPERTIES: 7 })
  })

  it('is another company’s under the same client’s id', async () => {
    const [a, b] = [await world.tenant(), await world.tenant()]
    const input = { metric: 'STORMS', quantity: 1, clientEventId: 'same' }
    const [ofA, ofB] = [await record(a.as('OWNER'), input), await record(b.as('OWNER'), input)]
    expect(ofB).toMatchObject({ repeated: false })
    expect(ofA.event.id).not.toBe(ofB.event.id)
  })

  it.each([
    ['quantity', { quantity: 0 }],
    ['quantity', { quantity: -1 }],
    ['quantity', { quantity: 100_000_001 }],
    ['clientEventId', { clientEventId: '' }],
    ['clientEventId', { clientEventId: 'x'.repeat(201) }],
    ['at', { at: daysFromNow(1) }],
    ['at', { at: daysFromNow(-367) }],
    ['metric', { metric: 'API_CALLS' }],
  ])('is refused with a faulty %s: %j', async (field, over) => {
    const owner = (await world.tenant()).as('OWNER')
    const input = { metric: 'STORMS', quantity: 1, clientEventId: 'a', ...over }
    expect(await record(owner, input)).toMatchObject({ __typename: 'InvalidInput', field })
    expect(await usageOf(owner)).toEqual({})
  })

  it.each([1.5, Number.MAX_SAFE_INTEGER + 1, '7'])('is no number like %s', async (quantity) => {
    const owner = (await world.tenant()).as('OWNER')
    const { errors } = await owner.send(RECORD, { input: { metric: 'STORMS', quantity, clientEventId: 'a' } })
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })
})

const BATCH = `mutation ($input: RecordUsageBatchInput!) {
  recordUsageBatch(input: $input) {
    __typename
    ... on RecordUsageBatchSuccess { recorded repeated }
    ... on UsageRefused { refused message rejections { index reason } }
    ... on InvalidInput { field }
  }
}`

describe('a batch of usage', () => {
  const batch = async (client: Client, events: readonly object[]) =>
    (await client.data(BATCH, { input: { events } })).recordUsageBatch
  const event = (clientEventId: string, quantity = 1) => ({ metric: 'MODEL_CALLS', quantity, clientEventId })

  it('counts what is new, and what is reported again only once', async () => {
    const owner = (await world.tenant()).as('OWNER')
    const events = Array.from({ length: 300 }, (_, place) => event(`e-${place}`, 2))
    expect(await batch(owner, events)).toMatchObject({ recorded: 300, repeated: 0 })
    expect(await batch(owner, [...events.slice(100), event('new'), event('new')])).toMatchObject({
      recorded: 1,
      repeated: 201,
    })
    expect(await usageOf(owner)).toMatchObject({ MODEL_CALLS: 601 })
  })

  it('is taken whole or not at all', async () => {
    const owner = (await world.tenant()).as('OWNER')
    await record(owner, { ...event('taken', 5) })
    expect(await batch(owner, [event('a'), event('b', 0), event('')])).toMatchObject({
      __typename: 'UsageRefused',
      refused: 2,
      rejections: [
        { index: 1, reason: expect.stringMatching(/^quantity: /) },
        { index: 2, reason: expect.stringMatching(/^clientEventId: /) },
      ],
    })
    expect(await batch(owner, [event('a'), event('taken', 6)])).toMatchObject({
      __typename: 'UsageRefused',
      rejections: [{ index: 1 }],
    })
    expect(await batch(owner, [])).toMatchObject({ __typename: 'InvalidInput', field: 'events' })
    expect(await usageOf(owner)).toMatchObject({ MODEL_CALLS: 5 })
  })
})

describe('a correction', () => {
  const CORRECT = `mutation ($input: CorrectUsageInput!) {
    correctUsage(input: $input) { __typename ... on CorrectUsageSuccess { eventId } ... on InvalidInput { field } }
  }`

  it('is an event of its own, and takes back no more than there was', async () => {
    const tenant = await world.tenant()
    const owner = tenant.as('OWNER')
    const { event } = await record(owner, { metric: 'PROPERTIES', quantity: 10, clientEventId: 'ten' })
    const correct = async (quantity: number, eventId: string = event.id) =>
      (await world.staff.data(CORRECT, { input: { tenantId: tenant.id, eventId, quantity, reason: 'Slip' } }))
        .correctUsage
    const tries = await Promise.all(Array.from({ length: 6 }, () => correct(-3)))
    expect(tries.filter(({ __typename }) => __typename === 'CorrectUsageSuccess')).toHaveLength(3)
    expect(await usageOf(owner)).toMatchObject({ PROPERTIES: 1 })
    const corrected = tries.find(({ eventId }) => eventId !== undefined)
    expect(await correct(1, corrected.eventId)).toMatchObject({
      __typename: 'InvalidInput',
      field: 'eventId',
    })
    expect(await correct(0)).toMatchObject({ __typename: 'InvalidInput', field: 'quantity' })
    const { usageEvents } = await owner.data(
      `{ usageEvents(first: 10, metric: PROPERTIES) { edges { node { id quantity correctsEventId } } } }`,
    )
    expect(usageEvents.edges.map(({ node }: { node: { quantity: number } }) => node.quantity)).toEqual([
      -3, -3, -3, 10,
    ])
    expect(usageEvents.edges[0].node.correctsEventId).toBe(event.id)
  })

  it('is for staff alone', async () => {
    const tenant = await world.tenant()
    const { errors } = await tenant.as('OWNER').send(CORRECT, {
      input: { tenantId: tenant.id, eventId: 'use_1', quantity: 1, reason: 'Slip' },
    })
    expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
  })
})

describe('the counters', () => {
  it('are what the ledger sums to, with concurrent writers of many companies', async () => {
    const tenants = await Promise.all([1, 2, 3].map(() => world.tenant()))
    const database = await world.database.open()
    const batches = Array.from({ length: 24 }, (_, batch) =>
      Array.from({ length: 50 }, (_unused, place) =>
        aRecord(tenants[(batch + place) % 3]?.uuid ?? '', {
          metric: (['STORMS', 'MODEL_CALLS', 'JOURNEY_EVENTS'] as const)[place % 3] ?? 'STORMS',
          quantity: BigInt(1 + (place % 7)),
        }),
      ).toSorted((a, b) =>
        batch % 2 === 0 ? a.eventId.localeCompare(b.eventId) : b.eventId.localeCompare(a.eventId),
      ),
    )
    // Every batch is written twice, by two who do it at the same time.
    await Promise.all(
      [...batches, ...batches].map((batch) => database.withLedger((tx) => writeUsage(tx, batch, TODAY))),
    )
    for (const { uuid } of tenants) {
      const { ledger, counters } = await database.withTenant(uuid, async (tx) => ({
        ledger: await tx.rows(
          `select month::text, metric, sum(quantity)::text as used, count(*)::text as events from billing.usage_event
            where metric <> 'API_CALLS' group by 1, 2 order by 1, 2`,
        ),
        counters: await tx.rows(
          `select month::text, metric, used::text, events::text from billing.usage_counter
            where metric <> 'API_CALLS' order by 1, 2`,
        ),
      }))
      expect(counters).toEqual(ledger)
      expect(ledger).toHaveLength(3)
    }
  })
})

describe('a month that is closed', () => {
  it('gets nothing more: what is late is counted in the next, and says whose it was', async () => {
    const tenant = await world.tenant()
    const database = await world.database.open()
    const september = new Date('2026-09-20T12:00:00Z')
    const [event] = [aRecord(tenant.uuid, { occurredAt: september })]
    await database.withTenant(tenant.uuid, (tx) =>
      tx.change(
        `insert into billing.closed_month (tenant_id, month, closed_at) values ($1, '2026-09-01', now()), ($1, '2026-10-01', now())`,
        [tenant.uuid],
      ),
    )
    await database.withTenant(tenant.uuid, (tx) => writeUsage(tx, [event], TODAY))
    const rows = await database.withTenant(tenant.uuid, (tx) =>
      tx.rows(
        `select month::text, late_for::text, occurred_at from billing.usage_event where event_id = $1`,
        [event?.eventId],
      ),
    )
    expect(rows).toEqual([{ month: '2026-11-01', late_for: '2026-09-01', occurred_at: september }])
  })

  it('is waited for by whoever counts in it while it is being closed', async () => {
    const tenant = await world.tenant()
    const database = await world.database.open()
    const { promise: closed, resolve: close } = Promise.withResolvers<void>()
    const { promise: locked, resolve: lock } = Promise.withResolvers<void>()
    const closing = database.withTenant(tenant.uuid, async (tx) => {
      await tx.rows(`select pg_advisory_xact_lock(billing.month_key($1, '2026-11-01'))`, [tenant.uuid])
      lock()
      await closed
      await tx.change(
        `insert into billing.closed_month (tenant_id, month, closed_at) values ($1, '2026-11-01', now())`,
        [tenant.uuid],
      )
    })
    await locked
    const at = new Date('2026-11-15T00:00:00Z')
    const writing = database.withTenant(tenant.uuid, (tx) =>
      writeUsage(tx, [aRecord(tenant.uuid, { occurredAt: at })], at),
    )
    close()
    await Promise.all([closing, writing])
    const counted = await database.withTenant(tenant.uuid, (tx) =>
      tx.rows(`select month::text from billing.usage_counter where metric = 'STORMS'`),
    )
    expect(counted).toEqual([{ month: '2026-12-01' }])
  })
})

describe('a hard limit', () => {
  it('is asked in the one statement that counts', async () => {
    const tenant = await world.tenant({ tier: 'TRIAL' })
    const database = await world.database.open()
    const statements: string[] = []
    await database.withTenant(tenant.uuid, (tx) =>
      countWork(
        {
          ...tx,
          rows: (sql, parameters) => {
            statements.push(sql)
            return tx.rows(sql, parameters)
          },
          change: () => Promise.reject(new Error('A second statement is a second round trip.')),
        },
        { metric: 'STORMS', quantity: 1, source: 'test', subject: 'one', at: new Date() },
      ),
    )
    expect(statements).toHaveLength(1)
  })

  it('is not passed by one, however many try at once', async () => {
    const tenant = await world.tenant({ tier: 'TRIAL' })
    const tries = await manyWriters(world, tenant.uuid, 200, (tx) =>
      writeUsage(tx, [aRecord(tenant.uuid, { metric: 'PROPERTIES', quantity: 7n })], TODAY),
    )
    // 500 / 7
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(71)
    const refusals = tries.flatMap((tried) => (tried.status === 'rejected' ? [tried.reason] : []))
    expect(refusals.every(({ code }) => code === 'QUOTA_EXHAUSTED')).toBe(true)
    expect(refusals[0].facts).toMatchObject({
      metric: 'PROPERTIES',
      allowed: 500,
      requested: 7,
      liftedBy: 'STANDARD',
    })
    const owner = tenant.as('OWNER')
    expect(await usageOf(owner)).toMatchObject({ PROPERTIES: 497 })
  })

  it('undoes the work that passes it, and says what lifts it', async () => {
    const tenant = await world.tenant({ tier: 'TRIAL' })
    const owner = tenant.as('OWNER')
    await createStorm(owner)
    const { data, errors } = await owner.send(
      `mutation { createStorm(input: { eventId: "second", name: "Second", startsAt: "2026-11-01T00:00:00Z", endsAt: "2026-11-20T00:00:00Z" }) { __typename } }`,
    )
    expect(data).toEqual({ createStorm: null })
    expect(errors[0]).toMatchObject({
      message:
        'Your plan includes 1 storms a month, 1 are used, and this needs 1. The plan STANDARD allows it.',
      extensions: {
        code: 'QUOTA_EXHAUSTED',
        metric: 'STORMS',
        used: 1,
        requested: 1,
        allowed: 1,
        liftedBy: 'STANDARD',
      },
    })
    const { storms } = await owner.data(`{ storms(first: 5) { edges { node { id } } } }`)
    expect(storms.edges).toHaveLength(1)
  })
})
