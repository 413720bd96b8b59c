/** Ten times as many ask as can be answered: who is turned away is told at once, and who is let in is answered. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UNLIMITED } from '@stormops/gateway/limits/rates/allowances'
import { ask } from './asking.ts'
import type { Said } from './asking.ts'
import { workStorm } from './crew.ts'
import { openFaultyPlatform } from './faulty-platform.ts'
import type { FaultyPlatform } from './faulty-platform.ts'
import { assertUnharmed } from './invariants.ts'
import type { Company } from './journal.ts'

const EXECUTING = 8
const STORMS = `{ viewer { tenant { name plan { tier } } } storms(first: 5) { edges { node { name propertyCount } } } }`

let platform: FaultyPlatform
let companies: readonly Company[]
beforeAll(async () => {
  platform = await openFaultyPlatform({
    limits: {
      allowances: UNLIMITED,
      overload: { executing: EXECUTING, waiting: EXECUTING, patienceMilliseconds: 300 },
    },
  })
  companies = [
    await platform.company('Loud Roofing'),
    await platform.company('Louder Roofing'),
    await platform.company('Quiet Roofing'),
  ]
  for (const company of companies) {
    await workStorm({ company, journal: platform.journal, isOver: () => false })
  }
})
afterAll(() => platform?.close())

type Load = { readonly answered: number; readonly refused: number; readonly others: readonly string[] }

/** So many clients, each of which asks again as soon as it was told something. */
const underLoad = async (clients: number, milliseconds: number): Promise<Load> => {
  const end = performance.now() + milliseconds
  const said: Said[] = []
  const client = async (place: number): Promise<void> => {
    const company = companies[place % 2]
    if (company === undefined) return
    while (performance.now() < end) {
      const answer = await platform.journal.ask(company, STORMS)
      said.push(answer)
      // As `retry-after` asks, only sooner.
      if (!isAnswered(answer)) await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  await Promise.all(Array.from({ length: clients }, (_client, place) => client(place)))
  const answered = said.filter(isAnswered).length
  const refused = said.filter(isRefused).length
  const others = said.filter((one) => !isAnswered(one) && !isRefused(one)).map((one) => JSON.stringify(one))
  return { answered, refused, others }
}

const isAnswered = (said: Said): boolean => said.kind === 'answered' && said.data?.storms?.edges.length > 0
const isRefused = (said: Said): boolean =>
  said.kind === 'answered' && (said.status === 503 || said.status === 429)

describe('ten times as many as can be answered', () => {
  it('are turned away with 503 or answered whole, a third company is let in, and it is over when they go', async () => {
    const peak = await underLoad(EXECUTING, 1_500)
    expect(peak.others).toEqual([])
    const loud = underLoad(EXECUTING * 10, 2_500)
    const quiet: Said[] = []
    for (let asked = 0; asked < 10; asked += 1) {
      const { token } = companies[2] ?? { token: '' }
      quiet.push(await ask({ url: platform.directUrl, token, query: '{ viewer { tenant { name } } }' }))
    }
    const load = await loud
    expect(load.others).toEqual([])
    expect(load.refused).toBeGreaterThan(0)
    expect(load.answered).toBeGreaterThan(0)
    // Nobody has the whole of it: somebody who asks little comes through.
    expect(quiet.filter((said) => said.kind === 'answered' && said.status === 200).length).toBeGreaterThan(0)
    const after = await underLoad(2, 300)
    expect(after).toMatchObject({ refused: 0, others: [] })
    // The quiet one asked past the journal.
    await assertUnharmed({ ...platform, isMetered: false })
  })
})
