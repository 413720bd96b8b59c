/** A storm by its id, or by the name that the company gave its event. */
import { GraphFault } from './client.ts'
import type { GraphClient } from './client.ts'

export type FoundStorm = { readonly id: string; readonly eventId: string; readonly name: string }

type Page = {
  storms: { pageInfo: { hasNextPage: boolean; endCursor: string }; edges: { node: FoundStorm }[] }
}

const STORMS = `query Storms($after: String) {
  storms(first: 100, after: $after) { pageInfo { hasNextPage endCursor } edges { node { id eventId name } } }
}`

/** Throws `GraphFault` where the company has no such storm. */
export const stormOf = async (client: GraphClient, name: string): Promise<FoundStorm> => {
  let after: string | null = null
  for (;;) {
    const { storms }: Page = await client.ask<Page>(STORMS, { after })
    const found = storms.edges.find(({ node }) => node.id === name || node.eventId === name)
    if (found !== undefined) return found.node
    if (!storms.pageInfo.hasNextPage) throw new GraphFault(`The company has no storm ${name}.`)
    after = storms.pageInfo.endCursor
  }
}
