/** Logs are lines of JSON with the request, tenant and job they belong to, and never a secret. */
import { pino, stdSerializers } from 'pino'
import type { DestinationStream, Logger } from 'pino'

export type Log = Logger

/** Names under which secrets travel, alone or as the end of a longer one: `token`, `x-api-key`, `clientSecret`. */
const SECRET_NAME =
  /(authorization|cookie|password|secret|token|bearer|api[-_]?key|connection[-_]?string|private[-_]?key)$/i
const CENSORED = '[redacted]'

/** Deeper than any line means to go; it also ends what contains itself. */
const DEEPEST = 10

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** A copy without secrets. Instances of classes other than errors are left to the serialiser that knows them. */
const withoutSecrets = (value: unknown, depth: number): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (depth > DEEPEST) return '[too deep]'
  if (value instanceof Error) return membersWithoutSecrets(whatItSays(value), depth)
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, depth + 1))
  return isPlain(value) ? membersWithoutSecrets(value, depth) : value
}

/** Libraries hang what failed on an error: a driver its connection, with all it knows. The log is told what was said. */
const whatItSays = (error: Error): object =>
  Object.fromEntries(
    Object.entries<unknown>(stdSerializers.err(error)).filter(
      ([, member]) =>
        typeof member !== 'object' ||
        member === null ||
        Array.isArray(member) ||
        member instanceof Error ||
        isPlain(member),
    ),
  )

const membersWithoutSecrets = (members: object, depth: number): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(members).map(([name, member]) => [
      name,
      SECRET_NAME.test(name) ? CENSORED : withoutSecrets(member, depth + 1),
    ]),
  )

/** What a child logger is bound to passes no formatter; it is a flat thing of ours, or one object deep. */
const BOUND_SECRETS = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'bearer',
  'apiKey',
  'connectionString',
]
const BOUND_PATHS = BOUND_SECRETS.flatMap((name) => [name, `*.${name}`])

/** `marks` are asked for every line, whose own fields stand before them. */
export const createLog = (level: string, destination?: DestinationStream, marks?: () => object): Log => {
  const options = {
    level,
    base: null,
    // Errors are written by `whatItSays`; the usual serialiser would take its copies for errors once more.
    serializers: { err: (error: unknown) => error },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (line: object) => membersWithoutSecrets(line, 0),
    },
    ...(marks === undefined ? {} : { mixin: () => ({ ...marks() }) }),
    redact: { paths: BOUND_PATHS, censor: CENSORED },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}
