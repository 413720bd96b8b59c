import { describe, expect, it } from 'vitest'
import { newTenantFault, slugOf } from './tenant.ts'

describe('a company’s short name', () => {
  it.each([
    ['DFW Elite Roofing', 'dfw-elite-roofing'],
    ['  Señor & Söhne, Inc. ', 'senor-sohne-inc'],
    ['A---B', 'a-b'],
    ['屋根', ''],
  ])('makes %j into %j', (name, slug) => {
    expect(slugOf(name)).toBe(slug)
  })
})

describe('a new company', () => {
  const good = { name: 'DFW Elite Roofing', adminEmail: 'owner@example.com', timeZone: 'America/Chicago' }

  it('is taken when everything is right', () => {
    expect(newTenantFault(good)).toBeNull()
  })

  it.each([
    ['name', { name: 'D' }],
    ['name', { name: 'x'.repeat(101) }],
    ['name', { name: '屋根屋' }],
    ['adminEmail', { adminEmail: 'owner' }],
    ['adminEmail', { adminEmail: `${'x'.repeat(250)}@example.com` }],
    ['timeZone', { timeZone: 'Texas/Dallas' }],
    ['timeZone', { timeZone: '' }],
  ])('is refused for its %s', (field, change) => {
    expect(newTenantFault({ ...good, ...change })?.field).toBe(field)
  })
})
