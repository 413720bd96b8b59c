import { describe, expect, it } from 'vitest'
import { suspensionMessage, suspensionOf } from './suspension.ts'
import type { StandingCauses } from './suspension.ts'

const MARCH = new Date('2026-03-01T00:00:00Z')
const APRIL = new Date('2026-04-01T00:00:00Z')
const owed = { invoiceNumber: '2026-000123', amount: '85000', currency: 'USD' }

const messageOf = (causes: StandingCauses): string => {
  const suspension = suspensionOf(causes)
  return suspension === null ? '' : suspensionMessage(suspension)
}

describe('a suspension', () => {
  it('is none without a cause', () => {
    expect(suspensionOf({ byStaffAt: null, debt: null })).toBeNull()
  })

  it('for a debt says which invoice to pay', () => {
    const causes = { byStaffAt: null, debt: { ...owed, since: MARCH } }
    expect(suspensionOf(causes)).toEqual({ cause: 'UNPAID', since: MARCH, debt: owed })
    expect(messageOf(causes)).toContain('Pay invoice 2026-000123')
    expect(messageOf(causes)).not.toContain('support')
  })

  it('by staff sends to support', () => {
    const causes = { byStaffAt: MARCH, debt: null }
    expect(suspensionOf(causes)).toEqual({ cause: 'STAFF', since: MARCH, debt: null })
    expect(messageOf(causes)).toContain('Write to support')
  })

  it.each([
    ['staff first', MARCH, APRIL],
    ['the debt first', APRIL, MARCH],
  ])('for both, %s, is one that paying alone does not lift', (_which, byStaffAt, since) => {
    const causes = { byStaffAt, debt: { ...owed, since } }
    expect(suspensionOf(causes)).toEqual({ cause: 'STAFF', since: MARCH, debt: owed })
    expect(messageOf(causes)).toMatch(/Pay invoice 2026-000123, and write to support/)
  })
})
