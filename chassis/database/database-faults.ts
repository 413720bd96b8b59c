/** What PostgreSQL, or the way to it, says, as whoever asked is told. */
import { Fault } from '../fault.ts'
import type { FaultCode } from '../fault.ts'

const BUSY = 'Other work holds what this needs. Try again in a minute.'
const AWAY = 'The database cannot be reached. Try again in a minute.'
const MOVING = 'Your company’s data is being moved. Nothing is lost: try again in a few seconds.'

/** Seconds after which to try again what a move of the company refused. */
const MOVED_SOON = { retryAfterSeconds: 2 }

/** Raised by `chassis.enter`: a company that lives elsewhere, and one that is leaving or arriving. */
export const ELSEWHERE = 'SOC01'
const BEING_MOVED = 'SOC02'

/** What the ledger role is told that writes for a company that is leaving. */
const CLOSED_POLICY = /row-level security policy "open_for_(writing|change|removal)"/

/** What PostgreSQL, or the way to it, says when the same request may succeed a moment later. */
const PASSING_STATES: ReadonlyMap<unknown, { readonly code: FaultCode; readonly message: string }> = new Map([
  ['57014', { code: 'TIMEOUT', message: BUSY }],
  ['55P03', { code: 'UNAVAILABLE', message: BUSY }],
  ['40P01', { code: 'UNAVAILABLE', message: BUSY }],
  ...[
    '57P01',
    '57P02',
    '57P03',
    '08000',
    '08003',
    '08006',
    '08001',
    '53300',
    '55000',
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOENT',
    'EPIPE',
  ].map((state): [string, { code: FaultCode; message: string }] => [
    state,
    { code: 'UNAVAILABLE', message: AWAY },
  ]),
])

/** The driver gives a connection that broke in the middle of a query no code, and neither the wait for one. */
const BROKEN_CONNECTION =
  /^Connection terminated|Client has encountered a connection error|^timeout exceeded when trying to connect/

const UNKEEPABLE = 'A text has a zero character, or half of a character, which cannot be kept.'

/** A zero character in a text or in JSON, or half of a surrogate pair in JSON. */
const isUnkeepableText = (cause: Error): boolean =>
  'code' in cause &&
  (cause.code === '22021' ||
    cause.code === '22P05' ||
    (cause.code === '22P02' && cause.message.includes('type json')))

/** A failure that passes by itself, or is the caller's, as the fault it is; any other as it came. */
export const told = (cause: unknown): Error => {
  if (!(cause instanceof Error)) return new Error(String(cause))
  if (cause instanceof Fault) return cause
  if ('code' in cause && (cause.code === ELSEWHERE || cause.code === BEING_MOVED)) return moving(cause)
  if (CLOSED_POLICY.test(cause.message)) return moving(cause)
  if (isUnkeepableText(cause)) return new Fault('BAD_INPUT', UNKEEPABLE, { cause })
  const passing = 'code' in cause ? PASSING_STATES.get(cause.code) : undefined
  if (passing !== undefined) return new Fault(passing.code, passing.message, { cause })
  return BROKEN_CONNECTION.test(cause.message) ? new Fault('UNAVAILABLE', AWAY, { cause }) : cause
}

const moving = (cause: Error): Fault => new Fault('UNAVAILABLE', MOVING, { cause, facts: MOVED_SOON })

/** Whether the cell itself said that the company does not live in it. */
export const isElsewhere = (error: unknown): boolean =>
  error instanceof Fault &&
  error.cause instanceof Error &&
  'code' in error.cause &&
  error.cause.code === ELSEWHERE
