import { buildASTSchema, Kind, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { actualCost } from './actual-cost.ts'
import { costCompiler } from './compile-cost.ts'
import { selectionCost, selectionNodes } from './cost-estimate.ts'
import { costTable } from './cost-table.ts'
import { UNPAYABLE } from './cost-plan.ts'

const SDL = `
  directive @cost(weight: Int!) on OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | SCALAR | ENUM
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
  scalar Chart @cost(weight: 3)
  type Query {
    storm(id: ID): Storm
    storms(first: Int = 50): StormPage @listSize(slicingArguments: ["first"], sizedFields: ["edges"], requireOneSlicingArgument: false)
    latest(first: Int): [Storm!] @listSize(assumedSize: 5, slicingArguments: ["first"], requireOneSlicingArgument: false)
    either(first: Int, last: Int): [Storm!] @listSize(slicingArguments: ["first", "last"])
    all: [Storm!]
    grid: [[Storm!]!]
    names: [String!]
    report: Report @cost(weight: 100)
    audit(days: Int @cost(weight: 7)): Int
    chart: Chart
    found: Found
    node: Node
    search(filter: Filter): [Storm!] @listSize(assumedSize: 2)
  }
  type Mutation {
    rename(name: String): Storm
    start: Pilot @cost(weight: 500)
    outcome(input: OutcomeInput!): Int
  }
  interface Node { id: ID! owner: Person }
  type Person { name: String boss: Person }
  type Storm implements Node {
    id: ID! name: String owner: Person
    homes(first: Int = 10): HomePage @listSize(slicingArguments: ["first"], sizedFields: ["edges"], requireOneSlicingArgument: false)
    health: Health @cost(weight: 20)
    tags: [String!]
  }
  type StormPage { edges: [StormEdge!]! total: Int pageInfo: PageInfo }
  type StormEdge { node: Storm! cursor: String }
  type PageInfo { end: String }
  type HomePage { edges: [HomeEdge!]! }
  type HomeEdge { node: Home }
  type Home @cost(weight: 2) { id: ID }
  type Health { score: Float checks: [Check!] @listSize(assumedSize: 8) }
  type Check { name: String }
  type Report { lines: [Line!] @listSize(assumedSize: 3) }
  type Line { text: String }
  type Pilot implements Node { id: ID! owner: Person report: Report }
  union Found = Storm | Pilot
  input Filter { text: String @cost(weight: 4) ids: [ID!] @cost(weight: 1) inner: Filter }
  input OutcomeInput { rows: [RowInput!]! @cost(weight: 1) }
  input RowInput { id: ID }
`

const schema = buildASTSchema(parse(SDL))
const compile = costCompiler(schema, costTable(SDL))

const planOf = (query: string) => {
  const document = parse(query)
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)
  if (operation === undefined) throw new Error('The document holds no operation.')
  const fragments = document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION)
  return compile(operation, new Map(fragments.map((fragment) => [fragment.name.value, fragment])))
}

type Case = readonly [
  query: string,
  estimate: number,
  how: string,
  variables?: Readonly<Record<string, unknown>>,
]

