/** Who the graph says is asking. */
import { VIEWER } from './documents.ts'
import { ask, refusalIn } from './graph.ts'

export type Viewer = {
  readonly actor: { readonly id: string; readonly kind: string }
  readonly tenant: { readonly id: string; readonly slug: string; readonly name: string } | null
  readonly roles: readonly string[]
}

/** Throws with the graph's own words when the token is not good. */
export const readViewer = async (token: string): Promise<Viewer> => {
  const answer = await ask(token, VIEWER)
  const viewer = answer.data?.['viewer']
  if (viewer === null || viewer === undefined) throw refusalIn(answer)
  // The query above, answered by the schema it was checked against.
  return viewer as Viewer
}

/** The same for whoever sees the same graph. */
export const viewKeyOf = ({ actor, tenant, roles }: Viewer): string =>
  [actor.kind, actor.id, tenant?.id ?? '', ...roles].join(' ')
