import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPlatform } from '@stormops/cli/all-in-one'
import { systemClock } from '@stormops/chassis/clock'
import type { Database } from '@stormops/chassis/database/database'
import { systemActor } from '@stormops/chassis/identity'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import { DRIVEN_HARD } from '../world/driven-hard.ts'
import { liftDebtSuspension, suspendForDebt } from '@stormops/tenancy/port'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aStorm, CREATE_STORM } from '../storms/storm-builders.ts'
import { openRows } from '../storms/rows.ts'
import type { Rows } from '../storms/rows.ts'
import { clientOf, openWorld } from '../world/world.ts'
import type { Answer, Client, TestTenant, World } from '../world/world.ts'
import { codesOf } from './access-builders.ts'

let world: World
let database: Database
let rows: Rows
beforeAll(async () => {
  world = await openWorld()
  database = await world.database.open()
  rows = await openRows(world.database.admin)
})
afterAll(async () => {
  await rows.close()
  await world.close()
})

const MARCH = '2026-03-01T00:00:00.000Z'
const aDebt = (change: object = {}) => ({
  invoiceNumber: '2026-000123',
  amount: '85000',
  currency: 'USD',
  at: new Date(MARCH),
  ...change,
})
const suspend = ({ uuid }: TestTenant, change: object = {}): Promise<boolean> =>
  database.withTenant(uuid, (tx) => suspendForDebt(tx, aDebt(change)))
const lift = ({ uuid }: TestTenant): Promise<boolean> =>
  database.withTenant(uuid, (tx) => liftDebtSuspension(tx))

const byStaff = (verb: 'suspendTenant' | 'reactivateTenant', { id }: TestTenant) =>
  world.staff.data(
    `mutation ($id: ID!) { ${verb}(input: { tenantId: $id, reason: "A look at their papers" }) { __typename } }`,
    { id },
  )

const STANDING = `{ tenant { status suspension {
  cause suspendedAt invoiceNumber amountDue { minorUnits currency }
} } }`
const standingOf = async (client: Client) => (await client.data(STANDING)).tenant
const work = (client: Client): Promise<Answer> => client.send(CREATE_STORM, { input: aStorm() })
const told = async (client: Client) => {
  const { errors } = await work(client)
  const [{ message, extensions } = { message: '', extensions: { code: '' } }] = errors
  const { requestId: _, ...facts }: Readonly<Record<string, unknown>> = extensions
  return { message, ...facts }
}
const auditOf = ({ uuid }: TestTenant) =>
  rows.many<{ actor_kind: string; actor_id: string; action: string; detail: object; request_id: string }>(
    `select actor_kind, actor_id, action, detail, request_id from tenancy.audit_event
     where tenant_id = $1 and subject_kind = 'tenant' order by id`,
    [uuid],
  )

const INVOICE = { number: '2026-000123', amount: '85000', currency: 'USD' }
const AMOUNT_DUE = { minorUnits: 85_000, currency: 'USD' }

