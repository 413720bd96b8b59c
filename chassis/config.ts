/** Configuration is read once, and every fault in it is printed together. */
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { readCellUrls } from './cells/cell-urls.ts'
import { DEFAULT_DISK_RESERVE, readDiskReserve } from './disk/disk-reserve.ts'
import type { DiskReserve } from './disk/disk-reserve.ts'
import { readFailpoints } from './failpoint.ts'
import type { ArmedFailpoint } from './failpoint.ts'
import { keyDirectory } from './home-secret.ts'
import { secret, secretOrNull } from './secret.ts'
import type { Secret } from './secret.ts'
import { readRedisAddress } from './redis-address.ts'
import { readStripeSettings, stripeFaults, stripeVariables } from './stripe-settings.ts'
import type { StripeSettings } from './stripe-settings.ts'
import { readTraceSettings, traceVariables } from './telemetry/trace-settings.ts'
import type { TraceSettings } from './telemetry/trace-settings.ts'
import { readTrustedProxies } from './trusted-proxies.ts'
import type { TrustedProxies } from './trusted-proxies.ts'

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

/** Where each process of a subgraph is; there is one at least. */
export type Addresses = readonly [string, ...string[]]

/** `tenancy=http://10.0.0.1:4001|http://10.0.0.2:4001,storms=http://10.0.0.1:4002` as a map from names to addresses. */
const subgraphUrls = z.string().transform((text, context): ReadonlyMap<string, Addresses> => {
  const urls = new Map<string, Addresses>()
  for (const entry of text.split(',').map((part) => part.trim())) {
    const [, name, addresses = ''] = /^([a-z]+)=(.+)$/.exec(entry) ?? []
    const [first = '', ...others] = addresses.split('|').map((part) => part.trim())
    if (name === undefined || ![first, ...others].every(isOrigin)) {
      context.addIssue(
        'must be a list like name=http://127.0.0.1:4001,other=http://10.0.0.1:4002|http://10.0.0.2:4002',
      )
      return z.NEVER
    }
    if (urls.has(name)) context.addIssue(`names ${name} twice`)
    urls.set(name, [first, ...others])
  }
  return urls
})

/** A scheme, a host and maybe a port: whatever stands after it would be ignored. */
const isOrigin = (address: string): boolean =>
  /^https?:/.test(address) &&
  URL.canParse(address) &&
  [new URL(address).origin, `${new URL(address).origin}/`].includes(address)

const trustedProxies = z.string().transform((text, context): TrustedProxies => {
  const result = readTrustedProxies(text)
  if (result.kind === 'read') return result.proxies
  context.addIssue(result.message)
  return z.NEVER
})

const cellUrls = z.string().transform((text, context): ReadonlyMap<string, string> => {
  const result = readCellUrls(text)
  if (result.kind === 'read') return result.urls
  context.addIssue(result.message)
  return z.NEVER
})

const diskReserve = z.string().transform((text, context): DiskReserve | null => {
  const result = readDiskReserve(text)
  if (result.kind === 'read') return result.reserve
  context.addIssue(result.message)
  return z.NEVER
})

const failpoints = z.string().transform((text, context): readonly ArmedFailpoint[] => {
  const result = readFailpoints(text)
  if (result.kind === 'read') return result.failpoints
  context.addIssue(result.message)
  return z.NEVER
})

/** A token that opens the figures of the platform must not be guessed. */
const SHORTEST_TOKEN = 16

/** Every variable that is read. */
export const configVariables = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PORT: z.coerce.number({ error: 'must be a port from 0 to 65535' }).int().min(0).max(65_535).optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  STORMOPS_HOME: z.string().min(1).default('.stormops'),
  DATABASE_URL: url(['postgres:', 'postgresql:']).optional(),
  CELL_URLS: cellUrls.optional(),
  ENTERPRISE_CELL: z.string().min(1).optional(),
  REDIS_URL: z
    .string()
    .refine((value) => readRedisAddress(value) !== null, {
      error: 'must be a URL that starts with redis:// or rediss://, or redis-cluster://host:port,host:port',
    })
    .optional(),
  PUBLIC_URL: url(['http:', 'https:']).optional(),
  TRUST_PROXY: trustedProxies.optional(),
  SMTP_URL: url(['smtp:', 'smtps:']).optional(),
  SMTP_FROM: z
    .string()
    .regex(/^[^<>\r\n]*<?[^\s@<>]+@[^\s@<>]+>?$/, {
      error: 'must be an e-mail address, or a name and one in <>',
    })
    .optional(),
  OPERATIONS_MAIL: z.email({ error: 'must be an e-mail address' }).optional(),
  SANDBOX: z.enum(['graphiql', 'apollo', 'off']).default('graphiql'),
  STORMOPS_KEYS_DIR: z.string().min(1).optional(),
  STORMOPS_BACKUP_DIR: z.string().min(1).optional(),
  SUBGRAPH_URLS: subgraphUrls.optional(),
  DISK_RESERVE: diskReserve.optional(),
  STORMOPS_FAILPOINTS: failpoints.optional(),
  ...stripeVariables,
  METRICS_TOKEN: z
    .string()
    .min(SHORTEST_TOKEN, { error: `must have ${SHORTEST_TOKEN} characters or more` })
    .optional(),
  ...traceVariables,
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

