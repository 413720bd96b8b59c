import { buildSchema, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../fault.ts'
import { systemActor } from '../../identity.ts'
import type { Actor } from '../../identity.ts'
import type { Scope } from '../../permission.ts'
import { operationIn, operationPermissions } from './operation-permissions.ts'
import { requirementsOf } from './requirements.ts'

const SDL = `
  directive @public on OBJECT | FIELD_DEFINITION
  directive @authenticated on OBJECT | FIELD_DEFINITION
  directive @requiresScopes(scopes: [[String!]!]!) on OBJECT | FIELD_DEFINITION
  directive @requiresPlan(tiers: [String!]!) on OBJECT | FIELD_DEFINITION
  directive @argumentRequiresScopes(scopes: [[String!]!]!) on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
  type Query {
    weather: String @public
    roof(id: ID!): Roof @requiresScopes(scopes: [["storms:read"]])
    things: [Thing!] @authenticated
    named: [Named!] @authenticated
    either: String @requiresScopes(scopes: [["billing:read", "billing:manage"], ["platform:staff"]])
    premium: String @requiresPlan(tiers: ["STANDARD", "ENTERPRISE"]) @requiresScopes(scopes: [["storms:read"]])
    jobs(tenantId: ID @argumentRequiresScopes(scopes: [["platform:staff"]]), filter: Filter, filters: [Filter!]): String
      @authenticated
    forgotten: String
  }
  type Mutation { repair(id: ID!): Roof @requiresScopes(scopes: [["storms:write"]]) }
  interface Named { name: String }
  union Thing = Roof | Crew
  type Roof implements Named @requiresScopes(scopes: [["storms:read"]]) {
    id: ID!
    name: String
    score: Float @requiresScopes(scopes: [["scores:read"]])
    crew: Crew
  }
  type Crew implements Named @authenticated { name: String phone: String @requiresScopes(scopes: [["properties:pii"]]) roofs: [Roof!] }
  input Filter { state: String tenant: TenantFilter }
  input TenantFilter { slug: String @argumentRequiresScopes(scopes: [["platform:staff"]]) }
`
const schema = buildSchema(SDL)
const permissions = operationPermissions({
  schema,
  requirements: requirementsOf(parse(SDL)),
  machinery: {
    __schema: ({ actor }) => (actor === null ? new Fault('UNAUTHENTICATED', 'Who are you?') : null),
  },
})

const someone = (...scopes: readonly Scope[]): Actor => ({
  ...systemActor('018f2b1c-0000-7000-8000-000000000001', 'user-1'),
  kind: 'USER',
  scopes: new Set(scopes),
})

type More = { readonly variables?: object; readonly tier?: string | null; readonly name?: string }

const refusalOf = async (
  query: string,
  actor: Actor | null,
  { variables = {}, tier = null, name }: More = {},
) => {
  const document = parse(query)
  const operation = operationIn(document, name)
  if (operation === null) throw new Error('The document does not say which operation.')
  return permissions.refusalOf(
    { document, operation, variables: { ...variables } },
    { actor, tier: async () => tier },
  )
}
const told = (fault: Fault | null) =>
  fault === null ? null : [fault.code, fault.facts['coordinate'] ?? null]

/** A query, what the asker holds, and where it is refused; null where it is not. */
type Asked = readonly [
  what: string,
  query: string,
  scopes: readonly Scope[],
  coordinate: string | null,
  more?: More,
]

const ASKED: readonly Asked[] = [
  ['a field of a type', '{ roof(id: 1) { name } }', ['storms:read'], null],
  ['a root field', '{ roof(id: 1) { name } }', [], 'Query.roof'],
  ['a field of its own', '{ roof(id: 1) { score } }', ['storms:read'], 'Roof.score'],
  ['a field of its own, granted', '{ roof(id: 1) { score } }', ['storms:read', 'scores:read'], null],
  [
    'its type, with only the field granted',
    '{ things { ... on Roof { score } } }',
    ['scores:read'],
    'Roof.score',
  ],
  ['an alias', '{ roof(id: 1) { name: score } }', ['storms:read'], 'Roof.score'],
  ['a fragment', '{ roof(id: 1) { ...F } } fragment F on Roof { score }', ['storms:read'], 'Roof.score'],
  [
    'a fragment in a fragment',
    '{ roof(id: 1) { ...F } } fragment F on Roof { crew { ...G } } fragment G on Crew { roofs { score } }',
    ['storms:read'],
    'Roof.score',
  ],
  ['an inline fragment without a type', '{ roof(id: 1) { ... { score } } }', ['storms:read'], 'Roof.score'],
  [
    'a fragment that nobody spreads',
    '{ roof(id: 1) { id } } fragment F on Roof { score }',
    ['storms:read'],
    null,
  ],
  ['a field of an interface, for what it could be', '{ named { name } }', [], 'Roof.name'],
  ['an interface narrowed to what is granted', '{ named { ... on Crew { name } } }', [], null],
  ['an interface narrowed to another', '{ named { ... on Roof { name } } }', [], 'Roof.name'],
  ['a member of a union', '{ things { ... on Crew { phone } } }', [], 'Crew.phone'],
  ['an interface over a union', '{ things { ... on Named { name } } }', [], 'Roof.name'],
  ['a type name', '{ things { __typename } }', [], null],
  ['what is always skipped', '{ roof(id: 1) { id score @skip(if: true) } }', ['storms:read'], null],
  [
    'what is never included',
    '{ roof(id: 1) { id ... @include(if: false) { score } } }',
    ['storms:read'],
    null,
  ],
  [
    'what a variable skips',
    'query ($no: Boolean!) { roof(id: 1) { id score @skip(if: $no) } }',
    ['storms:read'],
    null,
    { variables: { no: true } },
  ],
  [
    'what a variable does not skip',
    'query ($no: Boolean!) { roof(id: 1) { id score @skip(if: $no) } }',
    ['storms:read'],
    'Roof.score',
    { variables: { no: false } },
  ],
  [
    'what a variable includes by its default',
    'query ($yes: Boolean = true) { roof(id: 1) { id score @include(if: $yes) } }',
    ['storms:read'],
    'Roof.score',
  ],
  [
    'what is skipped in one place and asked in another',
    '{ roof(id: 1) { ...F @skip(if: true) ...G } } fragment F on Roof { score } fragment G on Roof { score }',
    ['storms:read'],
    'Roof.score',
  ],
  [
    'another operation of the document',
    'query A { roof(id: 1) { id } } query B { either }',
    ['storms:read'],
    null,
    { name: 'A' },
  ],
  ['a mutation', 'mutation { repair(id: 1) { id } }', ['storms:read'], 'Mutation.repair'],
  ['a list of which all is held', '{ either }', ['billing:read', 'billing:manage'], null],
  ['a list of which half is held', '{ either }', ['billing:read'], 'Query.either'],
  ['the other list', '{ either }', ['platform:staff'], null],
  ['a field that nothing is said of', '{ forgotten }', ['platform:staff'], 'Query.forgotten'],
  ['an argument', '{ jobs(tenantId: "a") }', [], 'Query.jobs.tenantId'],
  ['an argument, granted', '{ jobs(tenantId: "a") }', ['platform:staff'], null],
  ['an argument that is null', '{ jobs(tenantId: null) }', [], null],
  ['an argument that is not given', '{ jobs }', [], null],
  [
    'an argument by a variable',
    'query ($t: ID) { jobs(tenantId: $t) }',
    [],
    'Query.jobs.tenantId',
    { variables: { t: 'a' } },
  ],
  ['an argument by a variable that is not given', 'query ($t: ID) { jobs(tenantId: $t) }', [], null],
  ['a field of an input', '{ jobs(filter: { tenant: { slug: "a" } }) }', [], 'TenantFilter.slug'],
  ['a field of an input that is not given', '{ jobs(filter: { state: "DONE", tenant: {} }) }', [], null],
  [
    'a field of an input in a list in a variable',
    'query ($f: [Filter!]) { jobs(filters: $f) }',
    [],
    'TenantFilter.slug',
    { variables: { f: [{ state: 'DONE' }, { tenant: { slug: 'a' } }] } },
  ],
  ['the second of two aliases', '{ a: jobs b: jobs(tenantId: "a") }', [], 'Query.jobs.tenantId'],
  ['introspection', '{ __schema { queryType { name } } }', [], null],
]

describe('somebody who asks', () => {
  it.each(ASKED.map((asked) => ({ asked, what: asked[0] })))('$what', async ({ asked }) => {
    const [, query, scopes, coordinate, more] = asked
    const refusal = await refusalOf(query, someone(...scopes), more)
    expect(told(refusal)).toEqual(coordinate === null ? null : ['FORBIDDEN', coordinate])
  })

  it('the same document twice, as others, is judged as who it is', async () => {
    const document = parse('{ roof(id: 1) { score } }')
    const operation = operationIn(document, undefined)
    if (operation === null) throw new Error('No operation.')
    const ask = (actor: Actor | null) =>
      permissions.refusalOf({ document, operation, variables: {} }, { actor, tier: async () => null })
    expect(await ask(someone('storms:read', 'scores:read'))).toBeNull()
    expect((await ask(someone('storms:read')))?.code).toBe('FORBIDDEN')
    expect((await ask(null))?.code).toBe('UNAUTHENTICATED')
    expect(await ask(someone('storms:read', 'scores:read'))).toBeNull()
  })
})

describe('somebody not signed in', () => {
  it.each([
    ['{ weather }', null],
    ['{ __typename }', null],
    ['{ things { __typename } }', 'UNAUTHENTICATED'],
    ['{ weather roof(id: 1) { id } }', 'UNAUTHENTICATED'],
    ['{ forgotten things { __typename } }', 'UNAUTHENTICATED'],
    ['{ __schema { queryType { name } } }', 'UNAUTHENTICATED'],
    ['mutation { repair(id: 1) { id } }', 'UNAUTHENTICATED'],
  ])('may ask what anybody may: %s', async (query, code) => {
    expect((await refusalOf(query, null))?.code ?? null).toBe(code)
  })
})

describe('a plan', () => {
  const PREMIUM = '{ premium }'
  it.each([
    ['TRIAL', 'PLAN_REQUIRED'],
    [null, 'PLAN_REQUIRED'],
    ['STANDARD', null],
    ['ENTERPRISE', null],
  ])('%s has what it has', async (tier, code) => {
    const refusal = await refusalOf(PREMIUM, someone('storms:read'), { tier })
    expect(refusal?.code ?? null).toBe(code)
    expect(refusal === null || refusal.facts['requiredTiers']).toEqual(
      code === null ? true : ['STANDARD', 'ENTERPRISE'],
    )
  })

  it('does not stand in for a permission', async () => {
    expect((await refusalOf(PREMIUM, someone(), { tier: 'ENTERPRISE' }))?.code).toBe('FORBIDDEN')
  })
})

describe('a refusal', () => {
  it('says what is missing, in words for a person and facts for a program', async () => {
    const refusal = await refusalOf('{ roof(id: 1) { score } }', someone('storms:read'))
    expect(refusal?.message).toBe(
      'Roof.score needs the permission scores:read, which your role does not have.',
    )
    expect(refusal?.facts).toEqual({
      coordinate: 'Roof.score',
      requiredScope: 'scores:read',
      requiredScopes: [['scores:read']],
    })
  })

  it('speaks of the key to whoever holds one', async () => {
    const refusal = await refusalOf('{ roof(id: 1) { id } }', { ...someone(), kind: 'API_KEY' })
    expect(refusal?.message).toContain('which your key does not have')
  })
})

describe('documents that leave something unsaid', () => {
  it('are told where', () => {
    expect(requirementsOf(parse(SDL)).unsaid).toEqual(['Query.forgotten'])
  })
})
