/**
 * How the answer to a fetch crosses from a subgraph's process to the gateway's: as GraphQL has it over HTTP, and what
 * it asks of HTTP beside its data in the extensions, which go no further than the gateway.
 */
import type { GraphQLFormattedError } from 'graphql'
import { z } from 'zod'
import type { AnsweredFetch, FetchOutcome } from './answer-fetch.ts'
import type { AnswerNotes } from './subgraph.ts'

const OUTCOMES = ['ok', 'errors', 'timeout', 'unavailable'] as const satisfies readonly FetchOutcome[]

/** One schema for every note, so that a new one does not compile until it is said here how it travels. */
const notes = z.strictObject({
  refreshToken: z
    .strictObject({
      value: z.string(),
      expiresAt: z.codec(z.iso.datetime(), z.date(), {
        decode: (text) => new Date(text),
        encode: (date) => date.toISOString(),
      }),
    })
    .nullable()
    .exactOptional(),
} satisfies { readonly [Note in keyof AnswerNotes]-?: z.ZodType })

const error = z.object({
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).exactOptional(),
  extensions: z.looseObject({ code: z.string() }),
}) satisfies z.ZodType<GraphQLFormattedError>

const answer = z.strictObject({
  data: z.record(z.string(), z.unknown()).nullable().exactOptional(),
  errors: z.array(error).min(1).exactOptional(),
  extensions: z.strictObject({ outcome: z.enum(OUTCOMES), notes }),
})

export const writtenAnswer = ({ outcome, answer: given, notes: left }: AnsweredFetch): string =>
  JSON.stringify({ ...given, extensions: { outcome, notes: z.encode(notes, left) } })

/** Throws for anything that `writtenAnswer` did not write. */
export const readAnswer = (text: string): AnsweredFetch => {
  const { data, errors, extensions } = answer.parse(JSON.parse(text))
  const given = { ...(data === undefined ? {} : { data }), ...(errors === undefined ? {} : { errors }) }
  return { outcome: extensions.outcome, answer: given, notes: extensions.notes }
}
