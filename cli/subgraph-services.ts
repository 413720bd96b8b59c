/** The six subgraphs and what each is given: the same for one process and for many. */
import { openBilling } from '@stormops/billing'
import type { Billing } from '@stormops/billing'
import type { StripeClient } from '@stormops/billing/ports'
import { openAccount } from '@stormops/billing/port'
import type { Cells } from '@stormops/chassis/cells/cells'
import type { Clock } from '@stormops/chassis/clock'
import type { ConnectionSettings } from '@stormops/chassis/database/connection'
import { signedLinks } from '@stormops/chassis/files/signed-link'
import { localFiles } from '@stormops/chassis/files/tenant-files'
import type { Unseal } from '@stormops/chassis/graphql/seal'
import { homeSecret } from '@stormops/chassis/home-secret'
import { signTokenUntil } from '@stormops/chassis/identity'
import type { SigningKeys } from '@stormops/chassis/identity'
import type { Queue } from '@stormops/chassis/jobs/queue'
import type { SendMail } from '@stormops/chassis/mail/mail'
import type { PlatformProbe } from '@stormops/chassis/platform-probe'
import type { Service, ServiceOptions } from '@stormops/chassis/service'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { Telemetry } from '@stormops/chassis/telemetry/telemetry'
import type { NewId } from '@stormops/chassis/values/ids'
import type { TellChange } from '@stormops/gateway/change-news'
import { readApiSchema } from '@stormops/gateway/persisted/api-schema'
import { operationCheck } from '@stormops/gateway/persisted/operation-check'
import { partnerPermissions } from '@stormops/gateway/permissions/partner-permissions'
import { openModels } from '@stormops/models'
import type { ModelsPort } from '@stormops/models/port'
import { openOperations } from '@stormops/operations'
import { readSupergraph } from '@stormops/schema/compose.ts'
import { sdlOf } from '@stormops/schema/subgraphs.ts'
import type { SubgraphName } from '@stormops/schema/subgraphs.ts'
import { openSlos } from '@stormops/slos'
import { openStorms } from '@stormops/storms'
import { openTenancy } from '@stormops/tenancy'
import type { Tenancy } from '@stormops/tenancy'
import type { TenantMoves } from '@stormops/tenancy/ports'

/** Connections of each subgraph's pool; six pools and the queue stay far below the server's 200. */
const POOL_SIZE = 10

export type ServiceParts = {
  /** As the app role. */
  readonly connection: ConnectionSettings
  /** Databases beside that one. Default none. */
  readonly cells?: Cells | null
  /** Default `POOL_SIZE`. */
  readonly poolSize?: number
  readonly queue: Queue
  readonly unseal: Unseal
  readonly home: string
  /** Default the one of the home. */
  readonly keysDirectory?: string
  readonly keys: SigningKeys
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Log
  /** Who moves companies between databases. Default nobody. */
  readonly moves?: TenantMoves | null
  /** Where companies on the plan Enterprise go when they are opened. Default nowhere. */
  readonly enterpriseCell?: string | null
  /** Default nobody counts or traces. */
  readonly telemetry?: Telemetry | undefined
  readonly sendMail: SendMail
  /** Who is written to of the platform's alerts. Default nobody. */
  readonly operationsMail?: string | null
  /** What the platform is to watch beside what its subgraphs bring. */
  readonly probes?: readonly PlatformProbe[]
  /** Null where no payment can be taken. */
  readonly stripe: StripeClient | null
  /** Prepares the gateway of this process for an operation that was just published. Default there is none. */
  readonly warmOperation?: (document: string) => void
  /** Tells gateways, of this process and of others, what they need not remember any longer. */
  readonly tell: TellChange
  /** Where the platform is reached from outside; asked for each time, since a port is known only once it is taken. */
  readonly publicUrl: () => string
}

