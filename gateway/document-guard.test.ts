import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { guardDocument } from './document-guard.ts'
import { guardVariables } from './variables-guard.ts'

const times = (count: number, one: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => one(index)).join(' ')

const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)])

describe('a document is refused', () => {
  it.each<readonly [what: string, most: string, more: string, facts: Readonly<Record<string, number>>]>([
    [
      'for the 31st alias of one field in a selection',
      `{ storm { ${times(30, (i) => `a${i}: name`)} name } }`,
      `{ storm { ${times(31, (i) => `a${i}: name`)} } }`,
      { maxAliasesOfAField: 30 },
    ],
    [
      'also when two fragments bring them together',
      `{ storm { ...A ...B } } fragment A on Storm { ${times(15, (i) => `a${i}: name`)} } fragment B on Storm { ${times(15, (i) => `b${i}: name`)} }`,
      `{ storm { ...A ... { ...B } } } fragment A on Storm { ${times(15, (i) => `a${i}: name`)} } fragment B on Storm { ${times(16, (i) => `b${i}: name`)} }`,
      { maxAliasesOfAField: 30 },
    ],
    [
      'for the 101st alias in all',
      `{ ${times(4, (i) => `s${i} { ${times(25, (j) => `a${j}: name`)} }`)} }`,
      `{ ${times(4, (i) => `s${i} { ${times(25, (j) => `a${j}: name`)} }`)} b: c }`,
      { maxAliases: 100 },
    ],
    [
      'counting a fragment each time it is spread',
      `{ ${times(10, (i) => `s${i} { ...A }`)} } fragment A on Storm { ${times(10, (i) => `a${i}: name`)} }`,
      `{ ${times(11, (i) => `s${i} { ...A }`)} } fragment A on Storm { ${times(10, (i) => `a${i}: name`)} }`,
      { maxAliases: 100 },
    ],
    [
      'for the 21st root field of a query',
      `{ ${times(20, (i) => `f${i}`)} }`,
      `{ ${times(20, (i) => `f${i}`)} ...F } fragment F on Query { f }`,
      { maxRootFields: 20 },
    ],
    [
      'for the 11th root field of a mutation',
      `mutation { ${times(10, (i) => `f${i}`)} }`,
      `mutation { ${times(11, (i) => `f${i}`)} }`,
      { maxRootFields: 10 },
    ],
    [
      'for the 11th directive of one field',
      `{ storm ${'@a '.repeat(10)} { id } }`,
      `{ storm ${'@a '.repeat(11)} { id } }`,
      { maxDirectivesOfAField: 10 },
    ],
    [
      'for the 51st directive in all',
      `{ storm { ${times(10, (i) => `f${i} ${'@a '.repeat(5)}`)} } }`,
      `{ storm @a { ${times(10, (i) => `f${i} ${'@a '.repeat(5)}`)} } }`,
      { maxDirectives: 50 },
    ],
    [
      'for a list of 1,001 items',
      `{ storm(ids: [${'1 '.repeat(1_000)}]) { id } }`,
      `{ storm(ids: [${'1 '.repeat(1_001)}]) { id } }`,
      { maxListItems: 1_000 },
    ],
    [
      'for the 16th level',
      `${'{ a '.repeat(15)}${'}'.repeat(15)}`,
      `${'{ a '.repeat(16)}${'}'.repeat(16)}`,
      { maxDepth: 15 },
    ],
  ])('%s', (_what, most, more, facts) => {
    expect(() => guardDocument(parse(most))).not.toThrow()
    expect(() => guardDocument(parse(more))).toThrow(
      expect.objectContaining({ code: 'QUERY_TOO_COMPLEX', facts }),
    )
  })

  it('in no time, however its fragments use each other', () => {
    const doubling = times(60, (i) => `fragment F${i} on Storm { a: name ...F${i + 1} ...F${i + 1} }`)
    expect(() =>
      guardDocument(parse(`{ storm { ...F0 } } ${doubling} fragment F60 on Storm { a: name }`)),
    ).toThrow(expect.objectContaining({ code: 'QUERY_TOO_COMPLEX' }))
  })

  it('but one whose fragments go in circles is left to the validator', () => {
    expect(() =>
      guardDocument(parse('{ ...A } fragment A on Q { ...B } fragment B on Q { ...A }')),
    ).not.toThrow()
  })
})

describe('variables are refused', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => index)

  it.each<
    readonly [what: string, most: Record<string, unknown>, more: Record<string, unknown>, facts: object]
  >([
    [
      'for the 101st of them',
      Object.fromEntries(many(100).map((i) => [`v${i}`, i])),
      Object.fromEntries(many(101).map((i) => [`v${i}`, i])),
      { maxVariables: 100, variable: null },
    ],
    [
      'for a list of 1,001 items',
      { ids: many(1_000) },
      { ids: many(1_001) },
      { maxItems: 1_000, variable: 'ids' },
    ],
    [
      'for 10,001 rows of what is recorded in bulk',
      { input: { outcomes: many(10_000) } },
      { input: { outcomes: many(10_001) } },
      { maxItems: 10_000, variable: 'input' },
    ],
    [
      'for an object of 1,001 members',
      { input: Object.fromEntries(many(1_000).map((i) => [`m${i}`, i])) },
      { input: Object.fromEntries(many(1_001).map((i) => [`m${i}`, i])) },
      { maxItems: 1_000, variable: 'input' },
    ],
    ['for values 21 levels deep', { v: nested(20) }, { v: nested(21) }, { maxNesting: 20, variable: 'v' }],
    [
      'for a text of 100,001 characters',
      { v: 'x'.repeat(100_000), input: { csv: 'x'.repeat(900_000) } },
      { v: 'x'.repeat(100_001) },
      { maxCharacters: 100_000, variable: 'v' },
    ],
  ])('%s', (_what, most, more, facts) => {
    expect(() => guardVariables(most)).not.toThrow()
    expect(() => guardVariables(more)).toThrow(expect.objectContaining({ code: 'BAD_INPUT', facts }))
  })
})
