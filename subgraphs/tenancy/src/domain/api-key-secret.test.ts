import { describe, expect, it } from 'vitest'
import { isWellFormedSecret, prefixOf, secretOf } from './api-key-secret.ts'

const ID = '018f0000-0000-7000-8000-3f9a0c1d2e4b'
const bytes = (fill: number) => new Uint8Array(32).fill(fill)

describe('the secret of an API key', () => {
  it('has one length and one shape, whatever its random bits are', () => {
    for (const fill of [0, 1, 127, 255]) {
      const secret = secretOf('PRODUCTION', ID, bytes(fill))
      expect(secret).toMatch(/^so_live_3f9a0c1d2e4b_[0-9A-Za-z]{49}$/)
      expect(isWellFormedSecret(secret)).toBe(true)
    }
  })

  it('keeps all 256 bits: the largest number is not cut, and the smallest is filled up', () => {
    // 2²⁵⁶ − 1 and 0 in base 62.
    expect(secretOf('TEST', ID, bytes(255)).slice(21, 64)).toBe('yhjskwdA6OZ1AL1YmHWZWm8LLG7HjnuCA2j5rOw8Xp1')
    expect(secretOf('TEST', ID, bytes(0)).slice(21, 64)).toBe('0'.repeat(43))
  })

  it('shows how it begins, and four of its random digits', () => {
    const secret = secretOf('PRODUCTION', ID, bytes(7))
    expect(prefixOf(secret)).toBe(secret.slice(0, 'so_live_3f9a0c1d2e4b_'.length + 4))
  })

  it('is not well formed with any one character changed, left out or added', () => {
    const secret = secretOf('PRODUCTION', ID, bytes(42))
    for (let place = 0; place < secret.length; place += 1) {
      const changed = secret[place] === 'x' ? 'y' : 'x'
      const [before, after] = [secret.slice(0, place), secret.slice(place + 1)]
      expect(isWellFormedSecret(before + changed + after)).toBe(false)
      expect(isWellFormedSecret(before + after)).toBe(false)
      expect(isWellFormedSecret(`${before}x${secret.slice(place)}`)).toBe(false)
    }
  })

  it('is of its environment: a key for trying out cannot be passed off as one for the real thing', () => {
    const secret = secretOf('TEST', ID, bytes(42))
    expect(isWellFormedSecret(secret.replace('so_test_', 'so_live_'))).toBe(false)
  })
})
