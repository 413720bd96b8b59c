import { defineCommand } from '@stormops/chassis/command'
import { ROLE_SCOPES } from '@stormops/chassis/permission'
import { FIRST_KEY_NAME } from '../domain/api-key.ts'
import { DEFAULT_CURRENCY, DEFAULT_TIME_ZONE, newTenantFault, slugOf } from '../domain/tenant.ts'
import type { PlanTier } from '../domain/tenant.ts'
import { tenantProvisioned } from '../port.ts'
import type { TenancyPorts } from '../ports.ts'
import type { TenancyStores } from '../context.ts'
import { issueKey } from './issue-key.ts'

export type ProvisionTenant = {
  readonly name: string
  readonly tier: PlanTier
  readonly adminEmail: string
  readonly timeZone: string | null
  /** Where it is to live; null for where its plan says. */
  readonly cell: string | null
}

/** The names of all cells, and the one of companies on the plan Enterprise. */
export type ChoiceOfCells = { readonly cells: readonly string[]; readonly ofEnterprise: string | null }

export type ProvisionTenantResult =
  | {
      readonly kind: 'ok'
      readonly tenantId: string
      readonly apiKeyId: string
      readonly secret: string | null
    }
  | { readonly kind: 'name-taken'; readonly slug: string }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

/** Runs in the transaction of the tenant that it makes, and so does its plan: no company is ever without one. */
export const provisionTenant = (openAccount: TenancyPorts['openAccount'], choice: ChoiceOfCells) =>
  defineCommand<ProvisionTenant, ProvisionTenantResult, TenancyStores>({
    name: 'tenancy.provisionTenant',
    permission: 'platform:staff',
    audit: (input, result) => ({
      subjectKind: 'tenant',
      subjectId: result.tenantId,
      detail: { tier: input.tier, apiKeyId: result.apiKeyId },
    }),
    kept: (result) => ({ ...result, secret: null }),
    run: async ({ tx, stores, actor, clock, newId, queue }, input) => {
      const timeZone = input.timeZone ?? DEFAULT_TIME_ZONE
      const name = input.name.trim()
      const fault = newTenantFault({ name, adminEmail: input.adminEmail, timeZone })
      if (fault !== null) return { kind: 'invalid', ...fault }
      const cell = input.cell ?? (input.tier === 'ENTERPRISE' ? choice.ofEnterprise : null)
      if (cell !== null && !choice.cells.includes(cell)) {
        return { kind: 'invalid', field: 'cell', message: `There is no cell ${cell}.` }
      }
      const slug = slugOf(name)
      const createdAt = clock.now()
      const tenant = {
        id: tx.tenantId,
        slug,
        name,
        timeZone,
        currency: DEFAULT_CURRENCY,
        createdAt,
      }
      if (!(await stores.tenants.insert(tenant))) return { kind: 'name-taken', slug }
      await stores.tenants.insertMember({ id: newId(), email: input.adminEmail, role: 'OWNER', createdAt })
      await openAccount(tx, { tier: input.tier, timeZone, currency: tenant.currency, at: createdAt })
      await queue.publish(tx, tenantProvisioned, { tenantId: tx.tenantId, tier: input.tier, cell })
      const apiKeyId = newId()
      const secret = await issueKey(stores, {
        id: apiKeyId,
        name: FIRST_KEY_NAME,
        environment: 'PRODUCTION',
        scopes: ROLE_SCOPES.PARTNER,
        createdAt,
        createdBy: actor.id,
        expiresAt: null,
      })
      return { kind: 'ok', tenantId: tx.tenantId, apiKeyId, secret }
    },
  })
