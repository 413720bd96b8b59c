/** A server over the sample graph whose companies have published what a test says. */
import { createGateway } from '../gateway.ts'
import { createHttpServer } from '../http/server.ts'
import { idOfDocument } from '../persisted/named-document.ts'
import type { FindOperation } from '../persisted/published-operations.ts'
import { logLines } from './log-lines.ts'
import { NEW_ID, client } from './running-server.ts'
import type { Received } from './running-server.ts'
import { sampleGraph, TENANT } from './sample-graph.ts'
import type { SampleBehaviour } from './sample-graph.ts'

/** By company; a key of its own before what every key may ask. */
export type Published = Readonly<
  Record<string, readonly { readonly document: string; readonly keyId?: string }[]>
>

export const OTHER_TENANT = '018f2b1c-0000-7000-8000-000000000002'
export const KEY = 'key_018f2b1c00007000800000000000aaaa'
export const OTHER_KEY = 'key_018f2b1c00007000800000000000bbbb'

const nameIn = (document: string): string => /(?:query|mutation) (\w+)/.exec(document)?.[1] ?? ''

const finder =
  (published: Published, asked: string[]): FindOperation =>
  async (tenantId, asker, documentId) => {
    asked.push(documentId)
    const found = published[tenantId]?.find(
      ({ document, keyId }) =>
        idOfDocument(document) === documentId &&
        (asker.kind === 'company' || keyId === undefined || keyId === asker.keyId),
    )
    return found === undefined ? null : { document: found.document, name: nameIn(found.document) }
  }

/** `find` takes the place of what is published, for a registry that fails. */
export const startPublished = async (
  published: Published,
  behaviour: SampleBehaviour = {},
  find?: FindOperation,
) => {
  const graph = await sampleGraph(behaviour)
  const log = logLines()
  const lookups: string[] = []
  const gateway = await createGateway({
    supergraphSdl: graph.supergraphSdl,
    subgraphs: [graph.storms, graph.crews],
    seal: graph.seal,
    log: log.log,
    clock: graph.clock,
    findOperation: find ?? finder(published, lookups),
  })
  const server = await createHttpServer({
    gateway,
    verify: graph.verify,
    jwks: () => ({ keys: graph.keys.keySet(new Date()) }),
    log: log.log,
    newRequestId: () => NEW_ID,
    readiness: async () => ({ ready: true, checks: { database: 'ok' } }),
  })
  const { url } = await server.listen('127.0.0.1', 0)
  const partner = (subject: string, tenantId = TENANT) =>
    graph.tokenFor({ subject, kind: 'API_KEY', role: 'PARTNER', tenantId })
  return {
    gateway,
    lookups,
    as: (token: string) => client(url, token),
    user: client(url, await graph.tokenFor()),
    stranger: client(url, await graph.tokenFor({ tenantId: OTHER_TENANT })),
    partner: client(url, await partner(KEY)),
    otherKey: client(url, await partner(OTHER_KEY)),
    otherPartner: client(url, await partner(KEY, OTHER_TENANT)),
    nobody: client(url, null),
    fetches: () => graph.storms.opened.length + graph.crews.opened.length,
    counted: async (source: string, outcome: string): Promise<number> => {
      const metric = await gateway.registry.getSingleMetric('persisted_operations_total')?.get()
      const found = metric?.values.find(
        ({ labels }) => labels['source'] === source && labels['outcome'] === outcome,
      )
      return found?.value ?? 0
    },
    stop: async () => {
      await server.close()
      await gateway.stop()
    },
  }
}

export const bodyOf = ({ text }: Received): any => JSON.parse(text)
export const codeOf = (received: Received): string | undefined =>
  bodyOf(received).errors?.[0]?.extensions.code
export const hashed = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } })
