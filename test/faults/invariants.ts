/**
 * What holds after every fault: nothing acknowledged is lost, nothing is done twice, what is billed is what was worked,
 * nobody sees another company, the audit and the invoices prove themselves, no job is left over, and it heals by itself.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { tenantIds } from '@stormops/tenancy/port'
import { CREATE_STORM, aStorm } from '../storms/storm-builders.ts'
import type { Rows } from '../storms/rows.ts'
import type { Acknowledged, Company, Journal } from './journal.ts'

export type Suspect = {
  readonly url: () => string
  /** As the database keeps it, past row security. */
  readonly rows: Rows
  readonly journal: Journal
  /** One line for each invoice that does not hold. */
  readonly provenInvoices?: () => Promise<readonly string[]>
  /** Milliseconds within which it must take writes again, and have its jobs and its audit behind it. */
  readonly healsWithinMs?: number
  /** Whether what the gateway answers is in the ledger. Default yes. */
  readonly isMetered?: boolean
}

/** A killed worker's jobs are taken over after some ten seconds, and tried again after as many. */
const HEALS_WITHIN_MS = 45_000

/** Throws with a sentence for everything that was harmed. */
export const assertUnharmed = async (suspect: Suspect): Promise<void> => {
  const violations = await violationsOf(suspect)
  if (violations.length > 0) throw new Error(`The platform was harmed:\n  ${violations.join('\n  ')}`)
}

/** A sentence each; none where nothing was harmed. */
export const violationsOf = async (suspect: Suspect): Promise<readonly string[]> => {
  if (suspect.journal.companies.length === 0) throw new Error('Nobody worked, so nothing is proven.')
  const checks = [lost, doubled, billed, trespassed, forged, unproven]
  const unhealed = await healed(suspect)
  const found: string[] = []
  for (const check of checks) found.push(...(await check(suspect)))
  return [...unhealed, ...found]
}

type Check = (suspect: Suspect) => Promise<readonly string[]>

/** Asks until there is nothing to say, or the time is over. */
const within = async (milliseconds: number, look: Check, suspect: Suspect): Promise<readonly string[]> => {
  const end = performance.now() + milliseconds
  for (;;) {
    const said = await look(suspect)
    if (said.length === 0 || performance.now() > end) return said
    await sleep(200)
  }
}

const healed: Check = async (suspect) => {
  const patience = suspect.healsWithinMs ?? HEALS_WITHIN_MS
  const end = performance.now() + patience
  const left = (): number => Math.max(0, end - performance.now())
  return [
    ...(await within(left(), notReady, suspect)),
    ...(await within(left(), notWritable, suspect)),
    ...(await within(left(), jobsLeft, suspect)),
    ...(await within(left(), unsealed, suspect)),
    ...(suspect.isMetered === false ? [] : await within(left(), unmetered, suspect)),
  ]
}

const notReady: Check = async ({ url }) => {
  const status = await fetch(`${url()}/readyz`).then(
    (response) => response.status,
    () => 'no answer',
  )
  return status === 200 ? [] : [`It is not ready: ${status}.`]
}

const notWritable: Check = async ({ journal }) => {
  const said = await Promise.all(
    journal.companies.map(async (company) => {
      const input = aStorm({ eventId: `healed-${crypto.randomUUID()}` })
      const answer = await journal.askPatiently(company, CREATE_STORM, { input })
      const stormId =
        answer.kind === 'answered' ? (answer.data?.createStorm?.storm?.id as unknown) : undefined
      if (typeof stormId !== 'string') {
        return `${company.name} cannot write: ${JSON.stringify(answer).slice(0, 300)}.`
      }
      journal.keep(company, { kind: 'storm', stormId })
      return null
    }),
  )
  return said.filter((one) => one !== null)
}

/** Longer than any job of these tests takes once somebody does it, and than the pauses between attempts. */
const JOB_SECONDS = 8

const jobsLeft: Check = async ({ rows }) => {
  const left = await rows.many<{ name: string; state: string; n: number }>(
    `select name, state, count(*)::int as n from chassis.job_run
      where state in ('QUEUED', 'RUNNING', 'RETRYING') and created_at < clock_timestamp() - make_interval(secs => $1)
      group by name, state`,
    [JOB_SECONDS],
  )
  return left.map(({ name, state, n }) => `${n} jobs ${name} are ${state} beyond their time.`)
}

const unsealed: Check = async ({ rows }) => {
  const { n } = await rows.one<{ n: number }>(
    `select count(*)::int as n from tenancy.audit_event e
      where not exists (select from tenancy.audit_seal s where s.tenant_id = e.tenant_id and s.event_id = e.id)`,
  )
  return n === 0 ? [] : [`${n} lines of the audit are not sealed.`]
}

