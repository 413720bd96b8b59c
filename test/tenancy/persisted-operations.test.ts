import { newId, publicId } from '@stormops/chassis/values/ids'
import { createKey } from './access-builders.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '@stormops/chassis/testing/until'
import { openWorld } from '../world/world.ts'
import type { TestTenant, World } from '../world/world.ts'
import { codeOf, get, given, idOf, keyIdOf, post, publish } from './operation-builders.ts'
import { PUBLISH, RETIRE } from './operation-builders.ts'

const WHO = 'query Who { viewer { actor { kind } tenant { name } } }'
const STORMS = 'query Storms($first: Int!) { storms(first: $first) { edges { node { id name } } } }'
const LIST = `query List($first: Int, $after: String, $all: Boolean) {
  persistedOperations(first: $first, after: $after, includeRetired: $all) {
    pageInfo { hasNextPage endCursor } edges { node { id documentId name document apiKeyId publishedBy retiredAt } }
  }
}`

let world: World
let tenant: TestTenant
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const aCompany = async (): Promise<TestTenant> => (tenant = await world.tenant())
const owner = () => tenant.as('OWNER')
const partner = (): string => tenant.as('PARTNER').token
const ask = (documentId: string, token = partner()) => post(world.url, token, { body: { documentId } })
const tryPublishing = async (input: object): Promise<any> =>
  (await owner().data(PUBLISH, { input })).publishOperations
const named = (name: string): string => `query ${name} { viewer { actor { id } } }`

