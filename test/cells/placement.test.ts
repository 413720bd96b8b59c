import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createInvoice, finalizeInvoice } from '../billing/invoice-builders.ts'
import { cleanMove, moveCompany } from '@stormops/chassis/cells/move/move-company'
import type { MoveState } from '@stormops/chassis/cells/move/move-journal'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aProperty, createStorm, importCsv } from '../storms/storm-builders.ts'
import { toCsv } from '../../subgraphs/storms/src/synthetic/property-csv.ts'
import { until } from '@stormops/chassis/testing/until'
import { openWorld, uuidOf } from '../world/world.ts'
import type { Client, TestTenant, World } from '../world/world.ts'
import { REFRESH, signIn } from '../tenancy/browser.ts'
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

const MOVE = `mutation ($input: MoveTenantInput!, $key: String) {
  moveTenant(input: $input, idempotencyKey: $key) {
    __typename
    ... on MoveTenantSuccess { move { id state toCell } }
    ... on UserError { message }
  }
}`
const STANDS = `query ($id: ID!) { tenantMove(id: $id) { state error fencedForSeconds tables { name rowCount } } }`
const PLACEMENT = `query ($id: ID!) { placement(tenantId: $id) { cell tenant { id } move { state } } }`

const moveByStaff = async (tenant: Pick<TestTenant, 'id'>, cell: string): Promise<void> => {
  const { moveTenant } = await world.staff.data(MOVE, { input: { tenantId: tenant.id, cell } })
  expect(moveTenant.__typename).toBe('MoveTenantSuccess')
  await until(async () => {
    const { tenantMove } = await world.staff.data(STANDS, { id: moveTenant.move.id })
    return tenantMove.state === 'SWITCHED'
  })
  // The process that serves learns of it within a second; work that comes before is refused and finds its way.
}

const cellOf = async (tenant: Pick<TestTenant, 'id'>): Promise<string> =>
  (await world.staff.data(PLACEMENT, { id: tenant.id })).placement.cell

const stateOf = async ({ uuid }: TestTenant): Promise<string | undefined> => {
  const [move] = await asked<{ state: string }>(
    world.database.admin,
    'select state from chassis.tenant_move where company = $1',
    [uuid],
  )
  return move?.state
}

const moveBack = async ({ uuid }: TestTenant): Promise<void> => {
  const needs = needsOf(world.database, [gulf])
  const [last] = await asked<{ id: string }>(
    world.database.admin,
    `select id from chassis.tenant_move where company = $1 and state = 'SWITCHED'`,
    [uuid],
  )
  expect(await cleanMove(needs, { id: last?.id ?? '', company: uuid, to: 'gulf' }, 0)).toBe(true)
  expect(await moveCompany(needs, { id: randomUUID(), company: uuid, to: 'home' })).toBe('moved')
}

const isLost = (client: Client): Promise<string> =>
  client
    .send(`{ storms(first: 1) { edges { node { id } } } }`)
    .then(({ errors }) => errors[0]?.extensions.code ?? 'fine')

