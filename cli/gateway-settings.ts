/** What the configuration says of the gateway, in one process with everything or in one of its own. */
import type { Config } from '@stormops/chassis/config'
import type { Secret } from '@stormops/chassis/secret'
import type { TrustedProxies } from '@stormops/chassis/trusted-proxies'
import type { IntrospectionPolicy } from '@stormops/gateway/permissions/introspection'
import type { SandboxMode } from '@stormops/gateway/sandbox/sandbox-routes'

export type GatewaySettings = {
  readonly introspection: IntrospectionPolicy
  /** Where several gateways count limits together. Default this process counts alone. */
  readonly redisUrl?: Secret<string> | null
  /** Whoever brings it may read `/metrics` from anywhere. Default none. */
  readonly metricsToken?: Secret<string> | null
  /** Proxies whose X-Forwarded headers are believed. Default none. */
  readonly trustProxy?: TrustedProxies | null
  /** Default no sandbox. `development` lets whoever opens it on this machine be anybody. */
  readonly sandbox?: { readonly mode: SandboxMode; readonly development: boolean }
}

export const gatewaySettings = (config: Config): GatewaySettings => ({
  introspection: config.environment === 'production' ? 'administrators' : 'signed-in',
  redisUrl: config.redisUrl,
  metricsToken: config.metricsToken,
  trustProxy: config.trustProxy,
  // With an address of its own for clients it is not on somebody's desk, whatever NODE_ENV says.
  sandbox: {
    mode: config.sandbox,
    development: config.environment === 'development' && config.publicUrl === null,
  },
})
