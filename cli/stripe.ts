/**
 * Where payments are taken: at Stripe, at what stands in for it by STRIPE_API_BASE, or, while somebody develops and has
 * no key, at a loopback of our own. In production without a key nothing is paid by card, and everything else works.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StripeClient } from '@stormops/billing/ports'
import { openStripeClient } from '@stormops/billing/stripe'
import type { Config } from '@stormops/chassis/config'
import { openStripeLoopback } from '@stormops/stripe-loopback'
import { secret } from '@stormops/chassis/secret'
import type { StripeLoopback, StripeLoopbackOptions } from '@stormops/stripe-loopback'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { Tracer } from '@stormops/chassis/telemetry/tracer'
import { z } from 'zod'

export type OpenStripe = {
  readonly client: StripeClient | null
  /** Null wherever it is not this process that plays Stripe. */
  readonly loopback: StripeLoopback | null
  /** From now on the loopback tells the platform at this address what happens. */
  readonly tell: (publicUrl: string) => void
  readonly close: () => Promise<void>
}

export type LoopbackPlace = Pick<StripeLoopbackOptions, 'file' | 'clock' | 'lookEveryMs'> & {
  readonly log: Log
  /** Default nothing is traced. */
  readonly tracer?: Tracer | undefined
}

export const WEBHOOK_PATH = '/webhooks/stripe'

/** For a process that is all of the platform. */
export const openStripe = async (config: Config, log: Log, tracer?: Tracer): Promise<OpenStripe> => {
  if (config.stripe !== null || config.environment === 'production') {
    const client = configuredStripe(config, tracer)
    await client?.assertGenuine()
    return { client, loopback: null, tell: () => undefined, close: async () => undefined }
  }
  const opened = await openLoopbackStripe({ file: join(config.home, 'stripe-loopback.json'), log, tracer })
  const { url, apiKey, webhookSecret } = opened.loopback
  writeFileSync(addressFile(config.home), JSON.stringify({ url, apiKey, webhookSecret }), { mode: 0o600 })
  return {
    ...opened,
    close: async () => {
      rmSync(addressFile(config.home), { force: true })
      await opened.close()
    },
  }
}

/** For a process that is a part of the platform, which plays Stripe for nobody. */
export const configuredStripe = ({ stripe, environment }: Config, tracer?: Tracer): StripeClient | null =>
  stripe === null ? null : openStripeClient({ ...stripe, genuine: environment === 'production', tracer })

export const openLoopbackStripe = async ({
  log,
  tracer,
  ...place
}: LoopbackPlace): Promise<OpenStripe & { readonly loopback: StripeLoopback }> => {
  const loopback = await openStripeLoopback({ ...place, log: (line) => log.warn(line) })
  const { url: apiBase, apiKey, webhookSecret } = loopback
  return {
    loopback,
    client: openStripeClient({
      secretKey: secret(apiKey),
      webhookSecret: secret(webhookSecret),
      apiBase,
      genuine: false,
      tracer,
    }),
    tell: (publicUrl) =>
      loopback.control.setWebhook({ url: `${publicUrl}${WEBHOOK_PATH}`, secret: webhookSecret }),
    close: loopback.close,
  }
}

const loopbackAddress = z.object({ url: z.string(), apiKey: z.string(), webhookSecret: z.string() })

const addressFile = (home: string): string => join(home, 'stripe-address.json')

/** For a command beside a platform that runs: what is configured, or the loopback that the platform plays. */
export const stripeBeside = (config: Config): StripeClient | null => {
  const configured = configuredStripe(config)
  const file = addressFile(config.home)
  if (configured !== null || config.environment === 'production' || !existsSync(file)) return configured
  const { url, apiKey, webhookSecret } = loopbackAddress.parse(JSON.parse(readFileSync(file, 'utf8')))
  return openStripeClient({
    secretKey: secret(apiKey),
    webhookSecret: secret(webhookSecret),
    apiBase: url,
    genuine: false,
  })
}
