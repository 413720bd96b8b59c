/** The limits as a client of the whole platform meets them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ALLOWANCES, UNLIMITED } from '@stormops/gateway/limits/rates/allowances'
import { until } from '@stormops/chassis/testing/until'
import { openWorld } from '../world/world.ts'
import type { Client, TestTenant, World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  const tenantPerMinute = { TRIAL: 30, STANDARD: 1_000_000, ENTERPRISE: 1_000_000 }
  world = await openWorld({
    limits: { allowances: { ...UNLIMITED, tenantPerMinute, bucket: ALLOWANCES.bucket } },
  })
})
afterAll(() => world.close())

const raw = (client: Client, query: string) =>
  fetch(`${world.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${client.token}` },
    body: JSON.stringify({ query }),
  })

/** A new company's plan is known to the gateway a moment after it has one. */
const settled = async (tenant: TestTenant, limit: number): Promise<TestTenant> => {
  await until(
    async () => (await tenant.as('ADMIN').data('{ rateLimit { limit } }')).rateLimit.limit === limit,
  )
  return tenant
}

describe('a company', () => {
  it('is told what its operations cost, and how its limit stands', async () => {
    const tenant = await settled(await world.tenant({ tier: 'STANDARD' }), 100_000)
    const response = await raw(
      tenant.as('VIEWER'),
      `{ rateLimit { limit cost remaining used resetAt nodeCount } storms(first: 20) { edges { node { id } } } }`,
    )
    const { data, extensions } = (await response.json()) as { data: any; extensions: any }
    // rateLimit, and a page of 20 edges and storms.
    expect(extensions.cost).toEqual({
      requestedQueryCost: 42,
      actualQueryCost: 2,
      throttleStatus: { maximumAvailable: 100_000, currentlyAvailable: 99_998, restoreRate: 5_000 },
    })
    expect(data.rateLimit).toMatchObject({
      limit: 100_000,
      cost: 42,
      remaining: 99_958,
      used: 42,
      nodeCount: 42,
    })
    expect(Date.parse(data.rateLimit.resetAt)).toBeGreaterThan(0)
    expect(response.headers.get('ratelimit-policy')).toContain('"tenant";q=1000000;w=60')
  })

  it('may ask as often as its own plan says', async () => {
    const small = await world.tenant({ tier: 'TRIAL' })
    const large = await settled(await world.tenant({ tier: 'ENTERPRISE' }), 500_000)
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => raw(small.as('OWNER'), '{ plan { tier } }')),
    )
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThanOrEqual(30)
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
    const others = await Promise.all(
      Array.from({ length: 40 }, () => raw(large.as('OWNER'), '{ plan { tier } }')),
    )
    expect(new Set(others.map(({ status }) => status))).toEqual(new Set([200]))
  })

  it('may not ask for pages within pages within pages', async () => {
    const tenant = await world.tenant()
    const page = 'storms(first: 100) { edges { node { properties(first: 100) { edges { node { id } } } } } }'
    const { status, errors } = await tenant.as('OWNER').send(`{ a: ${page} b: ${page} c: ${page} }`)
    expect([status, errors[0]?.extensions]).toMatchObject([
      400,
      { code: 'QUERY_TOO_COMPLEX', requestedQueryCost: 60_903, maximum: 50_000 },
    ])
  })
})

describe('staff', () => {
  it('have no company’s limit, and as much to spend as the largest', async () => {
    const { rateLimit } = await world.staff.data('{ rateLimit { limit remaining } }')
    expect(rateLimit).toEqual({ limit: 500_000, remaining: 499_999 })
  })
})
