/** Documents that cost much to read, to check or to plan, and little to write. */
import { ask, post } from './scene.ts'
import type { Attack } from './scene.ts'

const bomb = (name: string, query: string, code = 'QUERY_TOO_COMPLEX', variables: object = {}): Attack => ({
  name,
  send: (scene) => ask(scene, query, variables),
  status: 400,
  code,
})

/** A page's size is its list's own to judge. */
const page = (name: string, first: number): Attack => ({
  name,
  send: (scene) => ask(scene, `{ storms(first: ${first}) { edges { node { id } } } }`),
  status: 200,
  code: 'BAD_INPUT',
  reachesSubgraph: true,
})

const times = (count: number, text: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => text(n)).join(' ')

/** Each fragment spreads the next one twice. */
const doubling = (depth: number): string =>
  `{ ...F0 } ${times(depth, (n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)} fragment F${depth} on Query { viewer { roles } }`

const nested = (depth: number, open: string, core: string): string =>
  `${open.repeat(depth)}${core}${'}'.repeat(depth)}`

export const DOCUMENT_ATTACKS: readonly Attack[] = [
  bomb('ten thousand aliases of one field', `{ ${times(10_000, (n) => `a${n}: viewer { roles }`)} }`),
  bomb('a document of sixty thousand tokens', `{ ${'__typename '.repeat(60_000)} }`),
  bomb('six thousand fields below the limit of tokens each', `{ viewer { ${'roles '.repeat(6_000)} } }`),
  bomb('a thousand levels', nested(1_000, '{ a ', '{ b }')),
  bomb('twenty levels', nested(20, '{ a ', '{ b }')),
  bomb('fragments that double fourteen times', doubling(14)),
  bomb(
    'a fragment that spreads itself',
    '{ ...A } fragment A on Query { ...A }',
    'GRAPHQL_VALIDATION_FAILED',
  ),
  bomb(
    'fragments in a circle',
    '{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A }',
    'GRAPHQL_VALIDATION_FAILED',
  ),
  bomb(
    'lists within lists within lists',
    `{ storm(id: ${'['.repeat(2_000)}"a"${']'.repeat(2_000)}) { id } }`,
  ),
  bomb(
    'objects within objects',
    `{ jobRuns(filter: ${'{ a: '.repeat(1_500)}1${'}'.repeat(1_500)}) { edges { cursor } } }`,
  ),
  bomb('inline fragments within each other', `{ ${'... { '.repeat(900)}__typename${' }'.repeat(900)} }`),
  {
    name: 'a variable of lists within lists',
    send: (scene) =>
      post(
        scene,
        `{"query":"query ($id: ID!) { storm(id: $id) { id } }","variables":{"id":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
      ),
    status: 400,
    code: 'BAD_INPUT',
  },
  bomb(
    'a deep introspection',
    `{ __schema { types ${nested(30, '{ fields { type ', '{ name }')}${'}'.repeat(30)} } }`,
  ),
  bomb(
    'an introspection in circles',
    `{ __schema { types ${nested(8, '{ fields { type ', '{ name }')}${'}'.repeat(8)} } }`,
  ),
  bomb(
    'a comment of a megabyte that is cut off',
    `{ viewer { roles } # ${'x'.repeat(200_000)}`,
    'GRAPHQL_PARSE_FAILED',
  ),
  bomb('an unfinished string', '{ storm(id: "', 'GRAPHQL_PARSE_FAILED'),
  bomb(
    'a block string that never ends',
    `{ storm(id: """${'a'.repeat(10_000)}) { id } }`,
    'GRAPHQL_PARSE_FAILED',
  ),
  bomb('a zero byte between tokens', '{ viewer\u0000 { roles } }', 'GRAPHQL_PARSE_FAILED'),
  bomb('a subscription', 'subscription { storms { edges { cursor } } }', 'BAD_INPUT'),
  bomb(
    'two operations and no name',
    'query A { viewer { roles } } query B { viewer { roles } }',
    'OPERATION_RESOLUTION_FAILURE',
  ),
  bomb('a schema definition', 'type Query { a: Int }', 'GRAPHQL_VALIDATION_FAILED'),
  bomb('a query of a subgraph’s machinery', '{ _service { sdl } }', 'GRAPHQL_VALIDATION_FAILED'),
  bomb(
    'a query of entities',
    '{ _entities(representations: [{ __typename: "Tenant", id: "a" }]) { __typename } }',
    'GRAPHQL_VALIDATION_FAILED',
  ),
  bomb('a page of a million', '{ storms(first: 1000000) { edges { node { id } } } }'),
  page('a page of less than nothing', -1),
  bomb(
    'a number beyond all integers',
    '{ storms(first: 99999999999999999999) { edges { cursor } } }',
    'GRAPHQL_VALIDATION_FAILED',
  ),
  {
    name: 'a name of an operation that nobody wrote',
    send: (scene) =>
      post(scene, { query: 'query A { viewer { roles } }', operationName: 'x'.repeat(100_000) }),
    status: 400,
    code: 'OPERATION_RESOLUTION_FAILURE',
    check: ({ text }) => {
      if (text.length > 1_000) throw new Error('The name was told back in full.')
    },
  },
]
