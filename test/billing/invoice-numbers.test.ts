import { clientConfig } from '@stormops/chassis/database/connection'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import type { Database } from '@stormops/chassis/database/database'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRows } from '../storms/rows.ts'
import type { Rows } from '../storms/rows.ts'
import { until } from '@stormops/chassis/testing/until'
import { openWorld, uuidOf } from '../world/world.ts'
import type { TestTenant, World } from '../world/world.ts'
import {
  createInvoice,
  creditInvoice,
  EXAMPLE,
  finalizeInvoice,
  NOW,
  openInvoice,
  use,
} from './invoice-builders.ts'

let world: World
let database: Database
let rows: Rows
beforeAll(async () => {
  world = await openWorld({ clock: { now: () => NOW } })
  database = await world.database.open()
  rows = await openRows(world.database.admin)
})
afterAll(async () => {
  await rows.close()
  await world.close()
})

const numbered = async (table: 'invoice' | 'credit_note'): Promise<readonly number[]> =>
  (
    await rows.many<{ number: string }>(
      `select number from billing.${table} where number is not null order by number`,
    )
  ).map(({ number }) => Number(number.split('-')[1]))

const oneTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1)

describe('numbers', () => {
  it('have no gap and no double, however many are finalised at once and however many are given up', async () => {
    const tenants = await Promise.all(Array.from({ length: 8 }, () => world.tenant()))
    const drafts = await Promise.all(
      tenants.map(async (tenant) => ({ tenant, invoice: (await createInvoice(tenant.as('OWNER'))).invoice })),
    )
    // The audit of half of them cannot be written: their transactions end after the number was taken.
    const barred = tenants.filter((_, place) => place % 2 === 1)
    const ids = barred.map(({ uuid }) => `'${uuid}'`).join(', ')
    await rows.many(
      `create function public.no_audit() returns trigger language plpgsql as
         $$ begin if new.action = 'billing.finalizeInvoice' then raise exception 'No audit today.'; end if; return new; end $$`,
    )
    await rows.many(
      `create trigger no_audit before insert on tenancy.audit_event for each row
         when (new.tenant_id in (${ids})) execute function public.no_audit()`,
    )
    const finalized = await Promise.allSettled(
      // Everybody tries twice at the same time.
      [...drafts, ...drafts].map(({ tenant, invoice }) => finalizeInvoice(tenant.as('OWNER'), invoice.id)),
    )
    expect(finalized.filter(({ status }) => status === 'rejected')).toHaveLength(8)
    const kinds = finalized.flatMap((one) => (one.status === 'fulfilled' ? [one.value.__typename] : []))
    expect(kinds.toSorted()).toEqual([
      ...Array.from({ length: 4 }, () => 'FinalizeInvoiceSuccess'),
      ...Array.from({ length: 4 }, () => 'InvoiceStatusConflict'),
    ])
    expect(await numbered('invoice')).toEqual(oneTo(4))
    await rows.many(`drop trigger no_audit on tenancy.audit_event`)
    for (const { tenant, invoice } of drafts) {
      if (barred.includes(tenant)) await finalizeInvoice(tenant.as('OWNER'), invoice.id)
    }
    expect(await numbered('invoice')).toEqual(oneTo(8))
    const [first] = drafts
    const credit = (minorUnits: number) =>
      creditInvoice(world.staff, { invoiceId: first?.invoice.id, amount: { minorUnits, currency: 'USD' } })
    // $500 in all: two of $300 cannot both be.
    const credits = await Promise.all([credit(30_000), credit(30_000), credit(10_000)])
    expect(credits.map(({ __typename }) => __typename).toSorted()).toEqual([
      'CreditInvoiceSuccess',
      'CreditInvoiceSuccess',
      'CreditTooLarge',
    ])
    expect(await numbered('credit_note')).toEqual([1, 2])
  })

  it('are given once for one idempotency key', async () => {
    const tenant = await world.tenant()
    const { invoice } = await createInvoice(tenant.as('OWNER'))
    const document = `mutation ($id: ID!) { finalizeInvoice(input: { invoiceId: $id }, idempotencyKey: "once") {
      __typename ... on FinalizeInvoiceSuccess { invoice { number } } } }`
    const answers = await Promise.all([1, 2].map(() => tenant.as('OWNER').data(document, { id: invoice.id })))
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0].finalizeInvoice.invoice.number).toMatch(/^INV-/)
  })
})