/** Every answered operation of a company is a call in its ledger, and there are no more than it sent. */
const unmetered: Check = async ({ rows, journal }) => {
  const counted = await rows.many<{ tenant_id: string; n: number }>(
    `select tenant_id, sum(quantity)::int as n from billing.usage_event where metric = 'API_CALLS' group by tenant_id`,
  )
  const calls = new Map(counted.map(({ tenant_id, n }) => [tenant_id, n]))
  return journal.companies.flatMap((company) => {
    const { answered, sent } = journal.countsOf(company)
    const n = calls.get(company.uuid) ?? 0
    return n >= answered && n <= sent
      ? []
      : [`${company.name} has ${n} calls in the ledger, sent ${sent} and was answered ${answered}.`]
  })
}

const uuidOf = (id: string): string => {
  const [, a, b, c, d, e] = /_(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(id) ?? []
  return [a, b, c, d, e].join('-')
}

const lost: Check = async ({ rows, journal }) => {
  const said: string[] = []
  for (const entry of journal.acknowledged) {
    const one = await lostOf(rows, entry)
    if (one !== null) said.push(one)
  }
  return said
}

const lostOf = async (rows: Rows, entry: Acknowledged): Promise<string | null> => {
  const { company, kind } = entry
  const count = async (sql: string, parameters: readonly unknown[]): Promise<number> =>
    (await rows.one<{ n: number }>(`select count(*)::int as n from ${sql}`, [company.uuid, ...parameters])).n
  switch (kind) {
    case 'storm':
      return (await count(`storms.storm where tenant_id = $1 and id = $2`, [uuidOf(entry.stormId)])) === 1
        ? null
        : `${company.name} lost the storm ${entry.stormId}.`
    case 'properties':
    case 'scores':
    case 'outcomes': {
      const table = {
        properties: 'property where tenant_id = $1',
        scores: 'score where tenant_id = $1',
        outcomes: 'assignment where outcome_at is not null and tenant_id = $1',
      }[kind]
      const n = await count(`storms.${table} and storm_id = $2`, [uuidOf(entry.stormId)])
      return n === entry.rows ? null : `${company.name} has ${n} ${kind}, and was told ${entry.rows}.`
    }
    case 'events': {
      const n = await count(`storms.journey_event where tenant_id = $1 and client_event_id = any($2)`, [
        entry.clientEventIds,
      ])
      const { length } = entry.clientEventIds
      return n === length ? null : `${company.name} has ${n} of ${length} events.`
    }
    case 'pilot':
      return (await count(`storms.pilot where tenant_id = $1 and id = $2`, [uuidOf(entry.pilotId)])) === 1
        ? null
        : `${company.name} lost the pilot ${entry.pilotId}.`
    default:
      throw new Error(`There is no way to look for ${String(kind)}.`)
  }
}

/** What must be there once: a line of the audit for each storm, a report for each pilot, a use for each event. */
const doubled: Check = async ({ rows, journal }) => {
  const companies = [journal.companies.map(({ uuid }) => uuid)]
  const lines = await rows.many<{ id: string; n: number }>(
    `select s.id, count(e.id)::int as n from storms.storm s
       left join tenancy.audit_event e on e.tenant_id = s.tenant_id and e.action = 'storms.createStorm'
                                      and e.subject_id::text = s.id::text
      where s.tenant_id = any($1) group by s.id having count(e.id) <> 1`,
    companies,
  )
  const uses = await rows.many<{ event_id: string }>(
    `select event_id from billing.usage_event where tenant_id = any($1)
      group by tenant_id, event_id having count(*) > 1`,
    companies,
  )
  const reports = await rows.many<{ id: string }>(
    `select id from storms.pilot
      where tenant_id = any($1) and status = 'COMPLETED' and (report is null or pdf_sha256 is null or input_hash is null)`,
    companies,
  )
  return [
    ...lines.map(({ id, n }) => `The storm ${id} has ${n} lines in the audit.`),
    ...uses.map(({ event_id }) => `The use ${event_id} is in the ledger twice.`),
    ...reports.map(({ id }) => `The pilot ${id} is done and has no report.`),
  ]
}

const DONE = `
  select tenant_id, metric, sum(n)::text as n from (
    select tenant_id, 'STORMS' as metric, count(*) as n from storms.storm group by tenant_id
    union all select tenant_id, 'PROPERTIES', count(*) from storms.property group by tenant_id
    union all select tenant_id, 'MODEL_CALLS', count(*) from storms.score group by tenant_id
    union all select tenant_id, 'JOURNEY_EVENTS', count(*) from storms.journey_event group by tenant_id
  ) done where tenant_id = any($1) group by tenant_id, metric order by 1, 2`
const LEDGER = `
  select tenant_id, metric, sum(quantity)::text as n from billing.usage_event
   where tenant_id = any($1) group by tenant_id, metric order by 1, 2`
const COUNTERS = `
  select tenant_id, metric, sum(used)::text as n from billing.usage_counter
   where tenant_id = any($1) group by tenant_id, metric having sum(used) <> 0 order by 1, 2`

type Use = { readonly tenant_id: string; readonly metric: string; readonly n: string }

const billed: Check = async ({ rows, journal }) => {
  const companies = [journal.companies.map(({ uuid }) => uuid)]
  // In one look, since a platform that goes on may count between two.
  const [all] = await rows.many<{ done: Use[] | null; ledger: Use[] | null; counters: Use[] | null }>(
    `select (select json_agg(d) from (${DONE}) d) as done, (select json_agg(l) from (${LEDGER}) l) as ledger,
            (select json_agg(c) from (${COUNTERS}) c) as counters`,
    companies,
  )
  const worked = (all?.done ?? []).map(lineOf)
  const ledger = (all?.ledger ?? []).map(lineOf)
  const counters = (all?.counters ?? []).map(lineOf)
  return [
    ...difference(
      'billed',
      ledger.filter((line) => !line.includes('API_CALLS')),
      'worked',
      worked,
    ),
    ...difference('counted', counters, 'in the ledger', ledger),
  ]
}

const lineOf = ({ tenant_id, metric, n }: Use): string => `${tenant_id} ${metric} ${n}`

const difference = (
  one: string,
  left: readonly string[],
  other: string,
  right: readonly string[],
): readonly string[] => [
  ...left.filter((line) => !right.includes(line)).map((line) => `${line} is ${one} and not ${other}.`),
  ...right.filter((line) => !left.includes(line)).map((line) => `${line} is ${other} and not ${one}.`),
]

const THEIRS = `query ($storm: ID!, $property: ID!) {
  storm(id: $storm) { id }
  property(id: $property) { id }
  storms(first: 100) { edges { node { id } } }
}`
const THEIR_WRITE = `mutation ($input: ScoreStormInput!) { scoreStorm(input: $input) { __typename } }`

/** Each company asks for what is the next one's. */
const trespassed: Check = async ({ rows, journal }) => {
  const { companies } = journal
  const said: string[] = []
  for (const [place, company] of companies.entries()) {
    const other = companies[(place + 1) % companies.length]
    if (other !== undefined && other.uuid !== company.uuid) {
      said.push(...(await trespasses(journal, rows, company, other)))
    }
  }
  return said
}

const trespasses = async (
  journal: Journal,
  rows: Rows,
  company: Company,
  other: Company,
): Promise<readonly string[]> => {
  const { name, uuid } = company
  const [theirs] = await rows.many<{ storm: string; property: string }>(
    `select storm_id as storm, id as property from storms.property where tenant_id = $1 order by id desc limit 1`,
    [other.uuid],
  )
  if (theirs === undefined) return []
  const storm = `storm_${theirs.storm.replaceAll('-', '')}`
  const property = `prop_${theirs.property.replaceAll('-', '')}`
  const read = await journal.askPatiently(company, THEIRS, { storm, property })
  const wrote = await journal.askPatiently(company, THEIR_WRITE, { input: { stormId: storm } })
  if (read.kind === 'lost' || wrote.kind === 'lost') return [`${name} was not answered.`]
  const own = await rows.many<{ id: string }>(`select id from storms.storm where tenant_id = $1`, [uuid])
  const known = new Set(own.map(({ id }) => `storm_${id.replaceAll('-', '')}`))
  const listed: readonly string[] = (read.data?.storms?.edges ?? []).map((edge: any) => edge.node.id)
  return [
    ...((read.data?.storm ?? null) === null ? [] : [`${name} sees the storm ${storm} of ${other.name}.`]),
    ...((read.data?.property ?? null) === null ? [] : [`${name} sees a property of ${other.name}.`]),
    ...listed.filter((id) => !known.has(id)).map((id) => `${name} is listed the storm ${id}.`),
    ...(wrote.data?.scoreStorm?.__typename === 'NotFound'
      ? []
      : [`${name} scores a storm of ${other.name}.`]),
  ]
}

const CHAIN = `{ auditChain { length valid brokenAt } }`

const forged: Check = async ({ journal, rows }) => {
  const said: string[] = []
  for (const company of journal.companies) {
    const answer = await journal.askPatiently(company, CHAIN)
    const chain = answer.kind === 'answered' ? answer.data?.auditChain : null
    const { n } = await rows.one<{ n: number }>(
      `select count(*)::int as n from tenancy.audit_seal where tenant_id = $1`,
      [company.uuid],
    )
    if (chain?.valid === true && chain.length > 0 && chain.length <= n) continue
    said.push(`The audit of ${tenantIds.encode(company.uuid)} does not hold: ${JSON.stringify(answer)}.`)
  }
  return said
}

const unproven: Check = async ({ provenInvoices }) => (await provenInvoices?.()) ?? []
