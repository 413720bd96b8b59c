/** Time passes here by weeks, and every other token of a test ends with the first hour. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld } from '../world/world.ts'
import type { World } from '../world/world.ts'
import { anEmail, DAY, INVITE, MINUTE, movableClock, REFRESH, refresh, SECOND, signIn } from './browser.ts'
import type { Browser } from './browser.ts'

const clock = movableClock()
const [often, rarely] = [anEmail('often'), anEmail('rarely')]
let world: World
beforeAll(async () => {
  world = await openWorld({ clock })
  const tenant = await world.tenant()
  for (const email of [often, rarely]) await tenant.as('OWNER').data(INVITE, { email, role: 'ADMIN' })
})
afterAll(() => world.close())

const codeOf = async (browser: Browser): Promise<string | undefined> =>
  (await browser.send(REFRESH)).errors[0]?.extensions.code

describe('a session', () => {
  it('is one of twenty at most; the one unused longest makes room', async () => {
    const [first, second] = [await signIn(world, often), await signIn(world, often)]
    clock.passes(MINUTE)
    await refresh(first.browser)
    for (let turn = 0; turn < 18; turn += 1) {
      clock.passes(4 * MINUTE)
      await signIn(world, often)
    }
    clock.passes(4 * MINUTE)
    const last = await signIn(world, often)
    const { sessions } = await last.browser.data(`{ sessions { id } }`, {}, last.token)
    expect(sessions).toHaveLength(20)
    expect(await codeOf(second.browser)).toBe('UNAUTHENTICATED')
    await refresh(first.browser)
  })

  it('goes on for ninety days of use, and no longer; unused, for thirty', async () => {
    const [used, unused] = [await signIn(world, rarely), await signIn(world, rarely)]
    clock.passes(29 * DAY)
    await refresh(used.browser)
    clock.passes(DAY + SECOND)
    expect(await codeOf(unused.browser)).toBe('UNAUTHENTICATED')
    clock.passes(28 * DAY)
    await refresh(used.browser)
    clock.passes(28 * DAY)
    await refresh(used.browser)
    const maxAge = Number(/Max-Age=(\d+)/.exec(used.browser.setCookie ?? '')?.[1])
    expect(maxAge).toBeLessThan(4 * 24 * 3_600)
    clock.passes(4 * DAY)
    expect(await codeOf(used.browser)).toBe('UNAUTHENTICATED')
  })
})
