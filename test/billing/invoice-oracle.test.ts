import { readFileSync } from 'node:fs'
import type { Database } from '@stormops/chassis/database/database'
import { money } from '@stormops/chassis/values/money'
import { rationalOfDecimal, rational } from '@stormops/chassis/values/rational'
import { newId } from '@stormops/chassis/values/ids'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeCompanies } from '../../subgraphs/billing/src/commands/close-companies.ts'
import { verifyInvoices } from '../../subgraphs/billing/src/commands/verify-invoices.ts'
import { amountOfLine, priceOf } from '../../subgraphs/billing/src/domain/charge.ts'
import type { Charge, Price } from '../../subgraphs/billing/src/domain/charge.ts'
import { totalOf } from '../../subgraphs/billing/src/domain/invoice.ts'
import type { InvoiceLine } from '../../subgraphs/billing/src/domain/invoice.ts'
import { invoiceStore } from '../../subgraphs/billing/src/store/invoice-store.ts'
import { writeUsage } from '../../subgraphs/billing/src/store/ledger-write.ts'
import { openRows } from '../storms/rows.ts'
import type { Rows } from '../storms/rows.ts'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'
import { aUsage, NOW } from './invoice-builders.ts'
import { aCharge, aRandomMonth, ORACLE_METRICS } from './random-months.ts'
import type { RandomCharge, RandomMonth, RandomTier } from './random-months.ts'

const SECOND_RATING = readFileSync(new URL('./second-rating.sql', import.meta.url), 'utf8')
const MONTH = '2026-10-01'
const IN_SEPTEMBER = new Date('2026-09-15T12:00:00Z')

let place: TestDatabase
let database: Database
let rows: Rows

beforeAll(async () => {
  place = await cloneDatabase()
  database = await place.open()
  rows = await openRows(place.admin)
  await rows.many(
    `insert into billing.metric (catalogue, key, name, unit, aggregation)
       select 'oracle', m, initcap(m), 'unit', 'SUM' from unnest($1::text[]) m`,
    [ORACLE_METRICS],
  )
})
afterAll(async () => {
  await rows.close()
  await place.close()
})

let plans = 0

/** The tiers of the plans, in their order. */
const publishPlans = async (month: RandomMonth): Promise<readonly string[]> => {
  const tiers = month.plans.map(() => `PLAN_${++plans}`)
  for (const [index, { monthlyPrice, charges }] of month.plans.entries()) {
    await rows.many(
      `insert into billing.plan_version (catalogue, tier, version, name, currency, monthly_price, offered_from)
       values ('oracle', $1, 1, $1, 'USD', $2, 'epoch')`,
      [tiers[index], monthlyPrice],
    )
    for (const [metric, charge] of Object.entries(charges)) {
      if (charge !== null) await insertCharge(tiers[index] ?? '', metric, charge)
    }
  }
  return tiers
}

