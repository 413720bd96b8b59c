import { describe, expect, it } from 'vitest'
import { readTraceparent, writtenTraceparent } from './tracer.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const SPAN = '00f067aa0ba902b7'

describe('a traceparent', () => {
  it.each([
    ['01', true],
    ['00', false],
    ['03', true],
  ])('with the flags %s says whether it is kept', (flags, isKept) => {
    expect(readTraceparent(`00-${TRACE}-${SPAN}-${flags}`)).toEqual({ traceId: TRACE, spanId: SPAN, isKept })
  })

  it('is written as it is read', () => {
    for (const isKept of [true, false]) {
      const name = { traceId: TRACE, spanId: SPAN, isKept }
      expect(readTraceparent(writtenTraceparent(name))).toEqual(name)
    }
  })

  it.each([
    null,
    undefined,
    '',
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `01-${TRACE}-${SPAN}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01-more`,
    `00-${TRACE}-${SPAN}-01\r\nx: y`,
  ])('is not %j', (text) => {
    expect(readTraceparent(text)).toBeNull()
  })
})