/** `port` null means 4000 or the next free one; a port that was set is taken or refused. */
export type Config = {
  readonly environment: 'development' | 'test' | 'production'
  readonly port: number | null
  readonly host: string
  readonly home: string
  readonly databaseUrl: Secret<string> | null
  /** Databases beside that one, which companies may live in, by name. */
  readonly cellUrls: ReadonlyMap<string, Secret<string>>
  /** Where companies on the plan Enterprise are moved when they are opened; null for nowhere. */
  readonly enterpriseCell: string | null
  /** Of one server, or of some nodes of a cluster. */
  readonly redisUrl: Secret<string> | null
  readonly publicUrl: string | null
  /** Null where the platform is reached directly. */
  readonly trustProxy: TrustedProxies | null
  /** Null where no mail can be sent. */
  readonly smtpUrl: Secret<string> | null
  /** Who mails are from; null for an address at the platform's own host. */
  readonly smtpFrom: string | null
  /** Who is written to of the platform's alerts; null for nobody. */
  readonly operationsMail: string | null
  /** What is served at `/sandbox`. */
  readonly sandbox: 'graphiql' | 'apollo' | 'off'
  /** Null where no payment can be taken. */
  readonly stripe: StripeSettings | null
  /** Whoever brings it may read `/metrics` from anywhere; null where only this machine and its network may. */
  readonly metricsToken: Secret<string> | null
  /** Null where nothing is traced. */
  readonly tracing: TraceSettings | null
  /** Where backups go; chosen or not, since only one that nobody chose may be left for another. */
  readonly backups: { readonly directory: string; readonly isChosen: boolean }
  /** Shared by every process that signs or checks. */
  readonly keysDirectory: string
  /** Where subgraphs are that run in processes of their own, by name. */
  readonly subgraphUrls: ReadonlyMap<string, Addresses>
  /** What is kept free of the disk; null for nothing. */
  readonly diskReserve: DiskReserve | null
  /** Where tests let the platform fail; none outside of them. */
  readonly failpoints: readonly ArmedFailpoint[]
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

/** What one shape of the platform cannot do without: variables, and subgraphs in `SUBGRAPH_URLS`. */
export type Needs = { readonly variables: readonly string[]; readonly subgraphs: readonly string[] }

const NO_NEEDS: Needs = { variables: [], subgraphs: [] }

/** Empty variables count as unset. Throws one `ConfigFault` that names every bad or missing variable. */
export const readConfig = (
  environment: Readonly<Record<string, string | undefined>>,
  needs: Needs = NO_NEEDS,
): Config => {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = configVariables.safeParse(set)
  const faults = [
    ...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    ...stripeFaults(set),
    ...cellFaults(set),
    ...failpointFaults(set),
    ...missing(set, needs),
  ]
  if (!parsed.success || faults.length > 0) throw new ConfigFault(faults)
  return configOf(parsed.data)
}

const cellFaults = (set: Readonly<Record<string, unknown>>): readonly string[] => {
  const wanted = set['ENTERPRISE_CELL']
  const named = cellUrls.safeParse(set['CELL_URLS'] ?? '')
  return wanted === undefined || (typeof wanted === 'string' && named.success && named.data.has(wanted))
    ? []
    : ['ENTERPRISE_CELL: must be one of the names in CELL_URLS']
}

const missing = (set: Readonly<Record<string, unknown>>, needs: Needs): readonly string[] => {
  const unset = needs.variables.filter((name) => set[name] === undefined)
  const urls = subgraphUrls.safeParse(set['SUBGRAPH_URLS'] ?? '')
  const named = urls.success ? urls.data : new Map<string, Addresses>()
  // What cannot be read is a fault already, whatever it may have named.
  const isReadable = urls.success || set['SUBGRAPH_URLS'] === undefined
  const unnamed = isReadable ? needs.subgraphs.filter((name) => !named.has(name)) : []
  return [
    ...unset.map((name) => `${name}: must be set for this process`),
    ...(unnamed.length === 0 ? [] : [`SUBGRAPH_URLS: must say where ${unnamed.join(', ')} can be reached`]),
  ]
}

const failpointFaults = (set: Readonly<Record<string, unknown>>): readonly string[] =>
  set['STORMOPS_FAILPOINTS'] !== undefined && set['NODE_ENV'] === 'production'
    ? ['STORMOPS_FAILPOINTS: is for tests, and ends processes: never in production']
    : []

const configOf = (value: z.output<typeof configVariables>): Config => {
  const home = resolve(value.STORMOPS_HOME)
  return {
    environment: value.NODE_ENV,
    port: value.PORT ?? null,
    host: value.HOST,
    home,
    databaseUrl: secretOrNull(value.DATABASE_URL),
    cellUrls: new Map([...(value.CELL_URLS ?? [])].map(([name, address]) => [name, secret(address)])),
    enterpriseCell: value.ENTERPRISE_CELL ?? null,
    redisUrl: secretOrNull(value.REDIS_URL),
    publicUrl: value.PUBLIC_URL ?? null,
    trustProxy: value.TRUST_PROXY ?? null,
    smtpUrl: secretOrNull(value.SMTP_URL),
    smtpFrom: value.SMTP_FROM ?? null,
    operationsMail: value.OPERATIONS_MAIL ?? null,
    sandbox: value.SANDBOX,
    stripe: readStripeSettings(value),
    metricsToken: secretOrNull(value.METRICS_TOKEN),
    tracing: readTraceSettings(value),
    backups: {
      directory: resolve(value.STORMOPS_BACKUP_DIR ?? join(home, 'backups')),
      isChosen: value.STORMOPS_BACKUP_DIR !== undefined,
    },
    keysDirectory:
      value.STORMOPS_KEYS_DIR === undefined ? keyDirectory(home) : resolve(value.STORMOPS_KEYS_DIR),
    subgraphUrls: value.SUBGRAPH_URLS ?? new Map(),
    diskReserve: value.DISK_RESERVE === undefined ? DEFAULT_DISK_RESERVE : value.DISK_RESERVE,
    failpoints: value.STORMOPS_FAILPOINTS ?? [],
    logLevel: value.LOG_LEVEL,
  }
}
