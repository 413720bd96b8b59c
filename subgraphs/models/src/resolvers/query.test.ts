import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '@stormops/chassis/values/ids'
import { modelVersionIds } from '../context.ts'
import { runningModels } from '../running-models.fixture.ts'

let models: Awaited<ReturnType<typeof runningModels>>
let tenantId: string
let champion: string
beforeAll(async () => {
  models = await runningModels()
  tenantId = await models.tenant()
  champion = modelVersionIds.encode((await models.port.activeUpliftModel(tenantId))?.versionId ?? '')
})
afterAll(() => models.close())

const EVERYTHING = `query ($id: ID!) {
  models { name }
  model(name: "uplift") { name versions { id version } }
  modelVersion(id: $id) { id version }
  activeModel(name: "uplift", environment: PRODUCTION) { id version }
}`

const ENTITY = `query ($id: ID!) {
  _entities(representations: [
    { __typename: "ModelVersion", id: $id }
    { __typename: "ModelVersion", id: "mdl_00000000000070008000000000000000" }
    { __typename: "ModelVersion", id: "storm_1" }
  ]) { ... on ModelVersion { id version } }
}`

describe('a company', () => {
  it('sees its models, their versions and the one that answers', async () => {
    const { data, codes } = await models.ask(tenantId, 'VIEWER', EVERYTHING, { id: champion })
    expect(codes).toEqual([])
    expect(data).toEqual({
      models: [{ name: 'uplift' }],
      model: {
        name: 'uplift',
        versions: [
          { id: expect.not.stringMatching(champion), version: 'v2' },
          { id: champion, version: 'v1' },
        ],
      },
      modelVersion: { id: champion, version: 'v1' },
      activeModel: { id: champion, version: 'v1' },
    })
  })

  it('sees nothing of another', async () => {
    const nothing = { models: [], model: null, modelVersion: null, activeModel: null }
    const { data, codes } = await models.ask(newId(), 'OWNER', EVERYTHING, { id: champion })
    expect({ data, codes }).toEqual({ data: nothing, codes: [] })
    expect((await models.ask(newId(), 'OWNER', ENTITY, { id: champion })).data['_entities']).toEqual([
      null,
      null,
      null,
    ])
  })

  it('finds no version under the id of something else', async () => {
    const { data } = await models.ask(tenantId, 'OWNER', EVERYTHING, {
      id: champion.replace('mdl_', 'storm_'),
    })
    expect(data['modelVersion']).toBeNull()
    expect(data['model']).not.toBeNull()
  })

  it('lets only those see models who may', async () => {
    const { data, codes } = await models.ask(tenantId, 'CREW', EVERYTHING, { id: champion })
    expect(codes).toEqual(['FORBIDDEN'])
    expect(data).toEqual({})
  })
})

describe('another subgraph that names a version', () => {
  it('gets it, and null for what is not there', async () => {
    const { data, codes } = await models.ask(tenantId, 'ANALYST', ENTITY, { id: champion })
    expect(codes).toEqual([])
    expect(data['_entities']).toEqual([{ id: champion, version: 'v1' }, null, null])
  })

  it('gets nothing for somebody who may not see models', async () => {
    const { data, codes } = await models.ask(tenantId, 'CREW', ENTITY, { id: champion })
    expect(codes).toEqual(['FORBIDDEN'])
    expect(data).toEqual({})
  })
})
