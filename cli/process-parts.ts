/** What the configuration gives to the subgraphs of a process that runs a part of the platform. */
import { systemClock } from '@stormops/chassis/clock'
import type { Config } from '@stormops/chassis/config'
import type { SigningKeys } from '@stormops/chassis/identity'
import type { Log } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import { mailSettings, openMail } from './mail.ts'
import type { OpenMail } from './mail.ts'
import { configuredStripe } from './stripe.ts'
import type { ServiceParts } from './subgraph-services.ts'

type Given = Pick<ServiceParts, 'connection' | 'cells' | 'moves' | 'queue' | 'unseal'> & {
  readonly keys: SigningKeys
  readonly log: Log
  /** Default the configured one. */
  readonly publicUrl?: () => string
}

export type ProcessParts = ServiceParts & { readonly mail: OpenMail }

export const processParts = (config: Config, given: Given): ProcessParts => {
  const { home, keysDirectory } = config
  const publicUrl = given.publicUrl ?? (() => config.publicUrl ?? '')
  const mail = openMail(mailSettings(config), { home, clock: systemClock, log: given.log, publicUrl })
  const stripe = configuredStripe(config)
  return {
    ...given,
    stripe,
    enterpriseCell: config.enterpriseCell,
    home,
    keysDirectory,
    clock: systemClock,
    newId,
    publicUrl,
    mail,
    sendMail: mail.send,
  }
}
