/** How to reach a PostgreSQL server as one of its roles. */
import { secret } from '../secret.ts'
import type { Secret } from '../secret.ts'

/** `host` may be the directory of a Unix socket. */
export type ConnectionSettings = {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: Secret<string> | null
  readonly tls: boolean
}

const DEFAULT_PORT = 5432

/** Reads `postgres://user:password@host:port/database?sslmode=require`. */
export const connectionFromUrl = (text: string): ConnectionSettings => {
  const url = new URL(text)
  const socket = url.searchParams.get('host')
  return {
    host: socket ?? decodeURIComponent(url.hostname),
    port: Number(url.port || url.searchParams.get('port') || DEFAULT_PORT),
    database: decodeURIComponent(url.pathname.slice(1)) || 'stormops',
    user: decodeURIComponent(url.username) || 'postgres',
    password: url.password === '' ? null : secret(decodeURIComponent(url.password)),
    tls: ['require', 'verify-ca', 'verify-full'].includes(url.searchParams.get('sslmode') ?? ''),
  }
}

/** What the `pg` driver, and everything built on it, calls these settings. */
export type DriverConfig = {
  host: string
  port: number
  database: string
  user: string
  password?: string
  ssl?: boolean
  keepAlive: true
  keepAliveInitialDelayMillis: number
}

/** Milliseconds after which the operating system asks whether the other end of a quiet connection is still there. */
const KEEP_ALIVE_AFTER_MS = 10_000

export const clientConfig = (settings: ConnectionSettings): DriverConfig => ({
  host: settings.host,
  port: settings.port,
  database: settings.database,
  user: settings.user,
  ...(settings.password === null ? {} : { password: settings.password.reveal() }),
  ...(settings.tls ? { ssl: true } : {}),
  keepAlive: true,
  keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
})