describe('a company that owes', () => {
  it('is told which invoice to pay, reads on, and changes nothing', async () => {
    const tenant = await world.tenant()
    expect(await standingOf(tenant.as('VIEWER'))).toEqual({ status: 'ACTIVE', suspension: null })
    expect(await suspend(tenant)).toBe(true)
    expect(await told(tenant.as('OWNER'))).toEqual({
      message: expect.stringContaining('Pay invoice 2026-000123'),
      code: 'TENANT_SUSPENDED',
      cause: 'UNPAID',
      invoice: INVOICE,
    })
    expect(await standingOf(tenant.as('VIEWER'))).toEqual({
      status: 'SUSPENDED',
      suspension: {
        cause: 'UNPAID',
        suspendedAt: MARCH,
        invoiceNumber: '2026-000123',
        amountDue: AMOUNT_DUE,
      },
    })
    const { tenants } = await world.staff.data(
      `{ tenants(first: 100) { edges { node { id suspension { cause invoiceNumber } } } } }`,
    )
    expect(tenants.edges.map(({ node }: any) => node)).toContainEqual({
      id: tenant.id,
      suspension: { cause: 'UNPAID', invoiceNumber: '2026-000123' },
    })
  })

  it('is suspended for the first of its invoices, once, and so is its audit', async () => {
    const tenant = await world.tenant()
    const many = await Promise.all(
      ['2026-000123', '2026-000124', '2026-000125'].map((invoiceNumber) =>
        suspend(tenant, { invoiceNumber }),
      ),
    )
    expect(many.filter(Boolean)).toHaveLength(1)
    const { suspension } = await standingOf(tenant.as('OWNER'))
    const lines = (await auditOf(tenant)).filter(({ action }) => action === 'tenancy.suspendForDebt')
    expect(lines).toEqual([
      {
        actor_kind: 'SYSTEM',
        actor_id: 'billing',
        action: 'tenancy.suspendForDebt',
        detail: { invoiceNumber: suspension.invoiceNumber, amount: '85000', currency: 'USD' },
        request_id: 'job',
      },
    ])
  })

  it('works again with the payment, which its audit tells once', async () => {
    const tenant = await world.tenant()
    await suspend(tenant)
    expect([await lift(tenant), await lift(tenant)]).toEqual([true, false])
    expect((await work(tenant.as('OWNER'))).data.createStorm.__typename).toBe('CreateStormSuccess')
    expect(await standingOf(tenant.as('OWNER'))).toEqual({ status: 'ACTIVE', suspension: null })
    const lines = (await auditOf(tenant)).filter(({ action }) => action === 'tenancy.liftDebtSuspension')
    expect(lines.map(({ detail }) => detail)).toEqual([{ invoiceNumber: '2026-000123', status: 'ACTIVE' }])
  })

  it('is suspended and lifted with what the caller does, or not at all', async () => {
    const tenant = await world.tenant()
    const before = await auditOf(tenant)
    const failing = (change: (tx: Parameters<typeof liftDebtSuspension>[0]) => Promise<boolean>) =>
      database.withTenant(tenant.uuid, async (tx) => {
        await change(tx)
        throw new Error('the payment is not kept')
      })
    await expect(failing((tx) => suspendForDebt(tx, aDebt()))).rejects.toThrow('the payment is not kept')
    expect(await standingOf(tenant.as('OWNER'))).toEqual({ status: 'ACTIVE', suspension: null })
    expect(await auditOf(tenant)).toEqual(before)
    await suspend(tenant)
    const suspended = await auditOf(tenant)
    await expect(failing((tx) => liftDebtSuspension(tx))).rejects.toThrow('the payment is not kept')
    expect((await standingOf(tenant.as('OWNER'))).status).toBe('SUSPENDED')
    expect(await auditOf(tenant)).toEqual(suspended)
  })

  it('finds in its audit the job that suspended it', async () => {
    const tenant = await world.tenant()
    const job = { actor: systemActor(tenant.uuid, 'billing.note-payment'), requestId: newId() }
    await database.withTenant(tenant.uuid, (tx) => suspendForDebt(tx, aDebt(), job))
    expect((await auditOf(tenant)).at(-1)).toMatchObject({
      actor_kind: 'SYSTEM',
      actor_id: 'billing.note-payment',
      request_id: job.requestId,
    })
  })

  it('leaves every other company at work', async () => {
    const [tenant, other] = [await world.tenant(), await world.tenant()]
    await suspend(tenant)
    expect(codesOf(await work(other.as('OWNER')))).toEqual([])
  })
})

