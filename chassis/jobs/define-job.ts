/**
 * A job is a definition, a policy and a function. The definition stands alone, so that whoever enqueues a job
 * does not import the code that does it.
 */
import type { z } from 'zod'

/**
 * When a job of the platform runs by itself: five cron fields, read on the clock of an IANA zone. It starts within
 * about half a minute of its time. What came due while no worker ran is made up for once, however often it was missed.
 */
export type JobSchedule = { readonly cron: string; readonly timeZone: string }

export type JobDefinition<Payload> = {
  readonly name: string
  readonly payload: z.ZodType<Payload>
  /** Attempts after the first. Delays double from one second, with jitter. */
  readonly retries: number
  /** Seconds after which an attempt counts as lost. */
  readonly timeoutSeconds: number
  /** Runs for no company, with a payload of nothing but defaults. */
  readonly schedule?: JobSchedule
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
  readonly schedule?: JobSchedule
}): JobDefinition<Payload> => ({
  retries: DEFAULT_RETRIES,
  timeoutSeconds: DEFAULT_TIMEOUT_SECONDS,
  ...definition,
})

/** An event is published in the transaction that made it true, and handled by jobs of whoever cares. */
export const defineEvent = <Payload extends object>(
  definition: EventDefinition<Payload>,
): EventDefinition<Payload> => definition
