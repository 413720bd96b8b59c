import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  checkLines,
  checkSchema,
  committedOperations,
  isPassed,
  OPERATION_FOLDERS,
} from '@stormops/cli/schema-check'
import { readApiSchema } from '@stormops/gateway/persisted/api-schema'
import { operationCheck } from '@stormops/gateway/persisted/operation-check'
import { SCHEMA_DIRECTORY } from '@stormops/schema/subgraphs.ts'
import { describe, expect, it } from 'vitest'

const RELEASED = `
  type Query { storm(id: ID!): Storm storms: [Storm!] }
  type Storm { id: ID! name: String! status: StormStatus! }
  enum StormStatus { PLANNING ACTIVE }
`
const operations = [
  { of: 'partner/names.graphql', name: 'Names', document: 'query Names { storms { name } }' },
  { of: 'plains-roofing', name: 'Ids', document: 'query Ids { storms { id } }' },
]
const check = (current: string) => checkSchema(RELEASED, current, operations)

describe('schema check', () => {
  it('passes a schema that is as it was', async () => {
    const same = await check(RELEASED)
    expect(same).toEqual({ breaking: [], dangerous: [], safe: [], broken: [], operations: 2 })
    expect(isPassed(same)).toBe(true)
  })

  it('passes what only adds, and says what may surprise clients', async () => {
    const added = await check(
      RELEASED.replace('name: String!', 'name: String! county: String').replace('ACTIVE', 'ACTIVE COMPLETED'),
    )
    expect(added.safe.map(({ path }) => path)).toEqual(['Storm.county'])
    expect(added.dangerous.map(({ path }) => path)).toEqual(['StormStatus.COMPLETED'])
    expect([added.breaking, added.broken, isPassed(added)]).toEqual([[], [], true])
  })

  it('fails what breaks clients, and names the operations that would break', async () => {
    const removed = await check(RELEASED.replace('name: String!', ''))
    expect(removed.breaking).toEqual([{ path: 'Storm.name', message: expect.stringContaining('name') }])
    expect(removed.broken).toEqual([
      { of: 'partner/names.graphql', name: 'Names', faults: [expect.stringContaining('"name"')] },
    ])
    expect(isPassed(removed)).toBe(false)
    expect(checkLines(removed).join('\n')).toContain('Names (partner/names.graphql)')
    expect(checkLines(removed)).toContain(
      '1 breaking, 0 dangerous and 0 safe changes since the last release; 1 of 2 operations would break.',
    )
  })

  it('fails what breaks clients though no known operation would break', async () => {
    const removed = await check(RELEASED.replace('status: StormStatus!', ''))
    expect([removed.breaking.length > 0, removed.broken, isPassed(removed)]).toEqual([true, [], false])
  })

  it('names an operation that cannot be read', async () => {
    const { broken } = await checkSchema(RELEASED, RELEASED, [
      { of: 'a file', name: 'Half', document: 'query {' },
    ])
    expect(broken).toEqual([
      { of: 'a file', name: 'Half', faults: [expect.stringContaining('Syntax Error')] },
    ])
  })
})

describe('the operations kept with the schema', () => {
  const kept = committedOperations()
  const check = operationCheck(readApiSchema(), async () => null)

  it('are there for frontends, partners and staff', () => {
    const folders = new Set(kept.map(({ of }) => of.split('/')[1]))
    expect([...folders].toSorted()).toEqual(['frontend', 'partner', 'staff'])
    expect(OPERATION_FOLDERS.length).toBe(3)
    expect(new Set(kept.map(({ name }) => name)).size).toBe(kept.length)
  })

  it.each(kept)('$of can be published', async ({ of, name }) => {
    const document = readFileSync(join(SCHEMA_DIRECTORY, of), 'utf8')
    expect(await check(document, [])).toEqual({ kind: 'sound', name })
  })
})