const CASES: readonly Case[] = [
  // objects and values
  ['{ __typename }', 0, 'nothing but a name'],
  ['{ storm { id } }', 1, 'one object'],
  ['{ storm { id name tags } }', 1, 'values are free, lists of them too'],
  ['{ names }', 0, 'a list of values'],
  ['{ chart }', 3, 'a value that the schema weighs'],
  ['{ storm { owner { name } } }', 2, '1 + 1'],
  ['{ storm { owner { boss { boss { name } } } } }', 4, 'one for each level'],
  ['{ a: storm { id } b: storm { id } }', 2, 'an alias is asked again'],
  ['{ storm { id } storm { name } }', 1, 'the same field twice is asked once'],
  ['{ storm { owner { name } } storm { owner { boss { name } } } }', 3, 'storm + owner + boss, put together'],
  ['{ report { __typename } }', 100, 'a heavy field'],
  ['{ storm { health { score } } }', 21, '1 + 20'],
  ['{ __schema { queryType { name } } }', 100, 'the shape of the graph'],
  ['{ __type(name: "Storm") { name } }', 10, 'the shape of one type'],
  // lists
  ['{ all { id } }', 10, 'nothing said: ten'],
  ['{ grid { id } }', 100, 'ten times ten'],
  ['{ all { owner { name } } }', 20, '10 × (1 + 1)'],
  ['{ all { all: owner { boss { name } } } }', 30, '10 × (1 + 1 + 1)'],
  ['{ latest { id } }', 5, 'the assumed size'],
  ['{ latest(first: 3) { id } }', 3, 'the argument'],
  ['{ latest(first: 0) { id } }', 0, 'none asked'],
  ['{ latest(first: -100) { id } }', 0, 'a negative size earns nothing'],
  ['{ latest(first: null) { id } }', 5, 'null is as good as left out'],
  ['{ storm { health { checks { name } } } }', 29, '1 + 20 + 8'],
  ['{ report { lines { text } } }', 103, '100 + 3'],
  ['{ either(first: 4) { id } }', 4, 'one of two arguments'],
  ['{ either(last: 6) { id } }', 6, 'the other'],
  // pages
  ['{ storms { edges { node { id } } } }', 101, 'default of 50: 1 + 50 × (1 + 1)'],
  ['{ storms(first: 20) { edges { node { id } } } }', 41, '1 + 20 × 2'],
  ['{ storms(first: 20) { total pageInfo { end } } }', 2, 'the page and its info'],
  ['{ storms(first: 20) { edges { cursor } pageInfo { end } } }', 22, '1 + 20 + 1'],
  ['{ storms(first: 2) { a: edges { cursor } b: edges { cursor } } }', 5, '1 + 2 + 2'],
  [
    '{ storms(first: 5) { edges { node { homes { edges { node { id } } } } } } }',
    166,
    '1 + 5 × (1 + 1 + 1 + 10 × (1 + 2))',
  ],
  [
    '{ storms(first: 100) { edges { node { homes(first: 100) { edges { node { id } } } } } } }',
    30_301,
    '1 + 100 × (3 + 100 × 3)',
  ],
  // variables
  ['query ($n: Int) { storms(first: $n) { edges { cursor } } }', 8, 'the variable', { n: 7 }],
  ['query ($n: Int) { storms(first: $n) { edges { cursor } } }', 51, 'the default of the argument'],
  ['query ($n: Int = 9) { storms(first: $n) { edges { cursor } } }', 10, 'the default of the variable'],
  ['query ($n: Int = 9) { storms(first: $n) { edges { cursor } } }', 4, 'what is given beats it', { n: 3 }],
  [
    'query ($n: Int) { storms(first: $n) { edges { cursor } } }',
    51,
    'null is as good as left out',
    { n: null },
  ],
  [
    'query ($n: Int) { storms(first: $n) { edges { cursor } } }',
    51,
    'what is no number will be refused',
    { n: 'many' },
  ],
  [
    'query ($n: Int) { storms(first: $n) { edges { cursor } } }',
    1,
    'a negative size earns nothing',
    { n: -1e9 },
  ],
  [
    'query ($n: Int) { storms(first: $n) { edges { cursor } } }',
    1e12 + 1,
    'an absurd one counts in full',
    { n: 1e12 },
  ],
  [
    'query ($n: Int) { storms(first: $n) { edges { cursor } } }',
    51,
    'no number ends the sum',
    { n: Number.NaN },
  ],
  [
    `query ($n: Int) { storms(first: $n) { edges { node { homes(first: $n) { edges { node { id } } } } } } }`,
    UNPAYABLE,
    '1e12 × 1e12 stops where numbers do',
    { n: 1e12 },
  ],
  // directives
  ['{ storm @skip(if: true) { id } }', 0, 'never asked'],
  ['{ storm @include(if: false) { id } }', 0, 'never asked'],
  ['{ storm @include(if: true) @skip(if: false) { id } }', 1, 'always asked'],
  ['query ($a: Boolean!) { storm @include(if: $a) { id } }', 1, 'asked', { a: true }],
  ['query ($a: Boolean!) { storm @include(if: $a) { id } }', 0, 'not asked', { a: false }],
  ['query ($a: Boolean!) { storm @skip(if: $a) { id } report { __typename } }', 100, 'skipped', { a: true }],
  ['query ($a: Boolean!) { storm @include(if: $a) { id } }', 1, 'a missing condition counts as the dearer'],
  ['query ($a: Boolean = false) { storm @include(if: $a) { id } }', 0, 'the default of the condition'],
  [
    'query ($a: Boolean!, $b: Boolean!) { storm @include(if: $a) { id } storm @include(if: $b) { owner { name } } }',
    2,
    'either asks for the storm, one for its owner',
    { a: false, b: true },
  ],
  [
    'query ($a: Boolean!, $b: Boolean!) { storm @include(if: $a) { id } storm @include(if: $b) { owner { name } } }',
    1,
    'and the other does not',
    { a: true, b: false },
  ],
  [
    'query ($a: Boolean!) { ... @include(if: $a) { storm { owner { name } } } }',
    0,
    'a fragment left out',
    { a: false },
  ],
  // fragments
  [
    '{ ...F } fragment F on Query { storm { ...S } } fragment S on Storm { owner { name } }',
    2,
    'written out',
  ],
  ['{ ...F ...F } fragment F on Query { storm { id } }', 1, 'spread twice, asked once'],
  ['{ ... on Query { storm { id } } }', 1, 'inline'],
  // interfaces and unions
  [
    '{ found { ... on Storm { owner { name } } ... on Pilot { report { lines { text } } } } }',
    5,
    '1 + the dearer: 1 + 3',
  ],
  [
    '{ found { ... on Storm { health { score } } ... on Pilot { owner { name } } } }',
    21,
    '1 + the dearer: 20',
  ],
  ['{ found { ... on Node { owner { name } } } }', 2, 'what both have'],
  ['{ node { owner { name } ... on Storm { health { score } } } }', 22, '1 + 1 + 20'],
  ['{ node { id } }', 1, 'an interface is an object'],
  // arguments
  ['{ audit }', 0, 'an argument that is not given'],
  ['{ audit(days: 3) }', 7, 'one that is'],
  ['query ($d: Int) { audit(days: $d) }', 7, 'by variable', { d: 3 }],
  ['{ search(filter: { text: "x" }) { id } }', 6, '4 + 2'],
  ['{ search(filter: { ids: ["a", "b", "c"] }) { id } }', 5, '3 items + 2'],
  [
    'query ($f: Filter) { search(filter: $f) { id } }',
    11,
    '4 + 4 + 1 + 2',
    { f: { text: 'x', inner: { text: 'y', ids: ['a'] } } },
  ],
  // mutations
  ['mutation { rename { id } }', 11, '10 + 1'],
  ['mutation { a: rename { id } b: rename { id } }', 22, 'each of them'],
  ['mutation { start { id } }', 500, 'what the schema says'],
  ['mutation { start { report { lines { text } } } }', 504, '500 + 1 + 3'],
  [
    'mutation ($i: OutcomeInput!) { outcome(input: $i) }',
    12,
    '10 + one for each row',
    { i: { rows: [{ id: 'a' }, { id: 'b' }] } },
  ],
]

