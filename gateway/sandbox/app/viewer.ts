/** Who the graph says is asking. */
import { ask } from './graph.ts'

export type Viewer = {
  readonly actor: { readonly id: string; readonly kind: string }
  readonly tenant: { readonly id: string; readonly slug: string; readonly name: string } | null
  readonly roles: readonly string[]
}

const VIEWER = `query SandboxViewer { viewer { actor { id kind } tenant { id slug name } roles } }`

/** Throws with the graph's own words when the token is not good. */
export const readViewer = async (token: string): Promise<Viewer> => {
  const { data, errors } = await ask(token, VIEWER)
  const viewer = data?.['viewer']
  if (viewer === null || viewer === undefined) {
    throw new Error(errors?.[0]?.message ?? 'The graph does not say who you are.')
  }
  // The query above, answered by the schema it was checked against.
  return viewer as Viewer
}
