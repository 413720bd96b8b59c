import { describe, expect, it } from 'vitest'
import { Fault } from '@stormops/chassis/fault'
import { apiSchemaOf } from './api-schema.ts'
import { operationCheck } from './operation-check.ts'
import type { Permits } from './operation-check.ts'

const schema = apiSchemaOf(`
  scalar DateTime
  type Query { storm(id: ID!): Storm storms(since: DateTime): [Storm!] }
  type Mutation { renameStorm(id: ID!): Storm }
  type Storm { id: ID! name: String! next: Storm }
`)

/** Lets nobody change a storm who may not write storms. */
const permits: Permits = async (_document, operationName, scopes) =>
  operationName.startsWith('Rename') && !scopes.includes('storms:write')
    ? new Fault('FORBIDDEN', 'Mutation.renameStorm needs the permission storms:write.')
    : null

const check = operationCheck(schema, permits)
const faults = async (document: string, scopes: readonly string[] = []) => {
  const checked = await check(document, scopes)
  return checked.kind === 'faulty' ? checked.faults.join('\n') : ''
}

describe('an operation to publish', () => {
  it('is sound when the graph has it and it has a name', async () => {
    expect(await check('query Names { storms { name } }', [])).toEqual({ kind: 'sound', name: 'Names' })
  })

  it('may bring fragments', async () => {
    const document = 'query Names { storms { ...Name } } fragment Name on Storm { name }'
    expect(await check(document, [])).toEqual({ kind: 'sound', name: 'Names' })
  })

  it.each([
    ['cannot be read', 'query Names { storms {', 'Syntax Error'],
    ['has no name', '{ storms { name } }', 'needs a name'],
    ['is one of two', 'query A { storms { name } } query B { storms { name } }', 'holds 2'],
    ['is not there', 'fragment Name on Storm { name }', 'holds 0'],
    [
      'asks for what the graph does not have',
      'query Names { storms { colour } }',
      'Cannot query field "colour"',
    ],
    ['gives a value that does not fit', 'query Since { storms(since: "soon") { name } }', 'DateTime'],
    ['asks how the graph is shaped', 'query Shape { __schema { types { name } } }', '__schema'],
    ['is too deep', `query Deep { storms ${'{ next '.repeat(20)}{ name }${' }'.repeat(20)} }`, '15 levels'],
    ['is too long', `query Long { ${'a: __typename '.repeat(2_000)} }`, 'tokens'],
    ['asks for something again and again', fieldsDoubled(), '5,000 fields'],
  ])('is refused when it %s', async (_what, document, reason) => {
    expect(await faults(document)).toContain(reason)
  })

  it('is refused to a partner who may not ask it', async () => {
    const document = 'mutation RenameStorm { renameStorm(id: "a") { id } }'
    expect(await faults(document, ['storms:read'])).toContain('storms:write')
    expect(await check(document, ['storms:write'])).toEqual({ kind: 'sound', name: 'RenameStorm' })
  })
})

/** Fragments that use each other twice: 2¹³ fields of a few dozen tokens. */
function fieldsDoubled(): string {
  const fragments = Array.from(
    { length: 13 },
    (_, level) => `fragment F${level} on Storm { ...F${level + 1} ...F${level + 1} }`,
  )
  return `query Doubled { storms { ...F0 } } ${fragments.join(' ')} fragment F13 on Storm { name }`
}
