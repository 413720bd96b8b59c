import { describe, expect, it } from 'vitest'
import { secret } from '../secret.ts'
import { metricsAccess } from './metrics-access.ts'

const NEAR = ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1']
const PRIVATE = ['10.1.2.3', '172.31.0.1', '192.168.1.1', '::ffff:10.0.0.1', 'fd00::1']
const FAR = ['203.0.113.7', '172.32.0.1', '2001:db8::1', '::ffff:8.8.8.8', '', 'nonsense', undefined]

describe('without a token', () => {
  const may = metricsAccess(null)

  it.each([...NEAR, ...PRIVATE])('%s may read', (address) => {
    expect(may({ address, headers: {} })).toBe(true)
  })

  it.each(FAR)('%s may not', (address) => {
    expect(may({ address, headers: { authorization: 'Bearer ' } })).toBe(false)
  })

  it.each(['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'])(
    'nobody may whom a proxy speaks for with %s',
    (header) => {
      expect(may({ address: '127.0.0.1', headers: { [header]: '' } })).toBe(false)
    },
  )
})

describe('with a token', () => {
  const may = metricsAccess(secret('a-token-of-the-test'))
  const authorization = 'Bearer a-token-of-the-test'

  it.each(NEAR)('%s may read without it', (address) => {
    expect(may({ address, headers: {} })).toBe(true)
  })

  it.each([...PRIVATE, ...FAR])('%s may with it, and not without', (address) => {
    expect(may({ address, headers: { authorization } })).toBe(true)
    expect(may({ address, headers: {} })).toBe(false)
    expect(may({ address, headers: { authorization: `${authorization}x` } })).toBe(false)
  })
})
