import type { Database } from '@stormops/chassis/database/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld } from '../world/world.ts'
import type { TestTenant, World } from '../world/world.ts'
import {
  createInvoice,
  creditInvoice,
  EXAMPLE,
  finalizeInvoice,
  moved,
  NOW,
  OCTOBER,
  openInvoice,
  use,
  voidInvoice,
} from './invoice-builders.ts'

let world: World
let database: Database
beforeAll(async () => {
  world = await openWorld({ clock: { now: () => NOW } })
  database = await world.database.open()
})
afterAll(() => world.close())

const aCompany = async (quantities: Parameters<typeof use>[2] = EXAMPLE): Promise<TestTenant> => {
  const tenant = await world.tenant()
  await use(database, tenant, quantities)
  return tenant
}

const amountsOf = ({ lines }: any): object =>
  Object.fromEntries(lines.map(({ metric, amount }: any) => [metric ?? 'BASE', amount.minorUnits]))

describe('the invoice of a month', () => {
  it('is $850 for 7 storms, 6,000 properties and 15,000 model calls', async () => {
    const owner = (await aCompany()).as('OWNER')
    const answer = await createInvoice(owner)
    expect(answer).toMatchObject({
      __typename: 'CreateInvoiceSuccess',
      invoice: {
        number: null,
        status: 'DRAFT',
        periodStartsOn: '2026-10-01',
        nextPeriodStartsOn: '2026-11-01',
        base: { minorUnits: 50_000 },
        overage: { minorUnits: 35_000 },
        total: { minorUnits: 85_000, currency: 'USD' },
        amountDue: { minorUnits: 85_000 },
        finalizedAt: null,
      },
    })
    expect(answer.invoice.lines).toEqual([
      line('BASE', null, 'Standard plan, October 2026', [1, null, '50000', 1], 50_000),
      line(
        'USAGE',
        'STORMS',
        'Storms: 7 used, 5 included, 2 over at $100.00 each',
        [7, 5, '10000', 1],
        20_000,
      ),
      line(
        'USAGE',
        'PROPERTIES',
        'Properties: 6,000 used, 5,000 included, 1,000 over at $0.10 each',
        [6_000, 5_000, '10', 1],
        10_000,
      ),
      line(
        'USAGE',
        'MODEL_CALLS',
        'Model calls: 15,000 used, 10,000 included, 5,000 over at $0.01 each',
        [15_000, 10_000, '1', 1],
        5_000,
      ),
      line(
        'USAGE',
        'JOURNEY_EVENTS',
        'Journey events: 0 used, 1,000,000 included',
        [0, 1_000_000, '5', 1_000],
        0,
      ),
    ])
    const { invoice } = await finalizeInvoice(owner, answer.invoice.id)
    expect(invoice).toMatchObject({
      id: answer.invoice.id,
      number: expect.stringMatching(/^INV-\d{6}$/),
      status: 'OPEN',
      total: { minorUnits: 85_000 },
      lines: answer.invoice.lines,
      finalizedAt: NOW.toISOString(),
      dueAt: '2026-11-23T12:00:00.000Z',
      contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const { invoices } = await owner.data(`{ invoices(status: OPEN) { edges { node { id number } } } }`)
    expect(invoices.edges).toEqual([{ node: { id: invoice.id, number: invoice.number } }])
  })

  const line = (
    kind: string,
    metric: string | null,
    description: string,
    [quantity, included, unitPrice, unitSize]: readonly [number, number | null, string, number],
    minorUnits: number,
  ) => ({
    kind,
    metric,
    description,
    quantity,
    included,
    unitPrice: { minorUnits: unitPrice, currency: 'USD' },
    unitSize,
    amount: { minorUnits, currency: 'USD' },
  })

  it('is computed again while it is a draft, and keeps its id', async () => {
    const tenant = await aCompany({ STORMS: 6 })
    const { invoice: first } = await createInvoice(tenant.as('OWNER'))
    await use(database, tenant, { STORMS: 1 })
    const { invoice: second } = await createInvoice(tenant.as('BILLING'))
    expect([first.total.minorUnits, second.total.minorUnits]).toEqual([60_000, 70_000])
    expect(second.id).toBe(first.id)
    await use(database, tenant, { STORMS: 1 })
    const { invoice: final } = await finalizeInvoice(tenant.as('OWNER'), first.id)
    expect(final.total.minorUnits).toBe(80_000)
  })

  it('is there once', async () => {
    const owner = (await aCompany()).as('OWNER')
    const { id, number } = await openInvoice(owner)
    expect(await createInvoice(owner)).toMatchObject({
      __typename: 'InvoicePeriodTaken',
      message: `This month has the invoice ${number} already.`,
      invoice: { id, number },
    })
    expect(await finalizeInvoice(owner, id)).toMatchObject({
      __typename: 'InvoiceStatusConflict',
      status: 'OPEN',
    })
  })

  it('can be drafted while it runs, and gets its number when it is over', async () => {
    const owner = (await aCompany()).as('OWNER')
    const { invoice } = await createInvoice(owner, { periodStart: '2026-11-01', periodEnd: '2026-12-01' })
    expect(await finalizeInvoice(owner, invoice.id)).toMatchObject({
      __typename: 'InvoicePeriodRunning',
      endsAt: '2026-12-01T06:00:00.000Z',
    })
  })

  it.each([
    ['periodStart', { periodStart: '2026-10-02' }],
    ['periodStart', { periodStart: '2026-10-15T00:00:00Z' }],
    ['periodEnd', { periodEnd: '2026-12-01' }],
    ['periodEnd', { periodEnd: '2026-10-01' }],
    ['periodStart', { periodStart: '2026-12-01', periodEnd: '2027-01-01' }],
  ])('is for one month that has begun: a faulty %s in %j', async (field, over) => {
    const owner = (await aCompany()).as('OWNER')
    expect(await createInvoice(owner, { ...OCTOBER, ...over })).toMatchObject({
      __typename: 'InvalidInput',
      field,
    })
  })

  it('is the company’s own month also where a partner sends midnights of UTC', async () => {
    const owner = (await aCompany()).as('OWNER')
    const { invoice } = await createInvoice(owner, {
      periodStart: '2026-10-01T00:00:00Z',
      periodEnd: '2026-10-31T23:59:59Z',
    })
    expect(invoice).toMatchObject({
      startsAt: '2026-10-01T05:00:00.000Z',
      endsAt: '2026-11-01T05:00:00.000Z',
    })
  })

  it.each([
    ['America/Chicago', '2026-03-01', '2026-04-01', '2026-03-01T06:00:00.000Z', '2026-04-01T05:00:00.000Z'],
    ['America/Chicago', '2025-11-01', '2025-12-01', '2025-11-01T05:00:00.000Z', '2025-12-01T06:00:00.000Z'],
    ['Asia/Kolkata', '2026-10-01', '2026-11-01', '2026-09-30T18:30:00.000Z', '2026-10-31T18:30:00.000Z'],
  ])('is of the days of %s from %s to %s', async (timeZone, periodStart, periodEnd, startsAt, endsAt) => {
    const tenant = await world.tenant()
    await moved(world, tenant, { timeZone })
    const [first, last] = [new Date(startsAt), new Date(new Date(endsAt).getTime() - 1)]
    await use(database, tenant, { STORMS: 100 }, new Date(first.getTime() - 1))
    await use(database, tenant, { STORMS: 4 }, first)
    await use(database, tenant, { STORMS: 3 }, last)
    await use(database, tenant, { STORMS: 100 }, new Date(endsAt))
    const { invoice } = await createInvoice(tenant.as('OWNER'), { periodStart, periodEnd })
    expect(invoice).toMatchObject({ startsAt, endsAt, total: { minorUnits: 70_000 } })
  })

  it('shares out what a change of plan inside it costs, by the second', async () => {
    const tenant = await world.tenant()
    const middle = '2026-10-16T17:00:00Z'
    await database.withTenant(tenant.uuid, async (tx) => {
      await tx.change(`delete from billing.subscription where tenant_id = $1`, [tenant.uuid])
      await tx.change(
        `insert into billing.subscription (tenant_id, starts_at, ends_at, tier, version)
         values ($1, '2026-01-01', $2, 'STANDARD', 1), ($1, $2, null, 'ENTERPRISE', 1)`,
        [tenant.uuid, middle],
      )
    })
    await use(database, tenant, { STORMS: 8 }, new Date('2026-10-10T00:00:00Z'))
    await use(database, tenant, { STORMS: 90 }, new Date('2026-10-20T00:00:00Z'))
    const { invoice } = await createInvoice(tenant.as('OWNER'))
    // 15.5 of 31 days each.
    expect(
      invoice.lines.filter(({ kind }: any) => kind === 'BASE').map(({ amount }: any) => amount.minorUnits),
    ).toEqual([25_000, 100_000])
    expect(
      invoice.lines
        .filter(({ metric }: any) => metric === 'STORMS')
        .map((one: any) => [one.quantity, one.amount.minorUnits]),
    ).toEqual([
      [8, 30_000],
      [90, 0],
    ])
    expect(invoice.total.minorUnits).toBe(155_000)
  })

  it('leaves out API calls, which no plan charges for', async () => {
    const owner = (await aCompany({ API_CALLS: 12_345 })).as('OWNER')
    const { invoice } = await createInvoice(owner)
    expect(Object.keys(amountsOf(invoice))).toEqual([
      'BASE',
      'STORMS',
      'PROPERTIES',
      'MODEL_CALLS',
      'JOURNEY_EVENTS',
    ])
  })

  it('is not asked for where there is nothing to pay', async () => {
    const tenant = await world.tenant({ tier: 'TRIAL' })
    const { invoice } = await createInvoice(tenant.as('OWNER'))
    expect(invoice.total.minorUnits).toBe(0)
    expect(await finalizeInvoice(tenant.as('OWNER'), invoice.id)).toMatchObject({
      __typename: 'InvoiceForNothing',
    })
    const closed = await database.withTenant(tenant.uuid, (tx) => tx.rows(`select from billing.closed_month`))
    expect(closed).toEqual([])
  })

  it('takes late usage of a month that is closed into the next, and says whose it was', async () => {
    const tenant = await aCompany({ STORMS: 6 })
    const owner = tenant.as('OWNER')
    const october = await openInvoice(owner)
    await use(database, tenant, { STORMS: 2 })
    await use(database, tenant, { STORMS: 5 }, new Date('2026-11-10T00:00:00Z'))
    const { invoice } = await createInvoice(owner, { periodStart: '2026-11-01', periodEnd: '2026-12-01' })
    expect(invoice.lines.find(({ metric }: any) => metric === 'STORMS')).toMatchObject({
      quantity: 7,
      description: 'Storms: 7 used, 5 included, 2 over at $100.00 each; 2 of them late, from October 2026',
      amount: { minorUnits: 20_000 },
    })
    const { invoice: still } = await owner.data(
      `query ($id: ID!) { invoice(id: $id) { total { minorUnits } } }`,
      {
        id: october.id,
      },
    )
    expect(still.total.minorUnits).toBe(60_000)
  })
})

describe('staff', () => {
  it('draft and finalise for a company they name, and see all companies’ invoices', async () => {
    const tenant = await aCompany()
    const { invoice } = await createInvoice(world.staff, { ...OCTOBER, tenantId: tenant.id })
    expect(await finalizeInvoice(world.staff, invoice.id)).toMatchObject({ invoice: { status: 'OPEN' } })
    const { invoices } = await world.staff.data(
      `query ($tenantId: ID!) { invoices(filter: { tenantId: $tenantId }) { edges { node { id } } } }`,
      { tenantId: tenant.id },
    )
    expect(invoices.edges).toEqual([{ node: { id: invoice.id } }])
    const { errors } = await tenant
      .as('OWNER')
      .send(
        `query ($tenantId: ID!) { invoices(filter: { tenantId: $tenantId }) { edges { node { id } } } }`,
        {
          tenantId: tenant.id,
        },
      )
    expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
  })

  it('withdraw an invoice, whose month can then be asked for again under another number', async () => {
    const tenant = await aCompany()
    const owner = tenant.as('OWNER')
    const first = await openInvoice(owner)
    expect(await voidInvoice(world.staff, { invoiceId: first.id })).toMatchObject({
      __typename: 'VoidInvoiceSuccess',
      invoice: {
        status: 'VOID',
        voidedAt: NOW.toISOString(),
        amountDue: { minorUnits: 0 },
        total: { minorUnits: 85_000 },
      },
    })
    expect(await voidInvoice(world.staff, { invoiceId: first.id })).toMatchObject({
      __typename: 'InvoiceStatusConflict',
      status: 'VOID',
    })
    const second = await openInvoice(owner)
    expect(second).toMatchObject({ status: 'OPEN', total: { minorUnits: 85_000 } })
    expect([second.id === first.id, second.number === first.number]).toEqual([false, false])
    expect(await voidInvoice(world.staff, { invoiceId: second.id, reason: ' ' })).toMatchObject({
      __typename: 'InvalidInput',
      field: 'reason',
    })
  })

  it('give back up to all of an invoice, in its currency', async () => {
    const owner = (await aCompany()).as('OWNER')
    const { invoice: draft } = await createInvoice(owner)
    const amount = (minorUnits: number, currency = 'USD') => ({ amount: { minorUnits, currency } })
    expect(await creditInvoice(world.staff, { invoiceId: draft.id, ...amount(1) })).toMatchObject({
      __typename: 'InvoiceStatusConflict',
      status: 'DRAFT',
    })
    const { id } = (await finalizeInvoice(owner, draft.id)).invoice
    for (const [field, over] of [
      ['amount.currency', amount(1, 'EUR')],
      ['amount.minorUnits', amount(0)],
      ['amount.minorUnits', amount(-1)],
      ['reason', { ...amount(1), reason: 'x'.repeat(501) }],
    ] as const) {
      expect(await creditInvoice(world.staff, { invoiceId: id, ...over })).toMatchObject({
        __typename: 'InvalidInput',
        field,
      })
    }
    const some = await creditInvoice(world.staff, { invoiceId: id, ...amount(20_000) })
    expect(some).toMatchObject({
      __typename: 'CreditInvoiceSuccess',
      creditNote: {
        number: expect.stringMatching(/^CN-\d{6}$/),
        amount: { minorUnits: 20_000, currency: 'USD' },
      },
      invoice: {
        status: 'OPEN',
        credited: { minorUnits: 20_000 },
        amountDue: { minorUnits: 65_000 },
        total: { minorUnits: 85_000 },
      },
    })
    expect(await creditInvoice(world.staff, { invoiceId: id, ...amount(65_001) })).toMatchObject({
      __typename: 'CreditTooLarge',
      creditable: { minorUnits: 65_000, currency: 'USD' },
    })
    expect(await voidInvoice(world.staff, { invoiceId: id })).toMatchObject({
      __typename: 'InvoiceStatusConflict',
    })
    const rest = await creditInvoice(world.staff, { invoiceId: id, ...amount(65_000) })
    expect(rest.invoice).toMatchObject({
      status: 'PAID',
      amountDue: { minorUnits: 0 },
      paidAt: NOW.toISOString(),
    })
    expect(rest.invoice.contentHash).toBe(some.invoice.contentHash)
    expect(rest.invoice.creditNotes).toHaveLength(2)
    expect(await creditInvoice(world.staff, { invoiceId: id, ...amount(1) })).toMatchObject({
      __typename: 'CreditTooLarge',
    })
  })

  it('and companies leave a line in the audit for whatever they do to an invoice', async () => {
    const tenant = await aCompany()
    const owner = tenant.as('OWNER')
    const { id, number } = await openInvoice(owner)
    await creditInvoice(world.staff, { invoiceId: id, amount: { minorUnits: 1, currency: 'USD' } })
    const other = await aCompany()
    const withdrawn = await openInvoice(other.as('OWNER'))
    await voidInvoice(world.staff, { invoiceId: withdrawn.id })
    const actions = async (client: typeof owner): Promise<readonly string[]> => {
      const { auditEvents } = await client.data(`{ auditEvents(first: 100) { edges { node { action } } } }`)
      return auditEvents.edges
        .map(({ node }: any) => node.action)
        .filter((action: string) => action.endsWith('Invoice'))
    }
    expect(number).toMatch(/^INV-/)
    expect(await actions(owner)).toEqual([
      'billing.creditInvoice',
      'billing.finalizeInvoice',
      'billing.createInvoice',
    ])
    expect(await actions(other.as('OWNER'))).toEqual([
      'billing.voidInvoice',
      'billing.finalizeInvoice',
      'billing.createInvoice',
    ])
  })

  it('alone may withdraw and give back, and a viewer may not draft', async () => {
    const tenant = await aCompany()
    const { id } = await openInvoice(tenant.as('OWNER'))
    await expect(voidInvoice(tenant.as('OWNER'), { invoiceId: id })).rejects.toThrow('platform:staff')
    await expect(
      creditInvoice(tenant.as('OWNER'), { invoiceId: id, amount: { minorUnits: 1, currency: 'USD' } }),
    ).rejects.toThrow('platform:staff')
    await expect(createInvoice(tenant.as('VIEWER'))).rejects.toThrow('FORBIDDEN')
  })
})