describe('the estimate', () => {
  it.each(CASES.map(([query, estimate, how, variables]) => ({ query, estimate, how, variables })))(
    'of $query with $variables is $estimate: $how',
    ({ query, estimate, variables = {} }) => {
      expect(selectionCost(planOf(query), variables)).toBe(estimate)
    },
  )

  it('is told of the same document again by multiplication alone', () => {
    const plan = planOf(
      'query ($n: Int) { storms(first: $n) { edges { node { homes { edges { node { id } } } } } } }',
    )
    expect([1, 2, 3].map((n) => selectionCost(plan, { n }))).toEqual([34, 67, 100])
  })

  it('of fragments that use each other twice does not take forever', () => {
    const levels = Array.from(
      { length: 40 },
      (_, i) => `fragment F${i} on Person { a: boss { ...F${i + 1} } b: boss { ...F${i + 1} } }`,
    )
    const query = `{ storm { owner { ...F0 } } } ${levels.join(' ')} fragment F40 on Person { name }`
    expect(selectionCost(planOf(query), {})).toBeLessThanOrEqual(UNPAYABLE)
  })

  it('refuses a list that must be told how long it is, and is not, or twice', () => {
    for (const query of ['{ either { id } }', '{ either(first: 1, last: 1) { id } }']) {
      expect(() => planOf(query)).toThrow('either needs exactly one of its arguments first or last')
    }
  })

  it.each([
    ['{ storm { owner { name } } names }', 2],
    ['{ storms(first: 20) { edges { node { id } } } }', 41],
    ['{ report { lines { text } } }', 4],
    ['mutation { start { id } }', 1],
  ])('counts the objects of %s apart from what they cost: %i', (query, nodes) => {
    expect(selectionNodes(planOf(query), {})).toBe(nodes)
  })
})