const insertCharge = (tier: string, metric: string, charge: RandomCharge): Promise<unknown> =>
  rows.many(
    `insert into billing.plan_charge (catalogue, tier, version, metric, included, unit_size, unit_price, limit_kind, model, tiers)
     values ('oracle', $1, 1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      tier,
      metric,
      charge.included,
      charge.unitSize,
      charge.unitPrice,
      charge.limit,
      charge.model,
      charge.tiers === null ? null : JSON.stringify(charge.tiers),
    ],
  )

/** A company that signed, changed its plan, used and corrected as the month says. */
const liveThrough = async (month: RandomMonth): Promise<string> => {
  const tiers = await publishPlans(month)
  const tenantId = newId()
  await rows.many(
    `insert into billing.account (tenant_id, time_zone, currency, opened_at) values ($1, $2, 'USD', '2026-01-01')`,
    [tenantId, month.timeZone],
  )
  await rows.many(
    `insert into billing.subscription (tenant_id, starts_at, ends_at, catalogue, tier, version)
       select $1, x.at, lead(x.at) over (order by x.at), 'oracle', x.tier, 1
         from unnest($2::timestamptz[], $3::text[]) as x(at, tier)`,
    [
      tenantId,
      [new Date('2026-01-01'), ...month.changes.map(({ at }) => at)],
      [tiers[month.first], ...month.changes.map(({ plan }) => tiers[plan])],
    ],
  )
  await rows.many(
    `insert into billing.closed_month (tenant_id, month, closed_at) values ($1, '2026-09-01', now())`,
    [tenantId],
  )
  // The graph's metrics are an enum, and the ledger's are whatever a catalogue counts.
  const usage = (over: object) => aUsage(tenantId, over)
  const events = month.events.map(({ metric, at, quantity }) =>
    usage({ metric, quantity: BigInt(quantity), occurredAt: at }),
  )
  const late = month.late.map(({ metric, quantity }) =>
    usage({ metric, quantity: BigInt(quantity), occurredAt: IN_SEPTEMBER }),
  )
  const corrected = new Set<number>()
  const corrections = month.corrections.flatMap(({ event, share }) => {
    const one = events[event]
    if (one === undefined || corrected.has(event)) return []
    corrected.add(event)
    const quantity = -BigInt(Math.ceil(Number(one.quantity) * share))
    return [usage({ metric: one.metric, quantity, occurredAt: one.occurredAt, corrects: one.eventId })]
  })
  await database.withTenant(tenantId, async (tx) => {
    await writeUsage(tx, [...events, ...late], NOW)
    await writeUsage(tx, corrections, NOW)
  })
  return tenantId
}

type Figure = { readonly metric: string | null; readonly quantity: string; readonly amount: string }

/** In the order of the second rating: the plan first, then each metric by its name, each stretch by stretch. */
const figuresOf = (lines: readonly InvoiceLine[]): readonly Figure[] =>
  lines
    .map(({ metric, quantity, amount }) => ({
      metric,
      quantity: String(quantity),
      amount: String(amount.minorUnits),
    }))
    .toSorted((a, b) =>
      (a.metric ?? '') < (b.metric ?? '') ? -1 : (a.metric ?? '') > (b.metric ?? '') ? 1 : 0,
    )

describe('an invoice', () => {
  it('is to the cent what a second rating in SQL says, and proves itself, for any month', async () => {
    let opened = 0
    let interesting = 0
    await fc.assert(
      fc.asyncProperty(aRandomMonth, async (month) => {
        const tenantId = await liveThrough(month)
        const [closed] = await database.withLedger((tx) =>
          closeCompanies(invoiceStore(tx), { tenantIds: [tenantId], month: MONTH, at: NOW, newId }),
        )
        const said = await rows.many<Figure>(SECOND_RATING, [tenantId, MONTH])
        const total = said.reduce((sum, { amount }) => sum + BigInt(amount), 0n)
        if (closed?.kind !== 'opened') {
          expect([closed?.kind, said.every(({ amount }) => amount === '0')]).toEqual(['nothing-to-ask', true])
          return
        }
        opened += 1
        if (month.changes.length > 0 && month.corrections.length > 0) interesting += 1
        const invoice = await database.withTenant(tenantId, (tx) =>
          invoiceStore(tx).maybeById(closed.invoice.id),
        )
        expect(figuresOf(invoice?.lines ?? [])).toEqual(
          said.map(({ metric, quantity, amount }) => ({ metric, quantity, amount })),
        )
        expect(invoice?.total).toEqual(money(total, 'USD'))
        expect(totalOf(invoice?.lines ?? [], 'USD').minorUnits).toBe(total)
        const proofs = await database.withLedger((tx) =>
          verifyInvoices(invoiceStore(tx), invoice === null ? [] : [invoice]),
        )
        expect(proofs.map(({ faults }) => faults)).toEqual([[]])
      }),
      { numRuns: 150 },
    )
    expect(opened).toBeGreaterThan(100)
    expect(interesting).toBeGreaterThan(20)
  })
})

describe('the price that a spend cap is held against', () => {
  it('is the price of the invoice, for any charge and any use', async () => {
    let checked = 0
    await fc.assert(
      fc.asyncProperty(
        aCharge,
        fc.array(fc.nat({ max: 400 }), { minLength: 1, maxLength: 8 }),
        async (charge, uses) => {
          const tier = `PLAN_${++plans}`
          await rows.many(
            `insert into billing.plan_version (catalogue, tier, version, name, currency, monthly_price, offered_from)
           values ('oracle', $1, 1, $1, 'USD', 0, 'epoch')`,
            [tier],
          )
          await insertCharge(tier, 'ALPHA', charge)
          const prices = await rows.many<{ used: string; price: string }>(
            `select u.used, round(billing.price_of(c, u.used))::text as price
             from billing.plan_charge c, unnest($2::bigint[]) as u(used) where c.catalogue = 'oracle' and c.tier = $1`,
            [tier, uses],
          )
          for (const { used, price } of prices) {
            checked += 1
            expect([used, price]).toEqual([
              used,
              String(amountOfLine(priceOf(asCharge(charge), BigInt(used)), 'USD').minorUnits),
            ])
          }
        },
      ),
      { numRuns: 200 },
    )
    expect(checked).toBeGreaterThan(200)
  })
})

const exact = (text: string | null) => rationalOfDecimal(text ?? '') ?? rational(0n)

const asCharge = (charge: RandomCharge): Charge => {
  const head = { metric: 'ALPHA', window: 'PERIOD' as const, unitSize: BigInt(charge.unitSize) }
  if (charge.included === null) return { ...head, limit: 'UNLIMITED', included: null, price: null }
  return { ...head, limit: 'SOFT', included: BigInt(charge.included), price: asPrice(charge) }
}

const asPrice = ({ model, unitPrice, tiers }: RandomCharge): Price =>
  model === 'PER_UNIT' || model === 'PACKAGE'
    ? { model, unitPrice: exact(unitPrice) }
    : { model, tiers: (tiers ?? []).map(asTier) }

const asTier = ({ upTo, unitPrice, flatFee }: RandomTier) => ({
  upTo: upTo === null ? null : BigInt(upTo),
  unitPrice: exact(unitPrice),
  flatFee: BigInt(flatFee),
})
