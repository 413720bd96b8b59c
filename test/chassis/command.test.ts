import { systemClock } from '@stormops/chassis/clock'
import { commandRunner, defineCommand } from '@stormops/chassis/command'
import type { CommandDependencies } from '@stormops/chassis/command'
import type { Database } from '@stormops/chassis/database/database'
import { Fault } from '@stormops/chassis/fault'
import type { Actor } from '@stormops/chassis/identity'
import { openBoss } from '@stormops/chassis/jobs/boss'
import { createQueue } from '@stormops/chassis/jobs/queue'
import { scopesOf } from '@stormops/chassis/permission'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import { writeAudit } from '@stormops/tenancy/port'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPilotJob } from '../../subgraphs/storms/src/jobs/pilot-jobs.ts'
import { cloneDatabase } from '../world/database.ts'
import type { TestDatabase } from '../world/database.ts'

type NoStores = Readonly<Record<string, never>>

/** Any job will do: nobody works here. */
const followUp = openPilotJob

type Outcome = 'ok' | 'refused' | 'throws'

/** Leaves a row that has no key of its own to stop a second one, and a job. */
const leaveARow = defineCommand<
  { readonly note: string; readonly outcome?: Outcome },
  { readonly kind: 'ok'; readonly uploadId: string } | { readonly kind: 'refused' },
  NoStores
>({
  name: 'test.leaveARow',
  permission: 'storms:write',
  audit: ({ note }, { uploadId }) => ({ subjectKind: 'upload', subjectId: uploadId, detail: { note } }),
  run: async ({ tx, queue, newId: next }, { outcome = 'ok' }) => {
    const uploadId = next()
    await tx.change(`insert into storms.upload (tenant_id, id, expires_at) values ($1, $2, now())`, [
      tx.tenantId,
      uploadId,
    ])
    await queue.enqueue(tx, followUp, { pilotId: uploadId })
    // Long enough that calls made at once are under way together.
    await tx.rows('select pg_sleep(0.02)')
    if (outcome === 'throws') throw new Error('the roof fell in')
    return outcome === 'ok' ? { kind: 'ok', uploadId } : { kind: 'refused' }
  },
})

let database: TestDatabase
let app: Database
let boss: Awaited<ReturnType<typeof openBoss>>
let dependencies: CommandDependencies<NoStores>
const logged: unknown[] = []
beforeAll(async () => {
  database = await cloneDatabase()
  app = await database.open()
  boss = await openBoss(database.app, createLog('silent'))
  await boss.createQueue(followUp.name)
  dependencies = {
    database: app,
    queue: createQueue(boss),
    clock: systemClock,
    newId,
    writeAudit,
    requireStanding: async () => undefined,
    stores: () => ({}),
    log: { info: (line: unknown) => void logged.push(line) },
  }
})
afterAll(async () => {
  await boss.stop({ graceful: false })
  await database.close()
})

const anActor = (role: 'OWNER' | 'VIEWER' = 'OWNER'): Actor => ({
  kind: 'USER',
  id: 'usr_1',
  tenantId: newId(),
  role,
  scopes: scopesOf(role),
  sessionId: null,
  impersonation: null,
})

/** Staff in a company's place. */
const anImpersonator = (readOnly: boolean): Actor => ({
  ...anActor(),
  kind: 'STAFF',
  impersonation: { id: 'imp_1', staffId: 'stf_1', readOnly },
})

const call = (
  actor: Actor,
  idempotencyKey: string | null,
  input: { note: string; outcome?: Outcome } = { note: 'a' },
) => commandRunner(dependencies)(leaveARow, { actor, requestId: newId(), idempotencyKey }, input)

/** Rows, audit lines, jobs and keys that the company has. */
const leftBehind = ({ tenantId }: Actor) =>
  app.withTenant(tenantId ?? '', async (tx) => {
    const [row] = await tx.rows<{ rows: number; audit: number; jobs: number; queued: number; keys: number }>(
      `select (select count(*)::int from storms.upload) as rows,
              (select count(*)::int from tenancy.audit_event) as audit,
              (select count(*)::int from chassis.job_run) as jobs,
              (select count(*)::int from pgboss.job where name = $1 and data ->> 'tenantId' = $2) as queued,
              (select count(*)::int from chassis.idempotency_key) as keys`,
      [followUp.name, tenantId],
    )
    return row
  })

describe('a refusal', () => {
  it('is logged with its kind and its request, and with nothing of what was asked', async () => {
    const actor = anActor()
    await call(actor, null, { note: 'a secret of mine', outcome: 'refused' })
    expect(logged).toContainEqual({
      command: 'test.leaveARow',
      tenantId: actor.tenantId,
      requestId: expect.any(String),
      kind: 'refused',
    })
    expect(JSON.stringify(logged)).not.toContain('a secret of mine')
  })
})

const NOTHING = { rows: 0, audit: 0, jobs: 0, queued: 0, keys: 0 }
const ONCE = { rows: 1, audit: 1, jobs: 1, queued: 1, keys: 1 }