describe('an invoice with a number', () => {
  let tenant: TestTenant
  let invoiceId: string
  beforeAll(async () => {
    tenant = await world.tenant()
    await use(database, tenant, EXAMPLE)
    const invoice = await openInvoice(tenant.as('OWNER'))
    invoiceId = uuidOf(invoice.id)
    await creditInvoice(world.staff, { invoiceId: invoice.id, amount: { minorUnits: 5, currency: 'USD' } })
  })

  const roles = (): Readonly<Record<string, ConnectionSettings>> => ({
    app: world.database.app,
    owner: world.database.owner,
    admin: world.database.admin,
  })

  /** The code of the refusal; how many rows it would have changed otherwise. */
  const tried = async (role: string, sql: string): Promise<string | number> => {
    const client = new pg.Client(clientConfig(roles()[role] ?? world.database.app))
    await client.connect()
    try {
      await client.query('begin')
      await client.query(`select set_config('app.tenant_id', $1, true)`, [tenant.uuid])
      const { rowCount } = await client.query(sql)
      return rowCount ?? 0
    } catch (error) {
      return error instanceof pg.DatabaseError ? (error.code ?? '') : String(error)
    } finally {
      await client.query('rollback')
      await client.end()
    }
  }

  const KEPT = '23001'
  const NO_RIGHT = '42501'

  const CHANGES = [
    `update billing.invoice set total = total - 1`,
    `update billing.invoice set number = 'INV-999999'`,
    `update billing.invoice set due_at = now()`,
    `update billing.invoice set content_hash = repeat('0', 64)`,
    `update billing.invoice set status = 'DRAFT', number = null, finalized_at = null`,
    `update billing.invoice set credited = 0`,
    `delete from billing.invoice`,
    `update billing.invoice_line set amount = 0`,
    `update billing.invoice_line set invoice_id = uuidv7()`,
    `delete from billing.invoice_line`,
    `insert into billing.invoice_line select tenant_id, invoice_id, 99, kind, metric, tier, version, catalogue, description,
       quantity, included, unit_size, unit_price, amount from billing.invoice_line where position = 1`,
  ]

  it.each(['app', 'owner', 'admin'])('is changed by nobody: %s', async (role) => {
    for (const sql of CHANGES) {
      const ours =
        role === 'admin' && !sql.startsWith('insert') ? `${sql} where tenant_id = '${tenant.uuid}'` : sql
      expect([sql, await tried(role, ours)]).toEqual([sql, KEPT])
    }
  })

  it.each(['owner', 'admin'])('is emptied by nobody: %s, nor are its credit notes', async (role) => {
    for (const sql of [
      `truncate billing.invoice cascade`,
      `truncate billing.invoice_line`,
      `truncate billing.credit_note`,
      `update billing.credit_note set amount = 1 where tenant_id = '${tenant.uuid}'`,
      `delete from billing.credit_note where tenant_id = '${tenant.uuid}'`,
    ]) {
      expect([sql, await tried(role, sql)]).toEqual([sql, KEPT])
    }
    expect(await tried('app', `delete from billing.credit_note`)).toBe(NO_RIGHT)
    expect(await tried('app', `select billing.take_numbers('stormops', 'INVOICE', 0)`)).not.toBe(1)
    expect(await tried('app', `update billing.issuer set next_invoice = 1`)).toBe(NO_RIGHT)
  })

  it('goes on only along its line of states', async () => {
    const change = (set: string) =>
      tried('app', `update billing.invoice set ${set} where id = '${invoiceId}'`)
    expect(await change(`status = 'PAID', paid_at = now()`)).toBe(1)
    expect(await change(`status = 'UNCOLLECTIBLE', uncollectible_at = now()`)).toBe(1)
    await rows.many(`update billing.invoice set status = 'PAID', paid_at = now() where id = $1`, [invoiceId])
    for (const set of [
      `status = 'OPEN'`,
      `status = 'VOID', voided_at = now()`,
      `paid_at = now() + interval '1 day'`,
    ]) {
      expect([set, await change(set)]).toEqual([set, KEPT])
    }
  })
})

describe('a line', () => {
  it('cannot be slipped into a draft that is being given its number', async () => {
    const tenant = await world.tenant()
    const { invoice } = await createInvoice(tenant.as('OWNER'))
    const client = new pg.Client(clientConfig(world.database.app))
    await client.connect()
    await client.query('begin')
    await client.query(`select set_config('app.tenant_id', $1, true)`, [tenant.uuid])
    await client.query(
      `insert into billing.invoice_line select tenant_id, invoice_id, 99, kind, metric, tier, version, catalogue, description,
         quantity, included, unit_size, unit_price, amount from billing.invoice_line where position = 1`,
    )
    const finalizing = finalizeInvoice(tenant.as('OWNER'), invoice.id)
    await until(async () => {
      const waiting = await rows.many(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      return waiting.length > 0
    })
    await client.query('commit')
    await client.end()
    const { invoice: final } = await finalizing
    expect([final.lines.length, final.total.minorUnits]).toEqual([5, 50_000])
  })
})
