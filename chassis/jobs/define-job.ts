/**
 * A job is a definition, a policy and a function. The definition stands alone, so that whoever enqueues a job
 * does not import the code that does it.
 */
import type { z } from 'zod'

export type JobDefinition<Payload> = {
  readonly name: string
  readonly payload: z.ZodType<Payload>
  /** Attempts after the first. Delays double from one second, with jitter. */
  readonly retries: number
  /** Seconds after which an attempt counts as lost. */
  readonly timeoutSeconds: number
}

export type EventDefinition<Payload> = { readonly name: string; readonly payload: z.ZodType<Payload> }

/** Transient faults pass within seconds; a fourth failure is almost always a defect that waits for a person. */
export const DEFAULT_RETRIES = 3
export const DEFAULT_TIMEOUT_SECONDS = 300

export const defineJob = <Payload extends object>(definition: {
  readonly name: string
  readonly payload: z.ZodType<Payload>
  readonly retries?: number
  readonly timeoutSeconds?: number
}): JobDefinition<Payload> => ({
  retries: DEFAULT_RETRIES,
  timeoutSeconds: DEFAULT_TIMEOUT_SECONDS,
  ...definition,
})

/** An event is published in the transaction that made it true, and handled by jobs of whoever cares. */
export const defineEvent = <Payload extends object>(
  definition: EventDefinition<Payload>,
): EventDefinition<Payload> => definition
