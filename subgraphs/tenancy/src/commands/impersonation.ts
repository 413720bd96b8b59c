import { defineCommand } from '@stormops/chassis/command'
import { Fault } from '@stormops/chassis/fault'
import type { Actor } from '@stormops/chassis/identity'
import { endOfImpersonation, isImpersonatedRole, reasonFault } from '../domain/impersonation.ts'
import type { TenancyStores } from '../context.ts'
import { impersonationIds } from '../port.ts'

export type StartImpersonation = {
  readonly role: string
  readonly reason: string
  readonly readOnly: boolean
  /** Part of the request, so that a repeat by somebody else is another request. */
  readonly staffId: string
}

export type StartImpersonationResult =
  | { readonly kind: 'ok'; readonly impersonationId: string }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

/** Runs in the transaction of the company acted in, so that its own audit has the line. */
export const startImpersonation = defineCommand<StartImpersonation, StartImpersonationResult, TenancyStores>({
  name: 'tenancy.startImpersonation',
  permission: 'platform:staff',
  audit: ({ role, reason, readOnly }, { impersonationId }) => ({
    subjectKind: 'impersonation',
    subjectId: impersonationId,
    detail: { role, reason: reason.trim(), readOnly },
  }),
  run: async ({ tx, stores, clock, newId }, input) => {
    const { role, readOnly, staffId } = input
    const reason = input.reason.trim()
    if (!isImpersonatedRole(role)) {
      const message = 'Staff can act as any role of a company’s people, and not as PARTNER or STAFF.'
      return { kind: 'invalid', field: 'role', message }
    }
    const fault = reasonFault(reason)
    if (fault !== null) return { kind: 'invalid', ...fault }
    if ((await stores.tenants.maybeCurrent()) === null) return { kind: 'not-found' }
    const startedAt = clock.now()
    const id = newId()
    await stores.impersonations.insert({
      id,
      tenantId: tx.tenantId,
      staffId,
      role,
      reason,
      readOnly,
      startedAt,
      expiresAt: endOfImpersonation(startedAt),
      endedAt: null,
    })
    return { kind: 'ok', impersonationId: id }
  },
})

export type EndImpersonation = { readonly impersonationId: string }

/** To be asked before anybody is told whether there is such an impersonation. */
export const requireMayEnd = (actor: Actor, impersonationId: string): void => {
  const isOwn = actor.impersonation?.id === impersonationIds.encode(impersonationId)
  if (!isOwn && !actor.scopes.has('platform:staff')) {
    throw new Fault('FORBIDDEN', 'An impersonation is ended by staff, or by whoever acts in it.')
  }
}

export type EndImpersonationResult =
  | { readonly kind: 'ok'; readonly impersonationId: string; /** RFC 3339. */ readonly endedAt: string }
  | { readonly kind: 'not-found' }

export const endImpersonation = defineCommand<EndImpersonation, EndImpersonationResult, TenancyStores>({
  name: 'tenancy.endImpersonation',
  permission: 'authenticated',
  duringSuspension: true,
  whileOnlyLooking: true,
  audit: (_input, { impersonationId }) => ({
    subjectKind: 'impersonation',
    subjectId: impersonationId,
    detail: {},
  }),
  run: async ({ stores, actor, clock }, { impersonationId }) => {
    requireMayEnd(actor, impersonationId)
    if ((await stores.impersonations.maybeById(impersonationId)) === null) return { kind: 'not-found' }
    const endedAt = await stores.impersonations.end(impersonationId, clock.now())
    return { kind: 'ok', impersonationId, endedAt: endedAt.toISOString() }
  },
})