describe('publishing operations', () => {
  it('lets a partner ask for them in three ways, and says what was published', async () => {
    await aCompany()
    const { published, unchanged, operations } = await publish(owner(), [WHO, STORMS])
    expect([published, unchanged]).toEqual([2, 0])
    expect(operations).toMatchObject([
      { name: 'Who', documentId: idOf(WHO), document: WHO, apiKeyId: null, publishedBy: 'usr_owner' },
      { name: 'Storms', documentId: idOf(STORMS), document: STORMS, retiredAt: null },
    ])
    const who = { viewer: { actor: { kind: 'API_KEY' }, tenant: { name: tenant.name } } }
    expect((await ask(idOf(WHO))).body.data).toEqual(who)
    const extensions = { persistedQuery: { version: 1, sha256Hash: idOf(WHO).slice('sha256:'.length) } }
    expect((await post(world.url, partner(), { body: { extensions } })).body.data).toEqual(who)
    const got = await get(world.url, partner(), { path: `/${idOf(WHO)}` })
    expect(got.body.data).toEqual(who)
    const again = await get(world.url, partner(), {
      path: `/${idOf(WHO)}`,
      headers: { 'if-none-match': got.headers.get('etag') ?? '' },
    })
    expect(again.status).toBe(304)
  })

  it('again changes nothing', async () => {
    await aCompany()
    const first = await publish(owner(), [WHO])
    const second = await publish(owner(), [STORMS, WHO])
    expect([second.published, second.unchanged]).toEqual([1, 1])
    expect(second.operations[1]).toEqual(first.operations[0])
  })

  it('is done once for the same key, and refused for another request with it', async () => {
    await aCompany()
    const send = (documents: readonly string[]) =>
      owner().data(PUBLISH, { input: { operations: given(documents) }, key: 'release-1' })
    const first = await send([WHO])
    expect(first.publishOperations.published).toBe(1)
    expect(await send([WHO])).toEqual(first)
    expect((await send([STORMS])).publishOperations.__typename).toBe('IdempotencyKeyReused')
  })

  it('is all or nothing, and names everything that is wrong', async () => {
    await aCompany()
    const broken = [
      { id: idOf(WHO), document: `${WHO} ` },
      { id: 'Who', document: WHO },
      ...given([
        '{ viewer { actor { id } } }',
        'query Colour { colour }',
        'query Shape { __schema { types { name } } }',
        `query Two { viewer { actor { id } } } query Three { viewer { actor { id } } }`,
        STORMS,
        STORMS,
        `query Long { viewer { actor { id } } } # ${'x'.repeat(70_000)}`,
      ]),
    ]
    const refused = await tryPublishing({ operations: [...given([WHO]), ...broken] })
    expect(refused.__typename).toBe('OperationsRefused')
    expect(refused.message).toBe('8 operations cannot be published, so none was.')
    expect(refused.rejections.map(({ index, reason }: any) => [index, reason])).toEqual([
      [1, expect.stringContaining('not the document’s own')],
      [2, expect.stringContaining('64 hex digits')],
      [3, expect.stringContaining('needs a name')],
      [4, expect.stringContaining('Cannot query field "colour"')],
      [5, expect.stringContaining('__schema')],
      [6, expect.stringContaining('holds 2')],
      [8, expect.stringContaining('twice')],
      [9, expect.stringContaining('bytes')],
    ])
    expect((await owner().data(LIST)).persistedOperations.edges).toEqual([])
    expect(codeOf(await ask(idOf(WHO)))).toBe('PERSISTED_QUERY_NOT_FOUND')
  })

  it.each([
    ['none', []],
    ['501', Array.from({ length: 501 }, (_, place) => named(`Q${place}`))],
  ])('takes 1 to 500 at once, not %s', async (_count, documents) => {
    await aCompany()
    expect(await tryPublishing({ operations: given(documents) })).toMatchObject({
      __typename: 'InvalidInput',
      field: 'operations',
    })
  })

  it('takes 500 at once', async () => {
    await aCompany()
    const documents = Array.from({ length: 500 }, (_, place) => named(`Q${place}`))
    expect((await publish(owner(), documents)).published).toBe(500)
  })

  it('takes as many as 5,000 operations of a company, and counts the retired ones out', async () => {
    await aCompany()
    const { operations } = await publish(owner(), [WHO])
    const database = await world.database.open()
    await database.withTenant(tenant.uuid, (tx) =>
      tx.change(
        `insert into tenancy.persisted_operation
           (tenant_id, id, document_id, name, document, published_at, published_by)
         select $1, uuidv7(), encode(sha256(convert_to(text, 'UTF8')), 'hex'), 'Q', text, now(), 'usr_owner'
         from (select format('query Q%s { viewer { actor { id } } }', n) as text from generate_series(1, 4999) n) t`,
        [tx.tenantId],
      ),
    )
    expect(await tryPublishing({ operations: given([WHO, STORMS]) })).toMatchObject({
      __typename: 'InvalidInput',
      message: expect.stringContaining('5,000'),
    })
    expect((await publish(owner(), [WHO])).unchanged).toBe(1)
    await owner().data(RETIRE, { input: { operationId: operations[0].id } })
    expect((await publish(owner(), [STORMS])).published).toBe(1)
  })

  it('leaves a line in the audit', async () => {
    await aCompany()
    const { operations } = await publish(owner(), [WHO])
    await owner().data(RETIRE, { input: { operationId: operations[0].id } })
    const { auditEvents } = await owner().data(
      `{ auditEvents(first: 2) { edges { node { action actor { id } } } } }`,
    )
    expect(auditEvents.edges.map(({ node }: any) => [node.action, node.actor.id])).toEqual([
      ['tenancy.retireOperation', 'usr_owner'],
      ['tenancy.publishOperations', 'usr_owner'],
    ])
  })

  it('is for those who manage the company', async () => {
    await aCompany()
    const { operations } = await publish(owner(), [WHO])
    for (const role of ['ANALYST', 'CREW', 'BILLING', 'VIEWER'] as const) {
      const client = tenant.as(role)
      const answers = await Promise.all([
        client.send(PUBLISH, { input: { operations: given([STORMS]) } }),
        client.send(RETIRE, { input: { operationId: operations[0].id } }),
        client.send(LIST),
      ])
      expect(answers.map(({ errors }) => errors[0]?.extensions.code)).toEqual(Array(3).fill('FORBIDDEN'))
    }
    expect((await tenant.as('ADMIN').data(LIST)).persistedOperations.edges.length).toBe(1)
  })
})

