/**
 * What an attacker would try, each with what it must get: a refusal with its code, as JSON, before any subgraph is
 * asked. What strangers are answered by ids is in the invariants.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useEverything } from '../invariants/company-with-everything.ts'
import { createKey } from '../tenancy/access-builders.ts'
import { openWorld } from '../world/world.ts'
import { DOCUMENT_ATTACKS } from './attacks/documents.ts'
import { INJECTION_ATTACKS } from './attacks/injections.ts'
import { KEY_ATTACKS } from './attacks/keys.ts'
import { PRIVILEGE_ATTACKS } from './attacks/privileges.ts'
import { REQUEST_ATTACKS } from './attacks/requests.ts'
import type { Attack, Scene } from './attacks/scene.ts'
import { SIGN_IN_ATTACKS } from './attacks/sign-in.ts'
import { TOKEN_ATTACKS } from './attacks/tokens.ts'

let scene: Scene
beforeAll(async () => {
  const world = await openWorld()
  const [victim, attacker] = [await world.tenant(), await world.tenant()]
  scene = {
    world,
    victim,
    attacker,
    property: await useEverything(victim, world.staff),
    victimsKey: await createKey(victim.as('OWNER')),
    attackersKey: await createKey(attacker.as('OWNER')),
  }
})
afterAll(() => scene.world.close())

/** Fetches of all subgraphs together, since the start. */
const fetches = async (): Promise<number> => {
  const metrics = await scene.world.platform.gateway.registry.getMetricsAsJSON()
  const counts = metrics.find(({ name }) => name === 'subgraph_fetches_total')?.values ?? []
  return counts.reduce((sum, { value }) => sum + value, 0)
}

const ATTACKS: Readonly<Record<string, readonly Attack[]>> = {
  'a document': DOCUMENT_ATTACKS,
  'a request': REQUEST_ATTACKS,
  'a token': TOKEN_ATTACKS,
  'a role': PRIVILEGE_ATTACKS,
  'an injection': INJECTION_ATTACKS,
  'a key': KEY_ATTACKS,
  'signing in': SIGN_IN_ATTACKS,
}

it('is tried in more than a hundred ways', () => {
  expect(Object.values(ATTACKS).flat().length).toBeGreaterThan(100)
})

describe.each(Object.entries(ATTACKS))('an attack by %s', (_kind, attacks) => {
  it.each(attacks.map((attack) => ({ name: attack.name, attack })))('$name', async ({ attack }) => {
    await attack.prepare?.(scene)
    const before = await fetches()
    const received = await attack.send(scene)
    const { errors = [], data } = JSON.parse(received.text)
    expect([received.status, errors[0]?.extensions?.code]).toEqual([attack.status, attack.code])
    expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([])
    attack.check?.(received, scene)
    expect(await fetches()).toBe(attack.reachesSubgraph === true ? before + 1 : before)
  })
})
