/** The steady work of a soak: crews, pilots, readers, people who sign in, and what happens at Stripe. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Stripe } from 'stripe'
import { work, workStorm } from './crew.ts'
import type { Company, Journal } from './journal.ts'
import { COMPLETE_PILOT, daysFromNow, RECORD, START_PILOT } from '../storms/storm-builders.ts'
import type { SoakPlatform } from './soak-platform.ts'

export type SoakWork = {
  /** Resolves once everybody has ended what they had begun. */
  readonly stop: () => Promise<void>
  readonly counts: () => Readonly<Record<string, number>>
}

const CREW_PAUSE_MS = 150
const READER_PAUSE_MS = 120
const PERSON_PAUSE_MS = 2_000
const STRIPE_PAUSE_MS = 1_500

const DASHBOARD = `{
  viewer { tenant { name plan { tier } } }
  storms(first: 10) { edges { node { name status propertyCount } } }
  billingDashboard { currentPeriod { total { minorUnits } } }
}`
const SIGN_IN = `mutation ($input: RequestMagicLinkInput!) { requestMagicLink(input: $input) { __typename } }`

export const startWork = ({ companies, journal, stripe }: SoakPlatform): SoakWork => {
  const end = new AbortController()
  const over = (): boolean => end.signal.aborted
  const counts = { 'pilots measured': 0, 'links to sign in asked for': 0, 'events of Stripe’s': 0 }
  const loop = async (pauseMs: number, once: () => Promise<void>): Promise<void> => {
    while (!over()) {
      await once()
      await sleep(pauseMs)
    }
  }
  const sdk = new Stripe(stripe.apiKey, { host: stripe.host, port: stripe.port, protocol: 'http' })
  const working = companies.flatMap((company) => [
    work({ company, journal, isOver: over, pauseMs: CREW_PAUSE_MS }),
    loop(READER_PAUSE_MS, async () => void (await journal.ask(company, DASHBOARD))),
    loop(CREW_PAUSE_MS, async () => {
      if (await measurePilot(company, journal, over)) counts['pilots measured'] += 1
    }),
    loop(PERSON_PAUSE_MS, async () => {
      const email = `${company.name.split(' ')[0]?.toLowerCase()}@example.com`
      const said = await journal.ask(company, SIGN_IN, { input: { email } })
      if (said.kind === 'answered' && said.codes.length === 0) counts['links to sign in asked for'] += 1
    }),
  ])
  const events = loop(STRIPE_PAUSE_MS, async () => {
    await sdk.customers.create({ email: 'somebody@example.com' })
    counts['events of Stripe’s'] += 1
  })
  return {
    stop: async () => {
      end.abort()
      await Promise.all([...working, events])
    },
    counts: () => counts,
  }
}

let pilots = 0

/** A pilot from its storm to its report, asked again at each step until it is answered. */
const measurePilot = async (company: Company, journal: Journal, isOver: () => boolean): Promise<boolean> => {
  const key = (what: string): string => `pilot-${what}-${process.pid}-${pilots}`
  pilots += 1
  const insist = async (query: string, what: string, input: object): Promise<any> =>
    Object.values<any>(
      (await journal.insist(company, query, { input, key: key(what) }, isOver))?.data ?? {},
    )[0]
  // Over already, so that it can be measured as soon as its outcomes are known.
  const storm = { startsAt: daysFromNow(-20), endsAt: daysFromNow(-0.5) }
  const stormId = await workStorm({ company, journal, isOver, storm })
  if (stormId === null) return false
  const started = await insist(START_PILOT, 'start', { stormId, policyMode: 'AGGRESSIVE' })
  const pilotId: string | undefined = started?.pilot?.id
  if (pilotId === undefined) return false
  journal.keep(company, { kind: 'pilot', pilotId })
  if (!(await becomes(company, journal, pilotId, 'RUNNING', isOver))) return false
  const listed = await journal.ask(
    company,
    `query ($id: ID!) { storm(id: $id) { properties(first: 100) { edges { node { id } } } } }`,
    { id: stormId },
  )
  const edges = listed.kind === 'answered' ? (listed.data?.storm?.properties?.edges ?? []) : []
  const outcomes = edges.map(({ node }: any, place: number) => ({
    propertyId: node.id,
    converted: place % 3 === 0,
    at: daysFromNow(-1),
    ...(place % 3 === 0 ? { value: { minorUnits: 900_000, currency: 'USD' } } : {}),
  }))
  const recorded = (await insist(RECORD, 'outcomes', { stormId, outcomes }))?.recorded
  if (recorded === undefined) return false
  journal.keep(company, { kind: 'outcomes', stormId, rows: recorded })
  await insist(COMPLETE_PILOT, 'complete', { pilotId })
  return becomes(company, journal, pilotId, 'COMPLETED', isOver)
}

const becomes = async (
  company: Company,
  journal: Journal,
  pilotId: string,
  status: string,
  isOver: () => boolean,
): Promise<boolean> => {
  while (!isOver()) {
    const said = await journal.ask(company, `query ($id: ID!) { pilot(id: $id) { status } }`, { id: pilotId })
    const now = said.kind === 'answered' ? said.data?.pilot?.status : null
    if (now === status) return true
    if (now === 'FAILED') return false
    await sleep(CREW_PAUSE_MS * 2)
  }
  return false
}
