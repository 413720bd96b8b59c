/** Logs are lines of JSON with the request, tenant and job they belong to, and never a secret. */
import { pino } from 'pino'
import type { DestinationStream, Logger } from 'pino'

export type Log = Logger

/** Where secrets travel under these names, at any of the depths our log lines have. */
const SECRET_NAMES = [
  'authorization',
  'cookie',
  'set-cookie',
  'password',
  'secret',
  'token',
  'bearer',
  'apiKey',
  'connectionString',
]
const REDACTED_PATHS = SECRET_NAMES.flatMap((name) => {
  const key = /^[a-zA-Z]+$/.test(name) ? name : `["${name}"]`
  const joined = (prefix: string) => (key.startsWith('[') ? `${prefix}${key}` : `${prefix}.${key}`)
  return [key, joined('*'), joined('*.*')]
})

export const createLog = (level: string, destination?: DestinationStream): Log => {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: REDACTED_PATHS, censor: '[redacted]' },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}