describe('the actual cost', () => {
  const node = { node: { id: 'a' } }

  it.each<readonly [string, unknown, number]>([
    ['{ storm { id } }', { storm: null }, 0],
    ['{ storm { owner { name } } }', { storm: { owner: null } }, 1],
    ['{ storms { edges { node { id } } } }', { storms: { edges: [node, node, node] } }, 7],
    ['{ storms { edges { node { id } } } }', { storms: { edges: [] } }, 1],
    ['{ all { id } }', { all: [{ id: 'a' }, null, { id: 'b' }] }, 2],
    ['{ all { id } }', { all: Array.from({ length: 30 }, () => ({ id: 'a' })) }, 30],
    ['{ grid { id } }', { grid: [[{ id: 'a' }], [{ id: 'b' }, { id: 'c' }]] }, 3],
    ['{ report { lines { text } } }', { report: null }, 100],
    ['{ report { lines { text } } }', { report: { lines: [{ text: 'a' }] } }, 101],
    ['{ a: storm { id } b: storm { id } }', { a: { id: '1' }, b: null }, 1],
    ['mutation { rename { id } }', { rename: null }, 11],
    ['{ audit(days: 3) }', { audit: null }, 7],
    [
      '{ found { __typename ... on Storm { owner { name } } ... on Pilot { report { lines { text } } } } }',
      { found: { __typename: 'Storm', owner: { name: 'x' } } },
      2,
    ],
    [
      '{ found { ... on Storm { owner { name } } ... on Pilot { report { lines { text } } } } }',
      { found: { report: { lines: [{ text: 'a' }] } } },
      3,
    ],
  ])('of %s answered with %j is %i', (query, data, cost) => {
    expect(actualCost(planOf(query), data, {})).toBe(cost)
  })

  it('is nothing without an answer', () => {
    expect([null, undefined].map((data) => actualCost(planOf('{ all { id } }'), data, {}))).toEqual([0, 0])
  })
})

describe('the table', () => {
  it('follows the supergraph where it calls a directive by another name', () => {
    const renamed = costTable(`
      schema @link(url: "https://specs.apollo.dev/cost/v0.1", import: [{ name: "@cost", as: "@weight" }, "@listSize"]) { query: Query }
      type Query { a: Int @weight(weight: 5) b: Int @cost(weight: 7) c: [Int] @listSize(assumedSize: 3) }
    `)
    expect([...renamed.weights]).toEqual([['Query.a', 5]])
    expect(renamed.listSizes.get('Query.c')).toMatchObject({
      assumedSize: 3,
      requireOneSlicingArgument: true,
    })
  })
})
