/** What became of requests that name a document, or should have. */
import { Counter } from 'prom-client'
import type { Registry } from 'prom-client'

/** `hit` and `miss` of a name; `registered` a text; `refused` a partner's text, or a text under another's hash. */
export type PersistedOutcome = 'hit' | 'miss' | 'registered' | 'refused'

/** Where the document was, or was looked for: what a company published, or what frontends registered. */
export type PersistedSource = 'published' | 'registered'

export type CountPersisted = (source: PersistedSource, outcome: PersistedOutcome) => void

export const persistedMetrics = (registry: Registry): CountPersisted => {
  const requests = new Counter({
    name: 'persisted_operations_total',
    help: 'Requests that named a document, or should have, by where it is kept and what came of it.',
    labelNames: ['source', 'outcome'] as const,
    registers: [registry],
  })
  return (source, outcome) => requests.inc({ source, outcome })
}
