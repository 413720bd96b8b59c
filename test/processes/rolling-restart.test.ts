/**
 * Two of each kind, restarted one after the other while people work: nobody is refused, and no job is lost or done
 * twice. People come through a balancer that tries another gateway only where there was no connection.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ProcessKind } from '@stormops/cli/testing/platform-processes'
import { privateRedis } from '@stormops/gateway/testing/private-redis'
import type { PrivateRedis } from '@stormops/gateway/testing/private-redis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRows } from '../storms/rows.ts'
import type { Rows } from '../storms/rows.ts'
import { CREATE_KEY } from '../tenancy/access-builders.ts'
import { given, idOf, PUBLISH } from '../tenancy/operation-builders.ts'
import { until } from '@stormops/chassis/testing/until'
import { clientOf } from '../world/world.ts'
import { COMPANY, openFarCompany, readinessAt, START_MS } from './far-company.ts'
import type { FarCompany } from './far-company.ts'

const TWICE = ['gateway', 'tenancy', 'storms', 'worker'] as const satisfies readonly ProcessKind[]

/** Milliseconds between an answer and the next question: below the ten a second that one person may ask. */
const PACE_MS = 120
const READERS = 4

let redis: PrivateRedis
let company: FarCompany
let rows: Rows

beforeAll(async () => {
  redis = await privateRedis()
  company = await openFarCompany({ twice: TWICE, environment: { REDIS_URL: redis.url } })
  rows = await openRows(company.database.admin)
}, START_MS)
afterAll(async () => {
  await rows?.close()
  await company?.close()
  await redis?.stop()
})

type Said = { readonly status: number; readonly body: any }

/** One person's way through the balancer: both gateways in turn, and the other one where there is no connection. */
const throughBalancer = (token: string) => {
  const ways = (['gateway', 'gateway-2'] as const).map((name) => ({
    url: new URL(company.processes.urlOf(name)),
    agent: new Agent({ keepAlive: true, maxSockets: 1 }),
  }))
  let turn = 0
  const post = ({ url, agent }: (typeof ways)[number], text: string): Promise<Said> =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
      const { hostname, port } = url
      const asking = request(
        { agent, hostname, port, path: '/graphql', method: 'POST', headers },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject)
          response.on('end', () => {
            const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
            resolve({ status: response.statusCode ?? 0, body })
          })
        },
      )
      asking.on('error', reject)
      asking.end(text)
    })
  return {
    send: async (query: string, variables: object = {}): Promise<Said> => {
      turn += 1
      const text = JSON.stringify({ query, variables })
      const [one, other] = turn % 2 === 0 ? ways : ways.toReversed()
      if (one === undefined || other === undefined) throw new Error('There are two gateways.')
      return post(one, text).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ECONNREFUSED') throw error
        return post(other, text)
      })
    },
    close: () => ways.forEach(({ agent }) => agent.destroy()),
  }
}

const ACROSS = `{
  viewer { tenant { name plan { tier } } }
  activeModel(name: "uplift", environment: PRODUCTION) { version }
  storms(first: 1) { edges { node { name } } }
}`
const CREATE_STORM = `mutation ($eventId: String!) {
  createStorm(input: {
    eventId: $eventId, name: "Rolling", startsAt: "2026-03-01T00:00:00Z", endsAt: "2026-03-15T00:00:00Z"
  }) { __typename }
}`
const INVITE = `mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { __typename } }`

/** Asks over and over until it is told to stop; gives what was not as it should be. */
const working = async (
  person: string,
  stop: AbortSignal,
  wrong: string[],
  ask: (send: ReturnType<typeof throughBalancer>['send'], count: number) => Promise<boolean | Said>,
): Promise<number> => {
  const balancer = throughBalancer(await company.tokenOf(person))
  let done = 0
  while (!stop.aborted) {
    const outcome = await ask(balancer.send, done).catch((error: unknown) => String(error))
    if (outcome === true) done += 1
    else wrong.push(`${person}: ${JSON.stringify(outcome)}`)
    await sleep(PACE_MS)
  }
  balancer.close()
  return done
}

const reading = (person: string, stop: AbortSignal, wrong: string[]) =>
  working(person, stop, wrong, async (send) => {
    const said = await send(ACROSS)
    const { errors, data } = said.body
    const isWhole =
      errors === undefined && data?.viewer?.tenant?.name === COMPANY && data.viewer.tenant.plan !== null
    return (isWhole && data.activeModel !== null && data.storms !== null) || said
  })

