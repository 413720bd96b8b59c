import { describe, expect, it } from 'vitest'
import { endOfGrace, grantOf, newKeyFault, statusOfKey } from './api-key.ts'

const NOON = new Date('2026-05-01T12:00:00Z')
const at = (text: string) => new Date(text)

describe('an API key', () => {
  it('can be used until it is revoked or its time is over, and not at that moment', () => {
    expect(statusOfKey({ revokedAt: null, expiresAt: null }, NOON)).toBe('ACTIVE')
    expect(statusOfKey({ revokedAt: null, expiresAt: at('2026-05-01T12:00:00.001Z') }, NOON)).toBe('ACTIVE')
    expect(statusOfKey({ revokedAt: null, expiresAt: NOON }, NOON)).toBe('EXPIRED')
    expect(statusOfKey({ revokedAt: NOON, expiresAt: NOON }, NOON)).toBe('REVOKED')
  })

  it('has a name of 1 to 100 characters as a person counts them', () => {
    expect(newKeyFault('🏠'.repeat(100), null, NOON)).toBeNull()
    expect(newKeyFault('🏠'.repeat(101), null, NOON)).toMatchObject({ field: 'name' })
    expect(newKeyFault('', null, NOON)).toMatchObject({ field: 'name' })
  })

  it('is given nothing that its maker lacks, nor what keys never have', () => {
    const held = new Set(['tenant:read', 'tenant:manage'])
    const grantable = ['tenant:read', 'storms:read']
    expect(grantOf(['tenant:read'], grantable, held)).toEqual({ kind: 'granted' })
    expect(grantOf(['tenant:read', 'storms:read'], grantable, held)).toEqual({
      kind: 'not-the-makers',
      scopes: ['storms:read'],
    })
    expect(grantOf(['tenant:manage', 'storms:read'], grantable, held)).toEqual({
      kind: 'never-a-keys',
      scopes: ['tenant:manage'],
    })
  })

  it('lets its old secret go on for whole hours', () => {
    expect(endOfGrace(NOON, 0)).toEqual(NOON)
    expect(endOfGrace(NOON, 36)).toEqual(at('2026-05-03T00:00:00Z'))
  })
})
