/** The roles of a company, from most to least, as the schema's `Role` names them. */

/** Those of people. `PARTNER` is a key's. */
export const MEMBER_ROLES = ['OWNER', 'ADMIN', 'ANALYST', 'CREW', 'BILLING', 'VIEWER'] as const

/**
 * What `openSandboxSession` grants: a role that does not manage the company, and may do nothing that one's own may not.
 * A test holds it against the permissions.
 */
export const ROLES_TO_TRY: Readonly<Record<string, readonly string[]>> = {
  OWNER: ['ANALYST', 'CREW', 'BILLING', 'VIEWER', 'PARTNER'],
  ADMIN: ['ANALYST', 'CREW', 'VIEWER', 'PARTNER'],
}