/** To whom mails went, as the mailbox of development keeps them. */
const mailsTo = (address: RegExp): readonly string[] => {
  const directory = join(company.home, 'mail')
  const kept = readdirSync(directory).map((file) => readFileSync(join(directory, file), 'utf8'))
  return kept.map((mail): string => JSON.parse(mail).to).filter((to) => address.test(to))
}

/** What the gateways logged of what went wrong, since they were started last. */
const logged = (wrong: readonly string[]) =>
  (['gateway', 'gateway-2'] as const)
    .flatMap((name) => company.processes.logOf(name))
    .filter(({ requestId }) => wrong.some((one) => one.includes(String(requestId))))

describe('a restart of each process in turn, while people work', () => {
  it('loses no request, and no job is lost or done twice', async () => {
    const stop = new AbortController()
    const wrong: string[] = []
    const readers = Promise.all(
      Array.from({ length: READERS }, (_, place) => reading(`usr_reader_${place}`, stop.signal, wrong)),
    )
    const creating = working('usr_creator', stop.signal, wrong, async (send, count) => {
      const said = await send(CREATE_STORM, { eventId: `rolling-${count}` })
      return said.body.data?.createStorm?.__typename === 'CreateStormSuccess' || said
    })
    const inviting = working('usr_inviter', stop.signal, wrong, async (send, count) => {
      const said = await send(INVITE, { input: { email: `crew-${count}@example.com`, role: 'CREW' } })
      return said.body.data?.inviteMember?.__typename === 'InviteMemberSuccess' || said
    })
    for (const kind of TWICE) {
      for (const name of [kind, `${kind}-2`] as const) {
        expect([name, await company.processes.stop(name, 'SIGTERM')]).toEqual([
          name,
          { code: 0, signal: null },
        ])
        await company.processes.start(name)
        const { status } = (await readinessAt(company.processes.urlOf(name))) ?? { status: 0 }
        expect([name, status]).toEqual([name, 200])
      }
    }
    stop.abort()
    const [read, created, invited] = [await readers, await creating, await inviting]
    expect({ wrong, logged: logged(wrong) }).toEqual({ wrong: [], logged: [] })
    expect(Math.min(...read, created, invited)).toBeGreaterThan(10)
    const { storms } = await rows.one<{ storms: number }>(`select count(*)::int as storms from storms.storm`)
    expect(storms).toBe(created)

    const jobs = () =>
      rows.many<{ state: string; attempts: number; count: number }>(
        `select state, attempts, count(*)::int as count from chassis.job_run
        where name = 'tenancy.send-invitation' group by state, attempts`,
      )
    await until(async () => (await jobs()).every(({ state }) => state === 'SUCCEEDED'))
    expect(await jobs()).toEqual([{ state: 'SUCCEEDED', attempts: 1, count: invited }])
    const invitations = mailsTo(/^crew-/)
    expect([invitations.length, new Set(invitations).size]).toEqual([invited, invited])
  }, 480_000)
})

describe('what was changed through one gateway', () => {
  it('is no more at the other one, long before it would have forgotten it', async () => {
    const [one, other] = ['gateway', 'gateway-2'] as const
    const owner = clientOf(company.processes.urlOf(one), await company.tokenOf('usr_owner'))
    const { createApiKey } = await owner.data(CREATE_KEY, { input: { name: 'CRM' } })
    const document = 'query Rolling { storms(first: 1) { edges { node { name } } } }'
    const input = { operations: given([document]), apiKeyId: null }
    const { publishOperations } = await owner.data(PUBLISH, { input })
    const partner = clientOf(company.processes.urlOf(other), createApiKey.secret)
    const codeAtOther = async (): Promise<string | undefined> => {
      const { errors } = await partner.named(document)
      return errors[0]?.extensions.code
    }
    expect([publishOperations.published, await codeAtOther()]).toEqual([1, undefined])
    const { persistedOperations } = await owner.data(
      `{ persistedOperations(first: 1) { edges { node { id documentId } } } }`,
    )
    const { id, documentId } = persistedOperations.edges[0].node
    expect(documentId).toBe(idOf(document))
    await owner.data(`mutation ($id: ID!) { retireOperation(input: { operationId: $id }) { __typename } }`, {
      id,
    })
    // Without word of it, it would be known there for five seconds.
    await until(async () => (await codeAtOther()) === 'PERSISTED_QUERY_NOT_FOUND', 3_000)
  })
})
