/** What a company has published, page by page. */
import { GraphFault } from './client.ts'
import type { GraphClient } from './client.ts'

export type PublishedOperation = {
  readonly id: string
  readonly documentId: string
  readonly name: string
  readonly document: string
  readonly apiKeyId: string | null
  readonly publishedAt: string
  readonly publishedBy: string
  readonly retiredAt: string | null
}

type Page = {
  readonly persistedOperations: {
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
    readonly edges: readonly { readonly node: PublishedOperation }[]
  } | null
}

const PAGE = `query PublishedOperations($after: String, $includeRetired: Boolean) {
  persistedOperations(first: 100, after: $after, includeRetired: $includeRetired) {
    pageInfo { hasNextPage endCursor }
    edges { node { id documentId name document apiKeyId publishedAt publishedBy retiredAt } }
  }
}`

/** Newest first. Throws `GraphFault`. */
export const publishedOperations = async (
  client: GraphClient,
  includeRetired = false,
): Promise<readonly PublishedOperation[]> => {
  const found: PublishedOperation[] = []
  let after: string | null = null
  for (;;) {
    const { persistedOperations }: Page = await client.ask<Page>(PAGE, { after, includeRetired })
    if (persistedOperations === null) throw new GraphFault('The platform gave no operations.')
    found.push(...persistedOperations.edges.map(({ node }) => node))
    if (!persistedOperations.pageInfo.hasNextPage) return found
    after = persistedOperations.pageInfo.endCursor
  }
}