describe('a command', () => {
  it('called twenty times at once with one key is done once, and all are told the same', async () => {
    const actor = anActor()
    const results = await Promise.all(Array.from({ length: 20 }, () => call(actor, 'one-key')))
    expect(results[0]).toMatchObject({ kind: 'ok' })
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1)
    expect(await leftBehind(actor)).toEqual(ONCE)
  })

  it('called at once with two bodies under one key is done for one of them, and refused for the other', async () => {
    const actor = anActor()
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, place) => call(actor, 'one-key', { note: place % 2 === 0 ? 'a' : 'b' })),
    )
    const kinds = results.map(({ kind }) => kind).toSorted()
    expect(kinds).toEqual([...Array(5).fill('idempotency-key-reused'), ...Array(5).fill('ok')])
    expect(await leftBehind(actor)).toEqual(ONCE)
  })

  it('without a key is done every time', async () => {
    const actor = anActor()
    await Promise.all([call(actor, null), call(actor, null)])
    expect(await leftBehind(actor)).toEqual({ rows: 2, audit: 2, jobs: 2, queued: 2, keys: 0 })
  })

  it('of two companies under one key is done for both', async () => {
    const [one, other] = [anActor(), anActor()]
    await Promise.all([call(one, 'shared'), call(other, 'shared')])
    expect(await leftBehind(one)).toEqual(ONCE)
    expect(await leftBehind(other)).toEqual(ONCE)
  })

  it.each(['refused', 'throws'] as const)(
    'that %s leaves nothing, and its key can be used again',
    async (outcome) => {
      const actor = anActor()
      const first = await call(actor, 'again', { note: 'a', outcome }).catch((error: Error) => error.message)
      expect(first).toEqual(outcome === 'refused' ? { kind: 'refused' } : 'the roof fell in')
      expect(await leftBehind(actor)).toEqual(NOTHING)
      expect(await call(actor, 'again')).toMatchObject({ kind: 'ok' })
      expect(await leftBehind(actor)).toEqual(ONCE)
    },
  )

  it('whose audit line cannot be written is not done', async () => {
    const actor = anActor()
    const unaudited = { ...dependencies, writeAudit: () => Promise.reject(new Error('no ink')) }
    const run = commandRunner(unaudited)(
      leaveARow,
      { actor, requestId: newId(), idempotencyKey: 'unaudited' },
      { note: 'a' },
    )
    await expect(run).rejects.toThrow('no ink')
    expect(await leftBehind(actor)).toEqual(NOTHING)
  })

  it('is refused to who may not, before anything is kept', async () => {
    const viewer = anActor('VIEWER')
    await expect(call(viewer, 'mine')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await leftBehind(viewer)).toEqual(NOTHING)
  })

  it('is refused to who may not, even when the key has a stored answer', async () => {
    const owner = anActor()
    await call(owner, 'mine')
    const viewer = { ...anActor('VIEWER'), tenantId: owner.tenantId }
    await expect(call(viewer, 'mine')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it.each([
    ['empty', ''],
    ['too long', 'k'.repeat(201)],
    ['with a character that no text can hold', 'k\0'],
  ])('is refused under a key that is %s', async (_what, key) => {
    await expect(call(anActor(), key)).rejects.toMatchObject({ code: 'BAD_INPUT' })
  })
})

describe('a company that may change nothing now', () => {
  const callThere = (
    actor: Actor,
    gates: { readonly duringSuspension?: true; readonly whileOnlyLooking?: true },
    idempotencyKey = 'there',
  ) => {
    const suspended = {
      ...dependencies,
      requireStanding: () => Promise.reject(new Fault('TENANT_SUSPENDED', 'The company is suspended.')),
    }
    const invocation = { actor, requestId: newId(), idempotencyKey }
    return commandRunner(suspended)({ ...leaveARow, ...gates }, invocation, { note: 'a' })
  }

  it.each([
    ['of somebody of the company', () => anActor(), {}],
    ['of staff in its place', () => anImpersonator(false), {}],
    ['that is for those who only look', () => anActor(), { whileOnlyLooking: true }],
  ] as const)('is told so of a command %s, before anything is kept', async (_whose, who, gates) => {
    const actor = who()
    await expect(callThere(actor, gates)).rejects.toMatchObject({ code: 'TENANT_SUSPENDED' })
    expect(await leftBehind(actor)).toEqual(NOTHING)
  })

  it('settles its bill: once for one key, with its audit line', async () => {
    const actor = anActor()
    const first = await callThere(actor, { duringSuspension: true })
    expect(first).toMatchObject({ kind: 'ok' })
    expect(await callThere(actor, { duringSuspension: true })).toEqual(first)
    expect(await leftBehind(actor)).toEqual(ONCE)
  })

  it('does not settle it through who may not, nor through staff who only look', async () => {
    for (const actor of [anActor('VIEWER'), anImpersonator(true)]) {
      await expect(callThere(actor, { duringSuspension: true })).rejects.toMatchObject({ code: 'FORBIDDEN' })
      expect(await leftBehind(actor)).toEqual(NOTHING)
    }
  })

  it('lets staff who only look end that', async () => {
    const actor = anImpersonator(true)
    expect(await callThere(actor, { duringSuspension: true, whileOnlyLooking: true })).toMatchObject({
      kind: 'ok',
    })
    expect(await leftBehind(actor)).toEqual(ONCE)
  })
})

describe('staff who only look', () => {
  it('change nothing in a company that works', async () => {
    const actor = anImpersonator(true)
    await expect(call(actor, 'looking')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await leftBehind(actor)).toEqual(NOTHING)
  })
})
