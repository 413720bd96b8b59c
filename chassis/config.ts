/** Configuration is read once, and every fault in it is printed together. */
import { resolve } from 'node:path'
import { z } from 'zod'

export class ConfigFault extends Error {
  override readonly name = 'ConfigFault'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(['The configuration has faults:', ...faults.map((fault) => `  ${fault}`)].join('\n'))
    this.faults = faults
  }
}

const url = (protocols: readonly string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  })

const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PORT: z.coerce.number({ error: 'must be a port from 0 to 65535' }).int().min(0).max(65_535).optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  STORMOPS_HOME: z.string().min(1).default('.stormops'),
  DATABASE_URL: url(['postgres:', 'postgresql:']).optional(),
  REDIS_URL: url(['redis:', 'rediss:']).optional(),
  PUBLIC_URL: url(['http:', 'https:']).optional(),
  SMTP_URL: url(['smtp:', 'smtps:']).optional(),
  SMTP_FROM: z
    .string()
    .regex(/^[^<>\r\n]*<?[^\s@<>]+@[^\s@<>]+>?$/, {
      error: 'must be an e-mail address, or a name and one in <>',
    })
    .optional(),
  SANDBOX: z.enum(['graphiql', 'apollo', 'off']).default('graphiql'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

/** `port` null means 4000 or the next free one; a port that was set is taken or refused. */
export type Config = {
  readonly environment: 'development' | 'test' | 'production'
  readonly port: number | null
  readonly host: string
  readonly home: string
  readonly databaseUrl: string | null
  readonly redisUrl: string | null
  readonly publicUrl: string | null
  /** Null where no mail can be sent. */
  readonly smtpUrl: string | null
  /** Who mails are from; null for an address at the platform's own host. */
  readonly smtpFrom: string | null
  /** What is served at `/sandbox`. */
  readonly sandbox: 'graphiql' | 'apollo' | 'off'
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

/** Empty variables count as unset. Throws one `ConfigFault` that names every bad variable. */
export const readConfig = (environment: Readonly<Record<string, string | undefined>>): Config => {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = schema.safeParse(set)
  if (!parsed.success) {
    throw new ConfigFault(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))
  }
  const value = parsed.data
  return {
    environment: value.NODE_ENV,
    port: value.PORT ?? null,
    host: value.HOST,
    home: resolve(value.STORMOPS_HOME),
    databaseUrl: value.DATABASE_URL ?? null,
    redisUrl: value.REDIS_URL ?? null,
    publicUrl: value.PUBLIC_URL ?? null,
    smtpUrl: value.SMTP_URL ?? null,
    smtpFrom: value.SMTP_FROM ?? null,
    sandbox: value.SANDBOX,
    logLevel: value.LOG_LEVEL,
  }
}