describe('staff', () => {
  it('move a company, watch it, and find it in the other cell; its audit tells of it', async () => {
    const tenant = await world.tenant()
    await moveByStaff(tenant, 'gulf')
    await until(async () => (await cellOf(tenant)) === 'gulf')
    const { cells } = await world.staff.data(`{ cells { name isHome isReachable companyCount } }`)
    expect(cells.map(({ name }: { name: string }) => name)).toEqual(['home', 'gulf'])
    expect(cells[1]).toMatchObject({ isHome: false, isReachable: true })
    expect(cells[1].companyCount).toBeGreaterThan(0)
    await until(async () => {
      const { auditEvents } = await tenant
        .as('OWNER')
        .data(`{ auditEvents(first: 5) { edges { node { action } } } }`)
      return auditEvents.edges.some(
        ({ node }: { node: { action: string } }) => node.action === 'tenancy.moveTenant',
      )
    })
  })

  it('are told what cannot be: no such cell, no such company, and where it lives already', async () => {
    const tenant = await world.tenant()
    const ask = async (tenantId: string, cell: string) =>
      (await world.staff.data(MOVE, { input: { tenantId, cell } })).moveTenant
    expect(await ask(tenant.id, 'atlantis')).toMatchObject({ __typename: 'InvalidInput' })
    expect(await ask(tenant.id, 'home')).toMatchObject({ __typename: 'InvalidInput' })
    expect(await ask(`ten_${'0'.repeat(31)}1`, 'gulf')).toMatchObject({ __typename: 'NotFound' })
    const { errors } = await tenant.as('OWNER').send(MOVE, { input: { tenantId: tenant.id, cell: 'gulf' } })
    expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
  })

  it('open a company in a cell, and see it once among all others, wherever they live', async () => {
    const { provisionTenant } = await world.staff.data(
      `mutation ($input: ProvisionTenantInput!) {
        provisionTenant(input: $input) { ... on ProvisionTenantSuccess { tenant { id } secret } }
      }`,
      {
        input: {
          name: 'Gulf Roofing',
          tier: 'ENTERPRISE',
          adminEmail: 'gulf@example.com',
          cell: 'gulf',
        },
      },
    )
    const { tenant, secret } = provisionTenant
    await until(async () => (await cellOf(tenant)) === 'gulf')
    expect(await isLost(world.client(secret))).toBe('PERSISTED_DOCUMENT_ID_REQUIRED')
    const { tenants } = await world.staff.data(`{ tenants(first: 100) { edges { node { id } } } }`)
    const ids = tenants.edges.map(({ node }: { node: { id: string } }) => node.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toContain(tenant.id)
    const { errors } = await world.staff.send(
      `mutation { provisionTenant(input: { name: "Gulf  Roofing", tier: TRIAL, adminEmail: "x@example.com" }) { __typename } }`,
    )
    expect(errors).toEqual([])
    expect(
      await asked(gulf.admin, 'select from tenancy.tenant where id = $1', [uuidOf(tenant.id)]),
    ).toHaveLength(1)
  })

  it('see the revenue of companies in all cells', async () => {
    const read = async () => {
      const { platformRevenue } = await world.staff.data(
        `{ platformRevenue(months: 1) { currencies { currency payingTenants mrr { minorUnits } } } }`,
      )
      return platformRevenue.currencies[0]
    }
    const tenant = await world.tenant()
    const before = await read()
    await moveByStaff(tenant, 'gulf')
    // From the moment the one side lets go of it until the other has it, it is in neither's sum.
    await until(async () => (await read()).payingTenants === before.payingTenants)
    expect(await read()).toEqual(before)
  })
})

describe('while a company moves', () => {
  it('no write that was acknowledged is lost, none is done twice, and others go on', async () => {
    const [tenant, other] = [await world.tenant({ tier: 'ENTERPRISE' }), await world.tenant()]
    const owner = tenant.as('OWNER')
    const storm = await createStorm(owner)
    const rows = Array.from({ length: 2_000 }, (_, place) => aProperty({ externalId: `P-${place}` }))
    await importCsv(owner, storm, toCsv(rows.slice(0, 900)))
    const acknowledged: string[] = []
    const refused: string[] = []
    let others = 0
    const over = new AbortController()
    const write = async (worker: number): Promise<void> => {
      for (let turn = 0; !over.signal.aborted; turn += 1) {
        const clientEventId = `w${worker}-${turn}`
        const answer = await owner.send(
          `mutation ($input: IngestJourneyEventsInput!) { ingestJourneyEvents(input: $input) { __typename } }`,
          {
            input: {
              events: [
                {
                  stormId: storm,
                  externalId: 'P-1',
                  kind: 'CALL',
                  at: new Date().toISOString(),
                  clientEventId,
                },
              ],
            },
          },
        )
        if (
          answer.errors.length === 0 &&
          answer.data.ingestJourneyEvents.__typename === 'IngestJourneyEventsSuccess'
        )
          acknowledged.push(clientEventId)
        else refused.push(answer.errors[0]?.extensions.code ?? answer.data.ingestJourneyEvents.__typename)
      }
    }
    const read = async (): Promise<void> => {
      while (!over.signal.aborted) {
        expect(await isLost(owner)).toBe('fine')
        expect(await isLost(other.as('OWNER'))).toBe('fine')
        others += 1
      }
    }
    const load = [write(1), write(2), write(3), read()]
    await sleep(300)
    await moveByStaff(tenant, 'gulf')
    await sleep(300)
    await moveBack(tenant)
    await sleep(300)
    over.abort()
    await Promise.all(load)
    expect(acknowledged.length).toBeGreaterThan(20)
    expect(others).toBeGreaterThan(5)
    expect(new Set(refused)).toEqual(refused.length === 0 ? new Set() : new Set(['UNAVAILABLE']))
    const kept = await asked<{ id: string }>(
      world.database.admin,
      'select client_event_id as id from storms.journey_event where tenant_id = $1',
      [tenant.uuid],
    )
    const ids = kept.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(acknowledged.filter((id) => !ids.includes(id))).toEqual([])
    expect((await owner.data('{ auditChain { valid } }')).auditChain.valid).toBe(true)
  })

  it('its jobs that wait go with it, once', async () => {
    const tenant = await world.tenant()
    const job = { tenantId: tenant.uuid, payload: {} }
    const QUEUE = 'tenancy.send-invitation'
    const id = randomUUID()
    await asked(
      world.database.admin,
      `insert into pgboss.job (id, name, data, start_after) values ($1, $2, $3, now() + interval '1 hour')`,
      [id, QUEUE, job],
    )
    await moveCompany(needsOf(world.database, [gulf]), { id: randomUUID(), company: tenant.uuid, to: 'gulf' })
    const jobs = (cell: 'home' | 'gulf') =>
      asked(cell === 'home' ? world.database.admin : gulf.admin, 'select from pgboss.job where id = $1', [id])
    expect([(await jobs('home')).length, (await jobs('gulf')).length]).toEqual([0, 1])
    const HELD = 'select from chassis.held_job where tenant_id = $1'
    expect(await asked(gulf.admin, HELD, [tenant.uuid])).toEqual([])
  })

  it('a job that was handed in by whoever wrote while it closed goes with it, with its line', async () => {
    const tenant = await world.tenant()
    const data = await world.database.open()
    const id = randomUUID()
    const entered = Promise.withResolvers<void>()
    const fenced = Promise.withResolvers<void>()
    const writing = data.withTenant(tenant.uuid, async (tx) => {
      entered.resolve()
      await fenced.promise
      const job = { tenantId: tenant.uuid, payload: {} }
      await tx.rows(
        `insert into pgboss.job (id, name, data, start_after) values ($1, $2, $3, now() + interval '1 hour')`,
        [id, 'tenancy.send-invitation', job],
      )
      await tx.rows(
        `insert into chassis.job_run (tenant_id, id, name, state, payload) values ($1, $2, $3, 'QUEUED', '{}')`,
        [tenant.uuid, id, 'tenancy.send-invitation'],
      )
    })
    await entered.promise
    const needs = {
      ...needsOf(world.database, [gulf]),
      reached: (state: MoveState) => (state === 'FENCED' ? fenced.resolve() : undefined),
    }
    const end = await moveCompany(needs, { id: randomUUID(), company: tenant.uuid, to: 'gulf' })
    await writing
    expect(end).toBe('moved')
    const there = (sql: string) => asked(gulf.admin, sql, [id])
    expect(await asked(world.database.admin, 'select from pgboss.job where id = $1', [id])).toEqual([])
    expect(await there('select from pgboss.job where id = $1')).toHaveLength(1)
    expect(await there('select state from chassis.job_run where id = $1')).toEqual([{ state: 'QUEUED' }])
  })

  it('a job that is under way is waited for, and those that wait are held', async () => {
    const tenant = await world.tenant()
    const job = { tenantId: tenant.uuid, payload: {} }
    const id = randomUUID()
    await asked(
      world.database.admin,
      `insert into pgboss.job (id, name, data, state, started_on) values ($1, 'tenancy.send-invitation', $2, 'active', now())`,
      [id, job],
    )
    const moving = moveCompany(needsOf(world.database, [gulf]), {
      id: randomUUID(),
      company: tenant.uuid,
      to: 'gulf',
    })
    await until(async () => (await stateOf(tenant)) === 'COPYING')
    await sleep(300)
    await createStorm(tenant.as('OWNER'))
    expect(await stateOf(tenant)).toBe('COPYING')
    await asked(
      world.database.admin,
      `update pgboss.job set state = 'completed', completed_on = now() where id = $1`,
      [id],
    )
    expect(await moving).toBe('moved')
    expect(
      (await tenant.as('OWNER').data('{ storms(first: 5) { edges { node { id } } } }')).storms.edges,
    ).toHaveLength(1)
  })
})

describe('a company in another cell', () => {
  it('is signed in to, worked for and left by the people it has', async () => {
    const tenant = await world.tenant()
    const email = `gulf-${randomUUID().slice(0, 8)}@example.com`
    await tenant
      .as('OWNER')
      .data(`mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { __typename } }`, {
        input: { email, role: 'ANALYST' },
      })
    await moveByStaff(tenant, 'gulf')
    const { browser, token } = await signIn(world, email)
    const person = world.client(token)
    const { viewer } = await person.data(`{ viewer { tenant { id } roles } }`)
    expect((await browser.data(REFRESH)).refreshSession.__typename).toBe('RefreshSessionSuccess')
    expect(viewer).toEqual({ tenant: { id: tenant.id }, roles: ['ANALYST'] })
    expect((await person.data(`{ sessions { current } }`)).sessions).toEqual([{ current: true }])
    const { members } = await tenant
      .as('OWNER')
      .data(`{ members(first: 50) { edges { node { id email } } } }`)
    const id = members.edges.find(({ node }: { node: { email: string } }) => node.email === email).node.id
    await tenant
      .as('OWNER')
      .data(`mutation ($input: RemoveMemberInput!) { removeMember(input: $input) { __typename } }`, {
        input: { memberId: id },
      })
    await until(async () => (await isLost(person)) === 'UNAUTHENTICATED')
  })

  it('has numbers of invoices of its own, and keeps those it had', async () => {
    const tenant = await world.tenant()
    const owner = tenant.as('OWNER')
    const monthsAgo = (months: number): string => {
      const now = new Date()
      return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1))
        .toISOString()
        .slice(0, 10)
    }
    const numberOf = async (months: number): Promise<string> => {
      const input = { periodStart: monthsAgo(months), periodEnd: monthsAgo(months - 1) }
      const { invoice } = await createInvoice(owner, input)
      return (await finalizeInvoice(owner, invoice.id)).invoice.number
    }
    const first = await numberOf(2)
    expect(first).toMatch(/^INV-\d{6}$/)
    await moveByStaff(tenant, 'gulf')
    expect(await numberOf(1)).toMatch(/^INV-GULF-\d{6}$/)
    const { invoices } = await owner.data(`{ invoices(first: 10) { edges { node { number } } } }`)
    expect(invoices.edges.map(({ node }: { node: { number: string } }) => node.number)).toContain(first)
  })
})
