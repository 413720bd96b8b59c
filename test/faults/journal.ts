/**
 * What the platform has acknowledged, as a client knows it. Whatever stands in here has to be in the database for good,
 * once; whatever does not may be there or not.
 */
import { ask, mayPass } from './asking.ts'
import type { Said } from './asking.ts'

export type Company = {
  /** As the database keeps it. */
  readonly uuid: string
  readonly name: string
  readonly token: string
}

export type Entry =
  | { readonly kind: 'storm'; readonly stormId: string }
  | { readonly kind: 'properties'; readonly stormId: string; readonly rows: number }
  | { readonly kind: 'scores'; readonly stormId: string; readonly rows: number }
  | { readonly kind: 'events'; readonly stormId: string; readonly clientEventIds: readonly string[] }
  | { readonly kind: 'outcomes'; readonly stormId: string; readonly rows: number }
  | { readonly kind: 'pilot'; readonly pilotId: string }

export type Acknowledged = Entry & { readonly company: Company }

export type Counts = {
  sent: number
  answered: number
  lost: number
  retried: number
  refused: Map<string, number>
}

export type Journal = {
  readonly companies: readonly Company[]
  readonly add: (company: Company) => void
  readonly acknowledged: readonly Acknowledged[]
  readonly keep: (company: Company, entry: Entry) => void
  readonly countsOf: (company: Company) => Counts
  /** Asks as the owner, counted. */
  readonly ask: (company: Company, query: string, variables?: object) => Promise<Said>
  /** As `ask`, and again while the company's rate of requests is used up. */
  readonly askPatiently: Journal['ask']
  /** Asks under one key until it is answered for good, or `isOver`. Null for the latter. */
  readonly insist: (
    company: Company,
    query: string,
    variables: { readonly input: object; readonly key: string },
    isOver: () => boolean,
  ) => Promise<Extract<Said, { kind: 'answered' }> | null>
}

const BETWEEN_TRIES_MS = 150

/** A minute's allowance is whole again by then. */
const PATIENCE_MS = 60_000

export const openJournal = (url: () => string): Journal => {
  const companies: Company[] = []
  const acknowledged: Acknowledged[] = []
  const counted = new Map<string, Counts>()
  const countsOf = ({ uuid }: Company): Counts => {
    const known = counted.get(uuid) ?? { sent: 0, answered: 0, lost: 0, retried: 0, refused: new Map() }
    counted.set(uuid, known)
    return known
  }
  const asked: Journal['ask'] = async (company, query, variables = {}) => {
    const counts = countsOf(company)
    counts.sent += 1
    const said = await ask({ url: url(), token: company.token, query, variables })
    if (said.kind === 'lost') counts.lost += 1
    // As the meter has it: an answer without data is one whose execution never began.
    else if (said.data !== null) counts.answered += 1
    for (const code of said.kind === 'lost' ? [said.reason] : said.codes) {
      counts.refused.set(code, (counts.refused.get(code) ?? 0) + 1)
    }
    return said
  }
  return {
    companies,
    add: (company) => void companies.push(company),
    acknowledged,
    keep: (company, entry) => void acknowledged.push({ company, ...entry }),
    countsOf,
    ask: asked,
    askPatiently: async (company, query, variables) => {
      const end = performance.now() + PATIENCE_MS
      for (;;) {
        const said = await asked(company, query, variables)
        const isLimited = said.kind === 'answered' && said.codes.includes('RATE_LIMITED')
        if (!isLimited || performance.now() > end) return said
        await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES_MS))
      }
    },
    insist: async (company, query, variables, isOver) => {
      for (;;) {
        const said = await asked(company, query, variables)
        if (said.kind === 'answered' && !mayPass(said)) return said
        if (isOver()) return null
        countsOf(company).retried += 1
        await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES_MS))
      }
    },
  }
}
