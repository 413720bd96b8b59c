import { describe, expect, it } from 'vitest'
import { decideMemberChange } from './member.ts'
import type { MemberRole } from './member.ts'

const SCOPES: Readonly<Record<MemberRole, readonly string[]>> = {
  OWNER: ['manage', 'pay', 'read'],
  ADMIN: ['manage', 'read'],
  ANALYST: ['read'],
  CREW: ['read'],
  BILLING: ['pay'],
  VIEWER: ['read'],
}
const scopesOf = (role: MemberRole): ReadonlySet<string> => new Set(SCOPES[role])

const decide = (by: MemberRole, role: MemberRole, newRole: MemberRole | null, owners = 2) =>
  decideMemberChange({ granted: scopesOf(by), member: { role }, newRole, owners }, scopesOf)

describe('changing a member', () => {
  it('is for who may do all that the member may, before and after', () => {
    expect(decide('ADMIN', 'CREW', 'ADMIN')).toEqual({ kind: 'allowed' })
    expect(decide('OWNER', 'ADMIN', 'OWNER')).toEqual({ kind: 'allowed' })
    expect(decide('ADMIN', 'CREW', 'BILLING')).toEqual({ kind: 'role-not-yours', missingScopes: ['pay'] })
    expect(decide('ADMIN', 'OWNER', 'CREW')).toEqual({ kind: 'role-not-yours', missingScopes: ['pay'] })
    expect(decide('ADMIN', 'OWNER', null)).toEqual({ kind: 'role-not-yours', missingScopes: ['pay'] })
  })

  it('leaves a company an owner', () => {
    expect(decide('OWNER', 'OWNER', null, 1)).toEqual({ kind: 'last-owner' })
    expect(decide('OWNER', 'OWNER', 'ADMIN', 1)).toEqual({ kind: 'last-owner' })
    expect(decide('OWNER', 'OWNER', 'OWNER', 1)).toEqual({ kind: 'allowed' })
    expect(decide('OWNER', 'OWNER', null, 2)).toEqual({ kind: 'allowed' })
    expect(decide('OWNER', 'ADMIN', null, 1)).toEqual({ kind: 'allowed' })
  })
})
