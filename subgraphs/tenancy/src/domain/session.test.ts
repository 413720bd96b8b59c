import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideRefresh, keptUserAgent, REFRESH_LEEWAY_SECONDS, sessionExpiry } from './session.ts'
import type { Session } from './session.ts'

const NOON = new Date('2026-05-01T12:00:00Z')
const after = (seconds: number): Date => new Date(NOON.getTime() + seconds * 1000)
const DAY_SECONDS = 86_400

const aSession = (change: Partial<Session> = {}): Session => ({
  id: '018f0000-0000-7000-8000-000000000001',
  personId: '018f0000-0000-7000-8000-000000000002',
  tenantId: '018f0000-0000-7000-8000-000000000003',
  memberId: '018f0000-0000-7000-8000-000000000004',
  role: 'ADMIN',
  generation: 7,
  rotatedAt: NOON,
  createdAt: NOON,
  lastUsedAt: NOON,
  expiresAt: after(30 * DAY_SECONDS),
  revokedAt: null,
  userAgent: null,
  ...change,
})

describe('a refresh token', () => {
  it.each([
    ['the current one', 7, 3_600, 'rotate'],
    ['the one before, at once', 6, 0, 'repeat'],
    ['the one before, at the end of the leeway', 6, REFRESH_LEEWAY_SECONDS, 'repeat'],
    ['the one before, after it', 6, REFRESH_LEEWAY_SECONDS + 0.001, 'reused'],
    ['one older still, at once', 5, 0, 'reused'],
    ['the first of all', 0, 0, 'reused'],
    ['one that was never given', 8, 0, 'ended'],
  ])('that is %s', (_which, presented, seconds, kind) => {
    expect(decideRefresh(aSession(), presented, after(seconds)).kind).toBe(kind)
  })

  it('of a session that ended is of no use, whichever it is', () => {
    for (const presented of [5, 6, 7, 8]) {
      expect(decideRefresh(aSession({ revokedAt: NOON }), presented, NOON).kind).toBe('ended')
      expect(decideRefresh(aSession({ expiresAt: NOON }), presented, NOON).kind).toBe('ended')
    }
  })

  it('is exchanged only when it is the current one', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.nat(100), (generation, presented, seconds) => {
        const { kind } = decideRefresh(aSession({ generation }), presented, after(seconds))
        expect(kind === 'rotate').toBe(presented === generation)
        if (kind === 'repeat') expect([presented, seconds <= 10]).toEqual([generation - 1, true])
      }),
    )
  })
})

describe('a session', () => {
  it('ends thirty days after it was used, and ninety after it began', () => {
    expect(sessionExpiry(NOON, NOON)).toEqual(after(30 * DAY_SECONDS))
    expect(sessionExpiry(NOON, after(59 * DAY_SECONDS))).toEqual(after(89 * DAY_SECONDS))
    expect(sessionExpiry(NOON, after(61 * DAY_SECONDS))).toEqual(after(90 * DAY_SECONDS))
  })

  it('keeps what a browser calls itself as a short text', () => {
    expect(keptUserAgent(null)).toBeNull()
    expect(keptUserAgent('')).toBeNull()
    expect(keptUserAgent('Fire\u0000fox\n')).toBe('Firefox')
    expect(keptUserAgent('x'.repeat(500))).toHaveLength(200)
  })
})
