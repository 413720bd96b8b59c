/** Who may do what. A role is a bundle of scopes; commands and fields ask for scopes, never for roles. */

export const SCOPES = [
  'tenant:read',
  'tenant:manage',
  'audit:read',
  'storms:read',
  'storms:write',
  'properties:pii',
  'scores:read',
  'outcomes:write',
  'pilots:read',
  'pilots:run',
  'models:read',
  'models:manage',
  'slos:read',
  'slos:manage',
  'billing:read',
  'billing:manage',
  'usage:write',
  'jobs:read',
  'jobs:manage',
  'platform:staff',
] as const
export type Scope = (typeof SCOPES)[number]

export const ROLES = ['OWNER', 'ADMIN', 'ANALYST', 'CREW', 'BILLING', 'VIEWER', 'PARTNER', 'STAFF'] as const
export type Role = (typeof ROLES)[number]

const OF_A_TENANT = SCOPES.filter((scope) => scope !== 'platform:staff')

export const ROLE_SCOPES: Readonly<Record<Role, readonly Scope[]>> = {
  OWNER: OF_A_TENANT,
  ADMIN: OF_A_TENANT.filter((scope) => scope !== 'billing:manage'),
  ANALYST: [
    'tenant:read',
    'storms:read',
    'storms:write',
    'scores:read',
    'outcomes:write',
    'pilots:read',
    'pilots:run',
    'models:read',
    'slos:read',
    'jobs:read',
  ],
  // Crews see decisions, not scores or arms: knowing the arm would change how they knock.
  CREW: ['tenant:read', 'storms:read', 'outcomes:write', 'properties:pii'],
  BILLING: ['tenant:read', 'billing:read', 'billing:manage', 'usage:write'],
  VIEWER: ['tenant:read', 'storms:read', 'scores:read', 'pilots:read', 'models:read', 'slos:read'],
  PARTNER: ['tenant:read', 'storms:read', 'storms:write', 'outcomes:write', 'usage:write'],
  STAFF: ['platform:staff', 'jobs:read'],
}

/**
 * What the keys of outside systems can be given. Never what manages the company, its bill, its models or its pilots,
 * nor its audit: a key lies about in other people's settings, and none may make another.
 */
export const KEY_SCOPES: readonly Scope[] = [
  'tenant:read',
  'storms:read',
  'storms:write',
  'outcomes:write',
  'scores:read',
  'pilots:read',
  'models:read',
  'slos:read',
  'jobs:read',
  'billing:read',
  'usage:write',
  'properties:pii',
]

export const scopesOf = (role: Role): ReadonlySet<Scope> => new Set(ROLE_SCOPES[role])
export const isRole = (value: unknown): value is Role => ROLES.some((role) => role === value)
export const isScope = (value: unknown): value is Scope => SCOPES.some((scope) => scope === value)