export const serviceOptions = (parts: ServiceParts, name: SubgraphName): ServiceOptions => ({
  connection: parts.connection,
  cells: parts.cells ?? null,
  poolSize: parts.poolSize ?? POOL_SIZE,
  sdl: sdlOf(name),
  queue: parts.queue,
  unseal: parts.unseal,
  clock: parts.clock,
  newId: parts.newId,
  log: parts.log.child({ subgraph: name }),
  telemetry: parts.telemetry,
})

/**
 * One subgraph. `models` is what storms asks for scores, be it in this process or in another; `probes` is what the
 * subgraphs beside it have the platform watch, where its jobs are worked.
 */
export const openService = async (
  name: SubgraphName,
  parts: ServiceParts,
  models: () => ModelsPort,
  probes: () => readonly PlatformProbe[] = () => [],
): Promise<Service> => {
  const options = serviceOptions(parts, name)
  switch (name) {
    case 'tenancy':
      return openTenancyOf(parts)
    case 'billing':
      return openBillingOf(parts)
    case 'models':
      return openModels(options)
    case 'slos':
      return openSlos(options)
    case 'operations':
      return openOperations(options, {
        probes,
        sendMail: parts.sendMail,
        operationsMail: parts.operationsMail ?? null,
        publicUrl: parts.publicUrl,
      })
    case 'storms':
      return openStorms(options, { models: models(), ...tenantFilesOf(parts) })
  }
}

const openTenancyOf = (parts: ServiceParts): Promise<Tenancy> => {
  const apiSchema = readApiSchema()
  return openTenancy(serviceOptions(parts, 'tenancy'), {
    signToken: (claims, expiresAt) => signTokenUntil(parts.keys, claims, parts.clock, expiresAt),
    checkOperation: operationCheck(apiSchema, partnerPermissions(apiSchema, readSupergraph())),
    warmOperation: parts.warmOperation ?? (() => undefined),
    accessChanged: parts.tell,
    openAccount,
    moves: parts.moves ?? null,
    enterpriseCell: parts.enterpriseCell ?? null,
    sendMail: parts.sendMail,
    publicUrl: parts.publicUrl,
    secret: homeSecret(parts.home, 'sessions', parts.keysDirectory),
  })
}

const openBillingOf = (parts: ServiceParts): Promise<Billing> =>
  openBilling(serviceOptions(parts, 'billing'), {
    ...tenantFilesOf(parts),
    sendMail: parts.sendMail,
    publicUrl: parts.publicUrl,
    planChanged: (tenantId) => parts.tell({ kind: 'plan-changed', tenantId }),
    stripe: parts.stripe,
  })

const tenantFilesOf = ({ home, keys, clock, publicUrl }: ServiceParts) => {
  const links = signedLinks(keys, clock)
  return {
    files: localFiles(home),
    linkTo: async (link: Parameters<typeof links.sign>[0], expiresAt: Date): Promise<string> =>
      `${publicUrl()}/${link.purpose === 'upload' ? 'uploads' : 'files'}/${await links.sign(link, expiresAt)}`,
  }
}

/** What a gateway looks up with every request: keys, sessions, published operations and plans. */
export type Lookups = { readonly tenancy: Tenancy; readonly billing: Billing }

export const openLookups = async (parts: ServiceParts): Promise<Lookups> => ({
  tenancy: await openTenancyOf(parts),
  billing: await openBillingOf(parts),
})

/** The order of opening, and of nothing else. */
const BESIDE_MODELS = ['slos', 'operations', 'storms'] as const

/** All six in this process, and scores by a call of a function. */
export const openServices = async (
  parts: ServiceParts,
): Promise<Lookups & { readonly all: readonly Service[] }> => {
  const { tenancy, billing } = await openLookups(parts)
  const models = await openModels(serviceOptions(parts, 'models'))
  const all: Service[] = [tenancy, billing, models]
  const probes = () => [...(parts.probes ?? []), ...all.flatMap((service) => service.probes ?? [])]
  for (const name of BESIDE_MODELS) all.push(await openService(name, parts, () => models.port, probes))
  return { tenancy, billing, all }
}
