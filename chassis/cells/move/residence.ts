/**
 * What a cell says of a company while it moves. Its waiting jobs are taken from the queue in the transaction that
 * closes it, and put back in the one that opens it, here or there: none runs while nothing can be written, and none is
 * lost or doubled. All of it needs the owner's connection.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClientBase } from 'pg'
import { LEDGER_KEY } from '../../database/database.ts'
import { QUEUE_SCHEMA } from '../../database/migrate.ts'
import { Fault } from '../../fault.ts'

export type ResidenceState = 'HERE' | 'LEAVING' | 'ARRIVING' | 'GONE'
export type Residence = { readonly state: ResidenceState; readonly run: string }

export const inTransaction = async <T>(client: ClientBase, work: () => Promise<T>): Promise<T> => {
  await client.query('begin')
  try {
    const result = await work()
    await client.query('commit')
    return result
  } catch (error) {
    // What was not committed ends with the connection, when it cannot be said any more.
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

export const forCompany = (client: ClientBase, company: string) =>
  client.query(`select set_config('app.tenant_id', $1, true)`, [company])

export const residenceOf = async (client: ClientBase, company: string): Promise<Residence | null> => {
  const { rows } = await client.query<Residence>(
    `select state, run::text from chassis.residence where company = $1`,
    [company],
  )
  return rows[0] ?? null
}

/** Throws when a later mover has spoken. */
export const setResidence = async (
  client: ClientBase,
  company: string,
  state: ResidenceState,
  run: string,
): Promise<void> => {
  const { rowCount } = await client.query(
    `insert into chassis.residence as kept (company, state, run) values ($1, $2, $3)
     on conflict (company) do update set state = excluded.state, run = excluded.run, changed_at = clock_timestamp()
       where kept.run <= excluded.run`,
    [company, state, run],
  )
  if (rowCount !== 1) throw takenOver()
}

export const takenOver = (): Fault =>
  new Fault('UNAVAILABLE', 'Somebody else has taken up the move of this company.')

const HOLD = `
  with taken as (
    delete from ${QUEUE_SCHEMA}.job j where j.data ->> 'tenantId' = $1 and j.state in ('created', 'retry') returning j.*
  )
  insert into chassis.held_job (tenant_id, id, job) select $1::uuid, t.id, to_jsonb(t) from taken t
  on conflict (tenant_id, id) do nothing`

const RELEASE = `
  with freed as (delete from chassis.held_job h where h.tenant_id = $1 returning h.job)
  insert into ${QUEUE_SCHEMA}.job select (jsonb_populate_record(null::${QUEUE_SCHEMA}.job, f.job)).* from freed f
  on conflict do nothing`

const UNDER_WAY = `select from ${QUEUE_SCHEMA}.job j where j.data ->> 'tenantId' = $1 and j.state = 'active' limit 1`

/** A job is under way: what it would write next would be refused, and its end could not be written down. */
class StillWorking extends Error {
  override readonly name = 'StillWorking'
}

const LOOK_EVERY_MS = 100

/**
 * From its commit on nobody begins to write for the company here. Jobs that wait are held before, until none is under
 * way; throws UNAVAILABLE when one of them does not end.
 */
export const fence = async (
  client: ClientBase,
  company: string,
  run: string,
  patienceMs: number,
): Promise<void> => {
  const end = performance.now() + patienceMs
  for (;;) {
    try {
      await fenceIdle(client, company, run)
      return
    } catch (error) {
      if (!(error instanceof StillWorking)) throw error
      if (performance.now() > end) {
        throw new Fault('UNAVAILABLE', 'A job of the company is under way and does not end. Move it later.')
      }
      await inTransaction(client, () => hold(client, company))
      await sleep(LOOK_EVERY_MS)
    }
  }
}

const hold = async (client: ClientBase, company: string): Promise<void> => {
  await forCompany(client, company)
  await client.query(HOLD, [company])
}

const isWorking = async (client: ClientBase, company: string): Promise<boolean> =>
  (await client.query(UNDER_WAY, [company])).rows.length > 0

/** Whoever takes a job while it would be held is waited for, and then seen to have it. */
const fenceIdle = (client: ClientBase, company: string, run: string): Promise<void> =>
  inTransaction(client, async () => {
    await hold(client, company)
    await setResidence(client, company, 'LEAVING', run)
    if (await isWorking(client, company)) throw new StillWorking()
  })

/**
 * Waits for those who began to write before the fence, and holds the jobs that they handed in. Throws 55P03 when one of
 * them does not end, and UNAVAILABLE when such a job is in somebody's hands already: it cannot begin here any more.
 */
export const waitForWriters = (client: ClientBase, company: string, patienceMs: number): Promise<void> =>
  inTransaction(client, async () => {
    await client.query(`select set_config('lock_timeout', $1, true)`, [String(patienceMs)])
    await client.query('select pg_advisory_xact_lock(chassis.company_key($1))', [company])
    await client.query(`select pg_advisory_xact_lock(${LEDGER_KEY})`)
    await hold(client, company)
    if (await isWorking(client, company)) {
      throw new Fault('UNAVAILABLE', 'A job of the company was handed in while it closed. Move it later.')
    }
  })

/** The company can be written here from its commit on, and its jobs run. */
export const open = (client: ClientBase, company: string, run: string): Promise<void> =>
  inTransaction(client, async () => {
    await forCompany(client, company)
    await setResidence(client, company, 'HERE', run)
    await client.query(RELEASE, [company])
  })

export const leave = (client: ClientBase, company: string, run: string): Promise<void> =>
  inTransaction(client, () => setResidence(client, company, 'GONE', run))
