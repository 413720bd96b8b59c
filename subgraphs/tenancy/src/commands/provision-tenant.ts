import { defineCommand } from '@stormops/chassis/command'
import { DEFAULT_CURRENCY, DEFAULT_TIME_ZONE, newTenantFault, slugOf } from '../domain/tenant.ts'
import { tenantProvisioned } from '../port.ts'
import type { TenancyStores } from '../context.ts'

export type ProvisionTenant = {
  readonly name: string
  readonly tier: 'TRIAL' | 'STANDARD' | 'ENTERPRISE'
  readonly adminEmail: string
  readonly timeZone: string | null
}

export type ProvisionTenantResult =
  | { readonly kind: 'ok'; readonly tenantId: string }
  | { readonly kind: 'name-taken'; readonly slug: string }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

/** Runs in the transaction of the tenant that it makes. */
export const provisionTenant = defineCommand<ProvisionTenant, ProvisionTenantResult, TenancyStores>({
  name: 'tenancy.provisionTenant',
  permission: 'platform:staff',
  audit: (input, result) => ({
    subjectKind: 'tenant',
    subjectId: result.tenantId,
    detail: { tier: input.tier },
  }),
  run: async ({ tx, stores, clock, newId, queue }, input) => {
    const timeZone = input.timeZone ?? DEFAULT_TIME_ZONE
    const name = input.name.trim()
    const fault = newTenantFault({ name, adminEmail: input.adminEmail, timeZone })
    if (fault !== null) return { kind: 'invalid', ...fault }
    const slug = slugOf(name)
    const createdAt = clock.now()
    const tenant = {
      id: tx.tenantId,
      slug,
      name,
      status: 'ACTIVE' as const,
      timeZone,
      currency: DEFAULT_CURRENCY,
      createdAt,
    }
    if (!(await stores.tenants.insert(tenant))) return { kind: 'name-taken', slug }
    await stores.tenants.insertMember({ id: newId(), email: input.adminEmail, role: 'OWNER', createdAt })
    await queue.publish(tx, tenantProvisioned, { tenantId: tx.tenantId, tier: input.tier })
    return { kind: 'ok', tenantId: tx.tenantId }
  },
})
