import { describe, expect, it } from 'vitest'
import { printableText, printableValue, REPLACEMENT, shortened } from './printable-text.ts'

describe('printable text', () => {
  it('keeps names of the country as they are', () => {
    expect(printableText('Peña & Söhne Roofing, “Tarrant” #2')).toBe('Peña & Söhne Roofing, “Tarrant” #2')
  })

  it('drops control and direction characters', () => {
    expect(printableText('a\u0000b\u0007c\u202Ed\u2066e')).toBe('abcde')
  })

  it('sets a line break as a space', () => {
    expect(printableText('one\r\n\ttwo')).toBe('one two')
  })

  it('puts a box for what the typeface lacks', () => {
    expect(printableText('Roof \u{1F600} 漢')).toBe(`Roof ${REPLACEMENT} ${REPLACEMENT}`)
  })

  it('breaks what would run off the page, but no code', () => {
    expect(printableText('W'.repeat(40))).toContain('\u200B')
    expect(printableText('INTERVAL_ABOVE_EVERY_OTHER_ZERO')).toBe('INTERVAL_ABOVE_EVERY_OTHER_ZERO')
  })

  it('says that a name is empty', () => {
    expect(printableText(' \u0000 ')).toBe('(no name)')
  })

  it('shortens by characters, not by halves of them', () => {
    expect(shortened('\u{1F600}\u{1F600}\u{1F600}', 2)).toBe('\u{1F600}…')
  })

  it('reaches every string of a report and leaves numbers and nulls alone', () => {
    expect(printableValue({ a: ['x\u0000'], b: { c: 1, d: null, e: '' } })).toEqual({
      a: ['x'],
      b: { c: 1, d: null, e: '' },
    })
  })
})
