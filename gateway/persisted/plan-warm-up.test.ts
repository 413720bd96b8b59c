import { createRequire } from 'node:module'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { startPublished } from '../testing/published.ts'
import { TENANT } from '../testing/sample-graph.ts'
import { idOfDocument } from './named-document.ts'

const CREWS = 'query Crews($id: ID!) { storm(id: $id) { name crewCount } }'
const RENAME =
  'mutation Rename($id: ID!, $name: String!) { renameStorm(id: $id, name: $name) { name crewCount } }'

type Planner = { readonly QueryPlanner: { readonly prototype: { buildQueryPlan: () => unknown } } }
const { QueryPlanner }: Planner = createRequire(import.meta.resolve('@apollo/gateway'))(
  '@apollo/query-planner',
)
const planned = vi.spyOn(QueryPlanner.prototype, 'buildQueryPlan')

let server: Awaited<ReturnType<typeof startPublished>>
afterEach(() => server.stop())

describe('warming up', () => {
  it.each([
    ['query', CREWS],
    ['mutation', RENAME],
  ])('plans a %s and asks no subgraph', async (_type, document) => {
    server = await startPublished({ [TENANT]: [{ document }] })
    planned.mockClear()
    await server.gateway.warm(document)
    expect([server.fetches(), planned.mock.calls.length]).toEqual([0, 1])
    const [, operationName] = document.split(/\W/)
    const asked = { documentId: idOfDocument(document), operationName, variables: { id: 'a', name: 'b' } }
    const answer = await server.partner.post(asked)
    expect(planned.mock.calls.length).toBe(1)
    expect(JSON.parse(answer.text).errors).toBeUndefined()
    expect(server.fetches()).toBe(2)
  })

  it('never fails, whatever it is given', async () => {
    server = await startPublished({})
    await expect(server.gateway.warm('query {')).resolves.toBeUndefined()
    await expect(server.gateway.warm('query Colour { colour }')).resolves.toBeUndefined()
  })
})
