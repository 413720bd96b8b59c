import type { Database } from '@stormops/chassis/database/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld } from '../world/world.ts'
import type { World } from '../world/world.ts'
import { createInvoice, creditInvoice, EXAMPLE, finalizeInvoice, OCTOBER, use } from './invoice-builders.ts'

let world: World
let database: Database
let now = new Date('2026-10-16T17:00:00Z')
beforeAll(async () => {
  world = await openWorld({ clock: { now: () => now } })
  database = await world.database.open()
})
afterAll(() => world.close())

const DASHBOARD = `{ billingDashboard {
  tier currentPeriod { startsAt endsAt base { minorUnits } overage { minorUnits } total { minorUnits currency } }
  projected { minorUnits } usage { metric used included overage { minorUnits } } spendCap { minorUnits }
} }`

describe('the billing dashboard', () => {
  it('says what the month costs until now and will come to, and at its end what the invoice says', async () => {
    const tenant = await world.tenant()
    const owner = tenant.as('OWNER')
    await use(database, tenant, { ...EXAMPLE, API_CALLS: 42 }, new Date('2026-10-10T00:00:00Z'))
    const { billingDashboard: middle } = await owner.data(DASHBOARD)
    expect(middle).toMatchObject({
      tier: 'STANDARD',
      currentPeriod: {
        startsAt: '2026-10-01T05:00:00.000Z',
        endsAt: '2026-11-01T05:00:00.000Z',
        base: { minorUnits: 50_000 },
        overage: { minorUnits: 35_000 },
        total: { minorUnits: 85_000, currency: 'USD' },
      },
      spendCap: null,
    })
    // Half of October is over: 14 storms, 12,000 properties and 30,000 model calls at its end.
    expect(middle.projected.minorUnits).toBe(50_000 + 90_000 + 70_000 + 20_000)
    expect(middle.usage).toEqual([
      { metric: 'STORMS', used: 7, included: 5, overage: { minorUnits: 20_000 } },
      { metric: 'PROPERTIES', used: 6_000, included: 5_000, overage: { minorUnits: 10_000 } },
      { metric: 'MODEL_CALLS', used: 15_000, included: 10_000, overage: { minorUnits: 5_000 } },
      { metric: 'JOURNEY_EVENTS', used: 0, included: 1_000_000, overage: { minorUnits: 0 } },
      { metric: 'API_CALLS', used: expect.any(Number), included: null, overage: { minorUnits: 0 } },
    ])
    expect(middle.usage[4].used).toBeGreaterThanOrEqual(42)

    now = new Date('2026-11-01T04:59:59.999Z')
    await use(database, tenant, { STORMS: 1, JOURNEY_EVENTS: 1_001_234 }, now)
    const { billingDashboard: end } = await owner.data(DASHBOARD)
    now = new Date('2026-11-01T05:00:00Z')
    const { invoice: draft } = await createInvoice(owner, OCTOBER)
    const { invoice } = await finalizeInvoice(owner, draft.id)
    expect(end.currentPeriod).toMatchObject({
      base: invoice.base,
      overage: invoice.overage,
      total: invoice.total,
    })
    expect(end.projected.minorUnits).toBe(invoice.total.minorUnits)
    expect(invoice.total.minorUnits).toBe(85_000 + 10_000 + 6)
  })
})

type Link = { readonly url: string; readonly sha256: string }

const fetched = async ({ url, sha256 }: Link) => {
  const answer = await fetch(url)
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex')
  expect([answer.status, digest]).toEqual([200, sha256])
  expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-')
  return { sha256: digest }
}

describe('the file of an invoice', () => {
  it('is printed when somebody asks, kept, and printed anew when something became of it', async () => {
    now = new Date('2026-11-02T12:00:00Z')
    const tenant = await world.tenant()
    const owner = tenant.as('OWNER')
    const { invoice: draft } = await createInvoice(owner, OCTOBER)
    const pdfOf = async () => {
      const { invoice } = await owner.data(`query ($id: ID!) { invoice(id: $id) { pdf { url sha256 } } }`, {
        id: draft.id,
      })
      return fetched(invoice.pdf)
    }
    const ofDraft = await pdfOf()
    await finalizeInvoice(owner, draft.id)
    const open = await pdfOf()
    expect(open.sha256).not.toBe(ofDraft.sha256)
    expect(await pdfOf()).toEqual(open)

    await creditInvoice(world.staff, {
      invoiceId: draft.id,
      amount: { minorUnits: 1_200, currency: 'USD' },
      reason: 'Hail that was none',
    })
    const notes = async () => {
      const { invoice } = await owner.data(
        `query ($id: ID!) { invoice(id: $id) { creditNotes { number pdf { url sha256 } } } }`,
        { id: draft.id },
      )
      return Promise.all(invoice.creditNotes.map(({ pdf }: { pdf: Link }) => fetched(pdf)))
    }
    const printed = await notes()
    expect(printed).toHaveLength(1)
    expect(await notes()).toEqual(printed)
    expect((await pdfOf()).sha256).not.toBe(open.sha256)
  })
})
