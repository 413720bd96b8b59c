/** Being somebody in the sandbox while developing: a short-lived token, and a line in that company's audit. */
import type { Clock } from '@stormops/chassis/clock'
import type { Database } from '@stormops/chassis/database/database'
import { Fault } from '@stormops/chassis/fault'
import { signToken } from '@stormops/chassis/identity'
import type { Actor, SigningKeys, TokenClaims } from '@stormops/chassis/identity'
import { scopesOf } from '@stormops/chassis/permission'
import type { Role } from '@stormops/chassis/permission'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { NewId } from '@stormops/chassis/values/ids'
import type { Gateway } from '@stormops/gateway'
import type { DevelopmentSignIn, DevelopmentToken } from '@stormops/gateway/sandbox/sandbox-routes'
import { tenantWithSlug } from '@stormops/tenancy'
import { writeAudit } from '@stormops/tenancy/port'
import { z } from 'zod'

/** A quarter of an hour: long enough to try something, too short to be kept. */
const LIFETIME_SECONDS = 900

export type DevelopmentSignInOptions = {
  readonly gateway: Gateway
  readonly tenancy: Database
  readonly keys: SigningKeys
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Log
}

export const developmentSignIn = (options: DevelopmentSignInOptions): DevelopmentSignIn => ({
  companies: () => newestCompanies(options),
  developmentToken: async (slug, role) => {
    if (slug === null) {
      options.log.warn({ role }, 'The sandbox gave a token of staff, as it does in development only.')
      return tokenFor(options, { subject: SANDBOX.id, kind: 'STAFF', tenantId: null, role })
    }
    const tenant = await tenantWithSlug(options.tenancy, slug)
    if (tenant === null) throw new Fault('NOT_FOUND', `There is no company with the short name ${slug}.`)
    await audited(options, tenant.id, role)
    const kind = role === 'PARTNER' ? 'API_KEY' : 'USER'
    return tokenFor(options, {
      subject: `usr_sandbox_${role.toLowerCase()}`,
      kind,
      tenantId: tenant.id,
      role,
    })
  },
})

/** Whoever uses the sandbox runs the platform. */
const SANDBOX: Actor = {
  kind: 'STAFF',
  id: 'stf_sandbox',
  tenantId: null,
  role: 'STAFF',
  scopes: scopesOf('STAFF'),
  sessionId: null,
  impersonation: null,
}

/** As many as a person looks through; the newest first. */
const COMPANIES = `query SandboxCompanies { tenants(first: 100) { edges { node { slug name } } } }`

const companies = z.object({
  tenants: z.object({
    edges: z.array(z.object({ node: z.object({ slug: z.string(), name: z.string() }) })),
  }),
})

const newestCompanies = async ({ gateway, newId }: DevelopmentSignInOptions) => {
  const { body } = await gateway.execute({
    query: COMPANIES,
    actor: SANDBOX,
    requestId: newId(),
    readOnly: true,
  })
  return companies.parse(body.data).tenants.edges.map(({ node }) => node)
}

/** Before the token is made: without the line there is none. */
const audited = ({ tenancy, newId }: DevelopmentSignInOptions, tenantId: string, role: Role): Promise<void> =>
  tenancy.withTenant(tenantId, (tx) =>
    writeAudit(tx, {
      action: 'tenancy.openSandboxSession',
      actor: SANDBOX,
      subjectKind: 'tenant',
      subjectId: tenantId,
      detail: { role, lifetimeSeconds: LIFETIME_SECONDS },
      requestId: newId(),
    }),
  )

const tokenFor = async (
  { keys, clock }: DevelopmentSignInOptions,
  claims: TokenClaims,
): Promise<DevelopmentToken> => {
  const expiresAt = new Date(clock.now().getTime() + LIFETIME_SECONDS * 1_000)
  return {
    accessToken: await signToken(keys, claims, clock, LIFETIME_SECONDS),
    expiresAt: expiresAt.toISOString(),
  }
}
