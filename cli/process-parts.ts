/** What the configuration gives to the subgraphs of a process that runs a part of the platform. */
import { systemClock } from '@stormops/chassis/clock'
import type { Config } from '@stormops/chassis/config'
import type { SigningKeys } from '@stormops/chassis/identity'
import type { Log } from '@stormops/chassis/telemetry/log'
import { noTracer } from '@stormops/chassis/telemetry/tracer'
import { newId } from '@stormops/chassis/values/ids'
import { mailSettings, openMail } from './mail.ts'
import type { OpenMail } from './mail.ts'
import type { GivenParts } from './processes/given-parts.ts'
import { configuredStripe } from './stripe.ts'
import type { ServiceParts } from './subgraph-services.ts'

type Given = Pick<ServiceParts, 'connection' | 'cells' | 'moves' | 'queue' | 'unseal' | 'telemetry'> &
  Partial<Pick<ServiceParts, 'tell'>> &
  Pick<GivenParts, 'clock' | 'mail' | 'stripe'> & {
    readonly keys: SigningKeys
    readonly log: Log
    /** Default the configured one. */
    readonly publicUrl?: () => string
  }

export type ProcessParts = ServiceParts & { readonly mail: OpenMail }

export const processParts = (config: Config, given: Given): ProcessParts => {
  const { home, keysDirectory } = config
  const { connection, queue, unseal, keys, log, telemetry, clock = systemClock } = given
  const publicUrl = given.publicUrl ?? (() => config.publicUrl ?? '')
  const tracer = telemetry?.tracer ?? noTracer
  const mail = openMail(given.mail ?? mailSettings(config), { home, clock, log, publicUrl, tracer })
  return {
    connection,
    cells: given.cells ?? null,
    moves: given.moves ?? null,
    enterpriseCell: config.enterpriseCell,
    queue,
    unseal,
    keys,
    log,
    telemetry,
    stripe: given.stripe === undefined ? configuredStripe(config, tracer) : given.stripe,
    home,
    keysDirectory,
    clock,
    newId,
    publicUrl,
    // Of a command that ends soon, gateways hear within the seconds that they remember.
    tell: given.tell ?? (() => undefined),
    mail,
    sendMail: mail.send,
    operationsMail: config.operationsMail,
  }
}