describe('a company that owes and that staff suspended', () => {
  it.each([
    ['staff first', ['staff', 'debt']],
    ['the debt first', ['debt', 'staff']],
  ] as const)('stays suspended when it has paid, %s', async (_which, order) => {
    const tenant = await world.tenant()
    for (const cause of order) {
      if (cause === 'staff') await byStaff('suspendTenant', tenant)
      else expect(await suspend(tenant)).toBe(true)
    }
    expect(await told(tenant.as('OWNER'))).toEqual({
      message: expect.stringMatching(/Pay invoice 2026-000123, and write to support/),
      code: 'TENANT_SUSPENDED',
      cause: 'STAFF',
      invoice: INVOICE,
    })
    // The debt of March came before today's look at their papers.
    expect((await standingOf(tenant.as('OWNER'))).suspension).toEqual({
      cause: 'STAFF',
      suspendedAt: MARCH,
      invoiceNumber: '2026-000123',
      amountDue: AMOUNT_DUE,
    })

    expect(await lift(tenant)).toBe(true)
    expect(await told(tenant.as('OWNER'))).toEqual({
      message: expect.stringContaining('Write to support'),
      code: 'TENANT_SUSPENDED',
      cause: 'STAFF',
    })
    expect((await standingOf(tenant.as('OWNER'))).suspension).toMatchObject({
      cause: 'STAFF',
      invoiceNumber: null,
      amountDue: null,
    })
    expect((await auditOf(tenant)).at(-1)?.detail).toEqual({
      invoiceNumber: '2026-000123',
      status: 'SUSPENDED',
    })
    await byStaff('reactivateTenant', tenant)
    expect(codesOf(await work(tenant.as('OWNER')))).toEqual([])
  })

  it('works again when staff reactivate it, which the audit says of both', async () => {
    const tenant = await world.tenant()
    await suspend(tenant)
    await byStaff('suspendTenant', tenant)
    await byStaff('reactivateTenant', tenant)
    expect(codesOf(await work(tenant.as('OWNER')))).toEqual([])
    expect((await auditOf(tenant)).at(-1)).toMatchObject({
      actor_kind: 'STAFF',
      action: 'tenancy.reactivateTenant',
      detail: { reason: 'A look at their papers', lifted: ['STAFF', 'UNPAID'], invoiceNumber: '2026-000123' },
    })
    expect(await lift(tenant)).toBe(false)
    // It still owes, so it can be suspended for it again.
    expect(await suspend(tenant)).toBe(true)
  })

  it('has been suspended since staff did it first, however often they say so', async () => {
    const tenant = await world.tenant()
    await byStaff('suspendTenant', tenant)
    const { suspension } = await standingOf(tenant.as('OWNER'))
    await byStaff('suspendTenant', tenant)
    expect((await standingOf(tenant.as('OWNER'))).suspension).toEqual(suspension)
  })
})

describe('another process over the same database', () => {
  it('refuses from the suspension on and works from the payment on, with nothing remembered', async () => {
    const home = mkdtempSync(join(tmpdir(), 'stormops-second-'))
    let url = ''
    const second = await openPlatform({
      admin: world.database.admin,
      secret: world.database.secret,
      home,
      keys: world.keys,
      clock: systemClock,
      newId,
      log: createLog('silent'),
      introspection: 'signed-in',
      limits: DRIVEN_HARD,
      mail: { kind: 'mailbox' },
      publicUrl: () => url,
    })
    try {
      url = (await second.http.listen('127.0.0.1', 0)).url
      const tenant = await world.tenant()
      const here = tenant.as('OWNER')
      const there = clientOf(url, here.token)
      // Both have answered for the company before, so that whatever they remember is there.
      for (const client of [here, there]) expect(codesOf(await work(client))).toEqual([])
      for (let month = 0; month < 3; month++) {
        await suspend(tenant)
        for (const client of [here, there]) expect(codesOf(await work(client))).toEqual(['TENANT_SUSPENDED'])
        await lift(tenant)
        for (const client of [here, there]) expect(codesOf(await work(client))).toEqual([])
        expect((await standingOf(there)).suspension).toBeNull()
      }
    } finally {
      await second.close()
      rmSync(home, { recursive: true, force: true })
    }
  })
})
