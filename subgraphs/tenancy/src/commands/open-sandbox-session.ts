import { defineCommand } from '@stormops/chassis/command'
import { Fault } from '@stormops/chassis/fault'
import { ROLE_SCOPES } from '@stormops/chassis/permission'
import type { Role } from '@stormops/chassis/permission'
import type { TenancyStores } from '../context.ts'

export type OpenSandboxSession = {
  readonly role: Role
  /** Part of the request, so that a repeat by somebody else is another request. */
  readonly actorId: string
}

export type OpenSandboxSessionResult =
  | { readonly kind: 'ok'; readonly role: Role; /** RFC 3339. */ readonly expiresAt: string }
  | { readonly kind: 'not-lesser' }

/** Long enough to try a screen or a query; no session of a person's ends with it. */
const SANDBOX_MS = 15 * 60_000

export const openSandboxSession = defineCommand<OpenSandboxSession, OpenSandboxSessionResult, TenancyStores>({
  name: 'tenancy.openSandboxSession',
  permission: 'tenant:manage',
  audit: ({ role }, { expiresAt }) => ({ subjectKind: 'role', subjectId: role, detail: { expiresAt } }),
  run: async ({ actor, clock }, { role }) => {
    // Staff in a company's place would go on under a token that no longer says so.
    if (actor.kind !== 'USER') {
      throw new Fault('FORBIDDEN', 'A sandbox session is for a person of the company.')
    }
    if (!isLesser(role, actor.scopes)) return { kind: 'not-lesser' }
    return { kind: 'ok', role, expiresAt: new Date(clock.now().getTime() + SANDBOX_MS).toISOString() }
  },
})

/** A session that could open another would never end, so none manages the company. */
const isLesser = (role: Role, held: ReadonlySet<string>): boolean => {
  const scopes = ROLE_SCOPES[role]
  return !scopes.includes('tenant:manage') && scopes.every((scope) => held.has(scope))
}
