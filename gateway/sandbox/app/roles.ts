/** The roles somebody can have in a company, from most to least, as the schema's `Role` names them. */
export const TENANT_ROLES = ['OWNER', 'ADMIN', 'ANALYST', 'CREW', 'BILLING', 'VIEWER', 'PARTNER'] as const
