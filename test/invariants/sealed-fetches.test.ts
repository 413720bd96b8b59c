/** A subgraph answers its gateway and nobody else, whatever is asked of it. */
import { Fault } from '@stormops/chassis/fault'
import { processSeal } from '@stormops/chassis/graphql/seal'
import type { FetchBody, SealedContext, Subgraph } from '@stormops/chassis/graphql/subgraph'
import { tokenVerifier } from '@stormops/chassis/identity'
import type { Actor } from '@stormops/chassis/identity'
import { systemClock } from '@stormops/chassis/clock'
import { parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld } from '../world/world.ts'
import type { World } from '../world/world.ts'
import { openSubgraphs } from './open-subgraphs.ts'
import type { OpenSubgraphs } from './open-subgraphs.ts'

let world: World
let direct: OpenSubgraphs
let owner: Actor
beforeAll(async () => {
  world = await openWorld()
  const tenant = await world.tenant()
  owner = await tokenVerifier(world.keys, systemClock)(tenant.as('OWNER').token)
  direct = await openSubgraphs(world)
})
afterAll(async () => {
  await direct?.close()
  await world.close()
})

const BODY: FetchBody = { document: parse('{ __typename }'), operationName: undefined, variables: {} }
const SDL: FetchBody = { ...BODY, document: parse('{ _service { sdl } }') }
const ENTITIES: FetchBody = {
  ...BODY,
  document: parse('query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }'),
  variables: { of: [] },
}

const context = () => ({
  actor: owner,
  requestId: 'request-0001',
  deadline: Date.now() + 8_000,
  refreshToken: null,
  userAgent: null,
  rateLimit: null,
  tier: null,
})
const sealed = (subgraph: Subgraph, body: FetchBody): SealedContext =>
  direct.seal(subgraph.name, context(), body)

/** How somebody who is not the gateway might ask. */
const INTRUSIONS: readonly (readonly [
  string,
  (subgraph: Subgraph, body: FetchBody) => Promise<SealedContext>,
])[] = [
  ['without a seal', async () => ({})],
  ['with the context itself', async () => context()],
  ['with the seal of another process', async ({ name }, body) => processSeal().seal(name, context(), body)],
  ['with a seal for another subgraph', async ({ name }, body) => direct.seal(`not-${name}`, context(), body)],
  [
    'with a seal that was used',
    async (subgraph, body) => {
      const used = sealed(subgraph, body)
      // Refused or not, the seal is used up.
      const session = await subgraph.open({ ...body, sealed: used }).catch(() => null)
      await session?.close()
      return used
    },
  ],
  [
    'with the seal of another document',
    async (subgraph, body) => sealed(subgraph, { ...body, document: parse('{ a }') }),
  ],
  [
    'with the seal of other variables',
    async (subgraph, body) => sealed(subgraph, { ...body, variables: {} }),
  ],
  [
    'with the seal of another operation',
    async (subgraph, body) => sealed(subgraph, { ...body, operationName: 'Other' }),
  ],
]

describe('a subgraph that is asked', () => {
  it.each(INTRUSIONS)('%s answers nothing, its shape and its entities included', async (_name, intrude) => {
    expect(direct.subgraphs).toHaveLength(6)
    for (const subgraph of direct.subgraphs) {
      for (const body of [BODY, SDL, ENTITIES]) {
        const refusal = await subgraph
          .open({ ...body, sealed: await intrude(subgraph, body) })
          .catch((error: unknown) => error)
        expect(refusal).toBeInstanceOf(Fault)
        expect(refusal).toMatchObject({ code: 'UNAUTHENTICATED' })
      }
    }
  })

  it('with a fresh seal answers, so that the refusals above are not of the questions', async () => {
    for (const subgraph of direct.subgraphs) {
      const session = await subgraph.open({ ...BODY, sealed: sealed(subgraph, BODY) })
      expect(session.context).toBeTypeOf('object')
      await session.close()
    }
  })
})
