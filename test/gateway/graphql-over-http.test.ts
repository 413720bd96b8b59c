/** GraphQL over HTTP as its specification has it: every audit of the reference implementation, as an administrator. */
import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld } from '../world/world.ts'
import type { World } from '../world/world.ts'

/** How many audits there are; a release with more should be looked at. */
const AUDITS = 61

let world: World
let token: string
beforeAll(async () => {
  world = await openWorld()
  token = (await world.tenant()).as('ADMIN').token
})
afterAll(() => world.close())

/** Audits send no credential of their own. */
const asAdministrator = (input: string | URL | Request, init: RequestInit = {}): Promise<Response> =>
  fetch(input, {
    ...init,
    headers: { ...Object.fromEntries(new Headers(init.headers)), authorization: `Bearer ${token}` },
  })

const audits = serverAudits({ url: () => `${world.url}/graphql`, fetchFn: asAdministrator })

describe('an audit of GraphQL over HTTP', () => {
  it('is one of all that there are', () => {
    expect(audits).toHaveLength(AUDITS)
  })

  it.each(audits.map((audit) => ({ name: `${audit.id} ${audit.name}`, audit })))(
    '$name',
    async ({ audit }) => {
      const result = await audit.fn()
      expect(result.status === 'ok' ? 'ok' : `${result.status}: ${result.reason}`).toBe('ok')
    },
  )
})
