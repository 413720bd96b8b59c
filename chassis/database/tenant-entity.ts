/** What every tenant table has in common, so that no entity can leave it out. */

/** The tenant of the running transaction, or null, which equals nothing. */
export const CURRENT_TENANT_SQL = `nullif(current_setting('app.tenant_id', true), '')::uuid`

/** Spread into `defineEntity` of every table that belongs to a tenant; the migration's policy says the same. */
export const tenantRowSecurity = {
  rowLevelSecurity: 'force' as const,
  policies: [
    {
      name: 'tenant_isolation',
      using: `tenant_id = ${CURRENT_TENANT_SQL}`,
      check: `tenant_id = ${CURRENT_TENANT_SQL}`,
    },
  ],
}
