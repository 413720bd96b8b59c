/** What `TRUST_PROXY` says reaches the limit by address of the whole platform. */
import { readConfig } from '@stormops/chassis/config'
import { gatewaySettings } from '@stormops/cli/gateway-settings'
import { UNLIMITED } from '@stormops/gateway/limits/rates/allowances'
import { afterEach, describe, expect, it } from 'vitest'
import { openWorld } from '../world/world.ts'
import type { World } from '../world/world.ts'

let world: World | null = null
afterEach(async () => {
  await world?.close()
  world = null
})

/** Statuses of three requests of nobody, where one a minute is allowed, each for another address. */
const forThreeAddresses = async (
  environment: Readonly<Record<string, string>>,
): Promise<readonly number[]> => {
  const { trustProxy = null } = gatewaySettings(readConfig(environment))
  const opened = await openWorld({
    trustProxy,
    limits: { allowances: { ...UNLIMITED, addressPerMinute: 1 } },
  })
  world = opened
  const statuses: number[] = []
  for (const address of ['203.0.113.1', '203.0.113.2', '203.0.113.3']) {
    const response = await fetch(`${opened.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
      body: JSON.stringify({ query: '{ __typename }' }),
    })
    await response.body?.cancel()
    statuses.push(response.status)
  }
  return statuses
}

describe('who sends X-Forwarded-For', () => {
  it('is counted by its own address when nothing is configured', async () => {
    expect(await forThreeAddresses({})).toEqual([200, 429, 429])
  })

  it('is believed where TRUST_PROXY names it', async () => {
    expect(await forThreeAddresses({ TRUST_PROXY: 'loopback' })).toEqual([200, 200, 200])
  })
})
