/**
 * Three layers each refuse on their own what the asker may not see: the gateway before it plans, the subgraph before it
 * runs, and the database row by row. Here each is asked without the others' help.
 */
import { commandsOf } from './commands.ts'
import { requirementsOf } from '@stormops/chassis/graphql/permissions/requirements'
import { ROLES, scopesOf } from '@stormops/chassis/permission'
import { readSupergraph } from '@stormops/schema/compose.ts'
import { SUBGRAPHS, sdlOf } from '@stormops/schema/subgraphs.ts'
import { isInterfaceType, isObjectType, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld } from '../world/world.ts'
import type { TestTenant, World } from '../world/world.ts'
import { useEverything } from './company-with-everything.ts'
import type { Everything } from './company-with-everything.ts'
import { openSubgraphs } from './open-subgraphs.ts'
import type { OpenSubgraphs } from './open-subgraphs.ts'
import { apiSchema } from './root-fields.ts'

let world: World
let tenant: TestTenant
let ours: Everything
let direct: OpenSubgraphs
beforeAll(async () => {
  world = await openWorld()
  tenant = await world.tenant()
  ours = await useEverything(tenant, world.staff)
  direct = await openSubgraphs(world)
})
afterAll(async () => {
  await direct?.close()
  await world.close()
})

/** What staff do by looking, which is no mutation. */
const IMPLIED: ReadonlySet<string> = new Set(['staffAccess'])

/** What a command may ask instead of a scope. */
const UNSCOPED: ReadonlySet<string> = new Set(['authenticated', 'public'])

const requirements = requirementsOf(parse(readSupergraph()))

describe('the graph', () => {
  it('says for every field who may ask for it', () => {
    const coordinates = Object.values(apiSchema.getTypeMap())
      .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
      .flatMap((type) =>
        isObjectType(type) ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`) : [],
      )
    expect(coordinates.length).toBeGreaterThan(300)
    expect(
      coordinates.filter((coordinate) => (requirements.ofField.get(coordinate) ?? []).length === 0),
    ).toEqual([])
  })

  it('says so in each subgraph too, which checks for itself', () => {
    for (const name of SUBGRAPHS) {
      const own = requirementsOf(parse(sdlOf(name)))
      expect([name, own.ofField.size > 5, own.unsaid]).toEqual([name, true, []])
    }
  })

  it('has no interface whose fields nobody implements', () => {
    const interfaces = Object.values(apiSchema.getTypeMap()).filter(isInterfaceType)
    expect(interfaces.length).toBeGreaterThan(0)
    for (const type of interfaces) expect(apiSchema.getPossibleTypes(type).length).toBeGreaterThan(0)
  })

  it('names only permissions that some role holds', () => {
    const held = new Set<string>(ROLES.flatMap((role) => [...scopesOf(role)]))
    const named = [...requirements.ofField.values()]
      .flat()
      .flatMap((requirement) => (requirement.kind === 'scopes' ? requirement.scopes.flat() : []))
    expect(named.length).toBeGreaterThan(100)
    expect([...new Set(named)].filter((scope) => !held.has(scope))).toEqual([])
  })

  it('asks of every mutation what its command asks', async () => {
    const commands = await commandsOf()
    expect(commands.length).toBeGreaterThan(15)
    for (const { name, permission, orStaff } of commands.filter(({ name }) => !IMPLIED.has(name))) {
      // A plan is asked for by the graph alone.
      const needed = requirements.ofField.get(`Mutation.${name}`)?.filter(({ kind }) => kind !== 'plan')
      const scopes = orStaff ? [[permission], ['platform:staff']] : [[permission]]
      const asked = UNSCOPED.has(permission) ? { kind: permission } : { kind: 'scopes', scopes }
      expect([name, needed]).toEqual([name, [asked]])
    }
  })
})

describe('the gateway', () => {
  it('asks no subgraph on behalf of somebody who may not ask', async () => {
    const fetches = async () => {
      const text = await (await fetch(`${world.url}/metrics`)).text()
      return [...text.matchAll(/^subgraph_fetches_total\{.*\} (\d+)$/gm)].reduce(
        (sum, [, count]) => sum + Number(count),
        0,
      )
    }
    const before = await fetches()
    expect(before).toBeGreaterThan(0)
    const { status, errors, data } = await tenant
      .as('CREW')
      .send(`query ($id: ID!) { viewer { roles } storm(id: $id) { name upliftDistribution { mean } } }`, {
        id: ours.storm,
      })
    expect([status, data, errors.map(({ extensions }) => extensions.code)]).toEqual([
      403,
      null,
      ['FORBIDDEN'],
    ])
    expect(await fetches()).toBe(before)
  })
})

describe('a subgraph', () => {
  const ask = async (
    name: string,
    role: 'CREW' | 'VIEWER' | 'OWNER',
    query: string,
    variables: object = {},
  ) => {
    const subgraph = direct.subgraphs.find((candidate) => candidate.name === name)
    if (subgraph === undefined) throw new Error(`There is no subgraph ${name}.`)
    return direct.ask(subgraph, tenant.as(role).token, query, variables)
  }
  const ENTITY = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Property { FIELD } } }`
  const entityOf = (field: string): string => ENTITY.replace('FIELD', field)

  it.each([
    ['uplift', 'CREW'],
    ['decisionReason', 'CREW'],
    ['owner { name }', 'VIEWER'],
  ] as const)('refuses %s of an entity to a %s, whoever sends it', async (field, role) => {
    const of = [{ __typename: 'Property', id: ours.property }]
    expect(await ask('storms', role, entityOf(field), { of })).toEqual({ data: null, codes: ['FORBIDDEN'] })
    const { data, codes } = await ask('storms', 'OWNER', entityOf(field), { of })
    expect([data._entities.length, codes]).toEqual([1, []])
  })

  it('refuses a root field, and a field below one', async () => {
    for (const query of [
      '{ pilots { edges { cursor } } }',
      `{ storm(id: "${ours.storm}") { conversion { lift } } }`,
    ]) {
      expect(await ask('storms', 'CREW', query)).toEqual({ data: null, codes: ['FORBIDDEN'] })
    }
  })

  it('shows nobody its documents', async () => {
    for (const { name } of direct.subgraphs) {
      expect(await ask(name, 'OWNER', '{ _service { sdl } }')).toEqual({ data: null, codes: ['FORBIDDEN'] })
      expect(await ask(name, 'OWNER', '{ __schema { types { name } } }')).toEqual({
        data: null,
        codes: ['FORBIDDEN'],
      })
    }
  })
})