describe('a published operation', () => {
  it('is another company’s no more than one that nobody published', async () => {
    const us = await aCompany()
    await publish(owner(), [WHO])
    const them = await world.tenant()
    const theirs = them.as('PARTNER').token
    const [ours, unknown] = [await ask(idOf(WHO), theirs), await ask(idOf(STORMS), theirs)]
    const told = ({ status, body }: typeof ours) => [status, body.errors[0].message]
    expect(told(ours)).toEqual(told(unknown))
    expect(codeOf(ours)).toBe('PERSISTED_QUERY_NOT_FOUND')
    await publish(them.as('OWNER'), [WHO])
    await until(async () => (await ask(idOf(WHO), theirs)).body.data?.viewer.tenant.name === them.name)
    expect((await ask(idOf(WHO), us.as('PARTNER').token)).body.data.viewer.tenant.name).toBe(us.name)
  })

  it('may be for one key alone', async () => {
    await aCompany()
    const [key, otherKey] = [await createKey(owner()), await createKey(owner())]
    const { operations } = await publish(owner(), [WHO], key.id)
    expect(operations[0].apiKeyId).toBe(key.id)
    expect((await ask(idOf(WHO), key.secret)).status).toBe(200)
    expect(codeOf(await ask(idOf(WHO), otherKey.secret))).toBe('PERSISTED_QUERY_NOT_FOUND')
    expect((await ask(idOf(WHO), tenant.as('VIEWER').token)).status).toBe(200)
  })

  it('for one key may ask what that key may, and not what another could', async () => {
    await aCompany()
    const key = await createKey(owner(), { scopes: ['tenant:read'] })
    const STORMS = 'query Storms { storms(first: 1) { edges { node { id } } } }'
    const refused = await tryPublishing({ operations: given([STORMS]), apiKeyId: key.id })
    expect(refused.__typename).toBe('OperationsRefused')
    expect(refused.rejections[0].reason).toContain('storms:read')
    expect((await tryPublishing({ operations: given([STORMS]) })).__typename).toBe('PublishOperationsSuccess')
  })

  it('is for no key that cannot be, or is not there', async () => {
    await aCompany()
    for (const apiKeyId of ['everybody', publicId('storm', newId()), keyIdOf(newId())]) {
      expect(await tryPublishing({ operations: given([WHO]), apiKeyId })).toMatchObject({
        __typename: 'NotFound',
      })
    }
  })

  it('ends within five seconds of being retired, and comes back when it is published again', async () => {
    await aCompany()
    const { operations } = await publish(owner(), [WHO])
    expect((await ask(idOf(WHO))).status).toBe(200)
    const { retireOperation } = await owner().data(RETIRE, { input: { operationId: operations[0].id } })
    expect(retireOperation.operation).toEqual({ id: operations[0].id, retiredAt: expect.any(String) })
    await until(async () => codeOf(await ask(idOf(WHO))) === 'PERSISTED_QUERY_NOT_FOUND')
    const again = await owner().data(RETIRE, { input: { operationId: operations[0].id } })
    expect(again.retireOperation.operation).toEqual(retireOperation.operation)
    const back = await publish(owner(), [WHO])
    expect([back.published, back.operations[0].id]).toEqual([1, operations[0].id])
    await until(async () => (await ask(idOf(WHO))).status === 200)
  })

  it('is not retired by an id that names nothing', async () => {
    await aCompany()
    for (const operationId of ['everything', publicId('op', newId())]) {
      const { retireOperation } = await owner().data(RETIRE, { input: { operationId } })
      expect(retireOperation.__typename).toBe('NotFound')
    }
  })

  it('is listed newest first, page by page, the retired ones when they are asked for', async () => {
    await aCompany()
    for (const name of ['A', 'B', 'C']) await publish(owner(), [named(name)])
    const namesOf = ({ persistedOperations }: any) =>
      persistedOperations.edges.map(({ node }: any) => node.name)
    const first = await owner().data(LIST, { first: 2 })
    expect(namesOf(first)).toEqual(['C', 'B'])
    const after = first.persistedOperations.pageInfo.endCursor
    expect(namesOf(await owner().data(LIST, { first: 2, after }))).toEqual(['A'])
    const operationId = first.persistedOperations.edges[1].node.id
    await owner().data(RETIRE, { input: { operationId } })
    expect(namesOf(await owner().data(LIST))).toEqual(['C', 'A'])
    expect(namesOf(await owner().data(LIST, { all: true }))).toEqual(['C', 'B', 'A'])
  })
})

describe('the registry itself', () => {
  it('holds no document under another’s hash', async () => {
    await aCompany()
    const database = await world.database.open()
    const code = await database
      .withTenant(tenant.uuid, (tx) =>
        tx.change(
          `insert into tenancy.persisted_operation
             (tenant_id, id, document_id, name, document, published_at, published_by)
           values ($1, $2, repeat('0', 64), 'Who', $3, now(), 'usr_owner')`,
          [tx.tenantId, newId(), WHO],
        ),
      )
      .catch((error: unknown) => (error instanceof Error && 'code' in error ? error.code : error))
    expect(code).toBe(CHECK_VIOLATION)
  })
})

const CHECK_VIOLATION = '23514'
