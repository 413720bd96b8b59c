import { describe, expect, it } from 'vitest'
import { parsedDocuments, RecentlyUsed } from './parsed-documents.ts'

/** Texts of 20,000 characters, of which fifty are kept. */
const text = (name: number) => String(name).padEnd(20_000, '.')

describe('what was parsed', () => {
  it('is parsed once for each text', () => {
    const parsed = parsedDocuments()
    expect(parsed('{ storm }')).toBe(parsed('{ storm }'))
    expect(parsed('{ storm }')).not.toBe(parsed('{ storms }'))
  })

  it('leaves in the order it was last used, once a million characters are kept', () => {
    const kept = new RecentlyUsed<number>()
    for (let name = 0; name < 50; name += 1) kept.keep(text(name), name)
    expect(kept.get(text(0))).toBe(0)
    kept.keep(text(50), 50)
    expect([kept.get(text(0)), kept.get(text(1)), kept.get(text(2))]).toEqual([0, undefined, 2])
  })

  it('counts a text that is kept again once', () => {
    const kept = new RecentlyUsed<number>()
    for (let name = 0; name < 50; name += 1) kept.keep(text(name), name)
    for (let again = 0; again < 50; again += 1) kept.keep(text(0), again)
    expect([kept.get(text(0)), kept.get(text(1))]).toEqual([49, 1])
  })

  it('does not keep a giant', () => {
    const kept = new RecentlyUsed<number>()
    kept.keep('x'.repeat(20_001), 1)
    expect(kept.get('x'.repeat(20_001))).toBeUndefined()
  })
})
