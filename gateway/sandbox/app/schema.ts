/** How the graph is shaped, for the documentation and the suggestions: read once for each who sees another graph. */
import { buildClientSchema, getIntrospectionQuery } from 'graphql'
import type { GraphQLSchema, IntrospectionQuery } from 'graphql'
import { useEffect, useState } from 'react'
import { ask, refusalIn } from './graph.ts'
import { keptSession } from './session.ts'

export type Shape =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'known'; readonly schema: GraphQLSchema }
  /** The graph's words. */
  | { readonly kind: 'hidden'; readonly why: string }

const UNKNOWN: Shape = { kind: 'unknown' }

const INTROSPECTION = getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true })

const readSchema = async (token: string): Promise<GraphQLSchema> => {
  const answer = await ask(token, INTROSPECTION)
  if (answer.data === null || answer.data === undefined) throw refusalIn(answer)
  // The standard's own query, answered as the standard says.
  return buildClientSchema(answer.data as unknown as IntrospectionQuery)
}

/** `who` is null before it is known who asks: nobody is told, so nothing is asked. A renewed token is the same who. */
export const useSchema = (who: string | null): Shape => {
  const [read, setRead] = useState<{ readonly who: string; readonly shape: Shape } | null>(null)
  useEffect(() => {
    const token = keptSession()?.accessToken
    if (who === null || token === undefined) return undefined
    let current = true
    const keep = (shape: Shape): void => {
      if (current) setRead({ who, shape })
    }
    readSchema(token).then(
      (schema) => keep({ kind: 'known', schema }),
      (error: unknown) =>
        keep({ kind: 'hidden', why: error instanceof Error ? error.message : String(error) }),
    )
    return () => {
      current = false
    }
  }, [who])
  return who !== null && read?.who === who ? read.shape : UNKNOWN
}
