import { readTrustedProxies } from '@stormops/chassis/trusted-proxies'
import { afterEach, describe, expect, it } from 'vitest'
import { ALLOWANCES } from '../limits/rates/allowances.ts'
import { client, startServer } from '../testing/running-server.ts'
import type { RunningServer } from '../testing/running-server.ts'

let running: RunningServer | null = null
afterEach(async () => {
  await running?.stop()
  running = null
})

const PER_MINUTE = 3

/** The server, as a configuration of `TRUST_PROXY` has it; null for none. The test itself is the proxy at 127.0.0.1. */
const behind = async (text: string | null) => {
  const read = text === null ? null : readTrustedProxies(text)
  if (read?.kind === 'fault') throw new Error(read.message)
  const trustProxy = read === null ? {} : { trustProxy: read.proxies }
  running = await startServer({}, trustProxy, { allowances: { ...ALLOWANCES, addressPerMinute: PER_MINUTE } })
  const { get } = client(`http://127.0.0.1:${running.port}`, null)
  return async (forwardedFor: string): Promise<number> =>
    (await get({ query: '{ __typename }' }, { 'x-forwarded-for': forwardedFor })).status
}

/** One more request than an address may send. */
const statuses = async (ask: (forwardedFor: string) => Promise<number>, told: (nth: number) => string) => {
  const all: number[] = []
  for (let nth = 0; nth <= PER_MINUTE; nth++) all.push(await ask(told(nth)))
  return all
}

const ONE_ADDRESS = [...Array<number>(PER_MINUTE).fill(200), 429]
const MANY_ADDRESSES = Array<number>(PER_MINUTE + 1).fill(200)

describe('X-Forwarded-For', () => {
  it.each([
    ['by default', null],
    ['from an address that is none of the proxies', 'private,198.51.100.0/24'],
  ])('is not believed %s: who makes up addresses is counted as one', async (_which, text) => {
    const ask = await behind(text)
    expect(await statuses(ask, (nth) => `203.0.113.${nth}`)).toEqual(ONE_ADDRESS)
  })

  it.each(['loopback', '127.0.0.1', '127.0.0.0/8', '1'])(
    'is believed from a proxy of %j, each address with a limit of its own',
    async (text) => {
      const ask = await behind(text)
      expect(await statuses(ask, (nth) => `203.0.113.${nth}`)).toEqual(MANY_ADDRESSES)
      expect(await statuses(ask, () => '198.51.100.1')).toEqual(ONE_ADDRESS)
      expect(await ask('198.51.100.2')).toBe(200)
    },
  )

  it.each(['loopback', '1'])(
    'is believed with %j of the one before the proxy, whatever that one says',
    async (text) => {
      const ask = await behind(text)
      expect(await statuses(ask, (nth) => `192.0.2.${nth}, 203.0.113.9`)).toEqual(ONE_ADDRESS)
    },
  )

  it.each(['loopback,198.51.100.0/24', '2'])('is believed through two proxies with %j', async (text) => {
    const ask = await behind(text)
    expect(await statuses(ask, (nth) => `203.0.113.${nth}, 198.51.100.7`)).toEqual(MANY_ADDRESSES)
    expect(await statuses(ask, (nth) => `192.0.2.${nth}, 203.0.113.77, 198.51.100.7`)).toEqual(ONE_ADDRESS)
  })

  it('that no proxy sent leaves the proxy’s own address', async () => {
    await behind('loopback')
    const { get } = client(`http://127.0.0.1:${running?.port}`, null)
    const all: number[] = []
    for (let nth = 0; nth <= PER_MINUTE; nth++) all.push((await get({ query: '{ __typename }' })).status)
    expect(all).toEqual(ONE_ADDRESS)
  })
})
