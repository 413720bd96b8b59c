import { describe, expect, it } from 'vitest'
import {
  EMPTY_CHAIN,
  GENESIS_HASH,
  NOTHING_VERIFIED,
  sealHash,
  sealsAfter,
  verificationOf,
  verifyChain,
  verifyFurther,
} from './audit-chain.ts'
import type { AuditRecord, SealedLine } from './audit-chain.ts'

const anEvent = (change: Partial<AuditRecord> = {}): AuditRecord => ({
  id: '019a0000-0000-7000-8000-000000000001',
  at: '2026-03-01T12:00:00.123456Z',
  actorKind: 'USER',
  actorId: 'usr_1',
  action: 'storms.applyPolicy',
  subjectKind: 'storm',
  subjectId: 'storm_1',
  detail: '{"mode": "MODERATE"}',
  requestId: 'request-1',
  ...change,
})

const aChain = (length: number): readonly SealedLine[] => {
  const events = Array.from({ length }, (_, place) =>
    anEvent({ id: `019a0000-0000-7000-8000-${String(place).padStart(12, '0')}` }),
  )
  return sealsAfter(EMPTY_CHAIN, events).map((seal, place) => ({ ...seal, event: events[place] ?? null }))
}

/** The chain with one line, counted from 1, replaced by what `change` makes of it. */
const changedAt = (chain: readonly SealedLine[], position: number, change: Partial<SealedLine>) =>
  chain.map((line) => (line.position === position ? { ...line, ...change } : line))

describe('a seal', () => {
  it('is the sha-256 of the canonical JSON of the hash before and the line', () => {
    // Computed by hand: printf '%s' '{"event":{…},"previousHash":"000…"}' | sha256sum
    expect(sealHash(GENESIS_HASH, anEvent())).toBe(
      '7a378f789a92df84aea5c915e1e0eeabb0ed0ba24053769248ac681f801b0bf6',
    )
  })

  it.each(Object.keys(anEvent()))('covers the %s of its line', (name) => {
    expect(sealHash(GENESIS_HASH, { ...anEvent(), [name]: 'changed' })).not.toBe(
      sealHash(GENESIS_HASH, anEvent()),
    )
  })

  it('goes on from the head with the next place', () => {
    const chain = aChain(3)
    const [, second, third] = chain
    const events = [second, third].flatMap((line) => line?.event ?? [])
    const [first] = chain
    expect(sealsAfter(first ?? EMPTY_CHAIN, events).map(({ position, hash }) => [position, hash])).toEqual([
      [2, second?.hash],
      [3, third?.hash],
    ])
  })
})

describe('a chain', () => {
  it('without lines is whole, and its head is the genesis', () => {
    expect(verifyChain([])).toEqual({
      length: 0,
      valid: true,
      headHash: GENESIS_HASH,
      brokenAt: null,
      unsealed: 0,
    })
  })

  it('that nobody touched is whole, with the last line’s hash as its head', () => {
    const chain = aChain(5)
    expect(verifyChain(chain, 2)).toEqual({
      length: 5,
      valid: true,
      headHash: chain[4]?.hash,
      brokenAt: null,
      unsealed: 2,
    })
  })

  const EVERY_LINE = [1, 2, 3, 4, 5]

  it.each(EVERY_LINE)('is broken where line %i was changed', (position) => {
    const chain = changedAt(aChain(5), position, { event: anEvent({ detail: '{}' }) })
    expect(verifyChain(chain)).toMatchObject({ valid: false, brokenAt: position, length: 5 })
  })

  it.each(EVERY_LINE)('is broken where line %i is not there any more', (position) => {
    expect(verifyChain(changedAt(aChain(5), position, { event: null })).brokenAt).toBe(position)
  })

  it('is broken where a seal was taken out with its line', () => {
    expect(verifyChain(aChain(5).filter(({ position }) => position !== 3)).brokenAt).toBe(3)
  })

  it('is broken where the line of another was put under a seal', () => {
    const chain = aChain(5)
    const [second, fourth] = [chain[1]?.event ?? null, chain[3]?.event ?? null]
    expect(
      verifyChain(changedAt(changedAt(chain, 2, { event: fourth }), 4, { event: second })).brokenAt,
    ).toBe(2)
  })

  it('is broken after a line that was sealed anew with its change, since the next is tied to what it was', () => {
    const chain = aChain(5)
    const event = anEvent({ detail: '{}' })
    const forged = sealHash(chain[1]?.hash ?? '', event)
    expect(verifyChain(changedAt(chain, 3, { event, eventId: event.id, hash: forged })).brokenAt).toBe(4)
  })

  it('says the same read in pages as read at once', () => {
    const chain = changedAt(aChain(7), 5, { event: null })
    const pages = [chain.slice(0, 3), chain.slice(3, 6), chain.slice(6)]
    expect(verificationOf(pages.reduce(verifyFurther, NOTHING_VERIFIED), 0)).toEqual(verifyChain(chain))
  })
})
