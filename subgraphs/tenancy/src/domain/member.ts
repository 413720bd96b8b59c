/**
 * A member is a person in a company, with a role. Nobody gives a role, or takes one away, that may do something they
 * may not do themselves; and a company always has an owner, or nobody could pay its bill or end it.
 */

export type MemberRole = 'OWNER' | 'ADMIN' | 'ANALYST' | 'CREW' | 'BILLING' | 'VIEWER'

export type Member = {
  readonly id: string
  readonly email: string
  readonly role: MemberRole
  readonly createdAt: Date
}

/** What a role may do. */
export type ScopesOfRole = (role: MemberRole) => ReadonlySet<string>

export type MemberChange = {
  /** What the one who makes the change may do. */
  readonly granted: ReadonlySet<string>
  readonly member: Pick<Member, 'role'>
  /** Null for a member who is taken out. */
  readonly newRole: MemberRole | null
  /** How many owners the company has before. */
  readonly owners: number
}

export type MemberDecision =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'role-not-yours'; readonly missingScopes: readonly string[] }
  | { readonly kind: 'last-owner' }

/** What of a role's scopes is not among those granted. */
export const missingScopes = (
  granted: ReadonlySet<string>,
  role: MemberRole,
  scopesOf: ScopesOfRole,
): readonly string[] => [...scopesOf(role)].filter((scope) => !granted.has(scope))

export const decideMemberChange = (
  { granted, member, newRole, owners }: MemberChange,
  scopesOf: ScopesOfRole,
): MemberDecision => {
  const missing = new Set([
    ...missingScopes(granted, member.role, scopesOf),
    ...(newRole === null ? [] : missingScopes(granted, newRole, scopesOf)),
  ])
  if (missing.size > 0) return { kind: 'role-not-yours', missingScopes: [...missing] }
  if (member.role === 'OWNER' && newRole !== 'OWNER' && owners <= 1) return { kind: 'last-owner' }
  return { kind: 'allowed' }
}
