/** Scores over HTTP are those of a call of a function, to the last bit, and are given to whoever may ask alone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '@stormops/chassis/clock'
import {
  contextSigner,
  contextVerifier,
  portAudience,
  subgraphAudience,
  subgraphIssuer,
} from '@stormops/chassis/graphql/signed-seal'
import type { FetchContext } from '@stormops/chassis/graphql/subgraph'
import { BINARY_TYPE } from '@stormops/chassis/http/binary-message'
import { privateClient } from '@stormops/chassis/http/private-client'
import type { PrivateClient } from '@stormops/chassis/http/private-client'
import { createPrivateServer } from '@stormops/chassis/http/private-server'
import type { PrivateServer } from '@stormops/chassis/http/private-server'
import { systemActor, temporaryKeys } from '@stormops/chassis/identity'
import type { SigningKeys } from '@stormops/chassis/identity'
import { createLog } from '@stormops/chassis/telemetry/log'
import { newId } from '@stormops/chassis/values/ids'
import { referenceCases } from '../inference/reference-cases.ts'
import type { ModelsPort, ScoringBatch } from '../port.ts'
import { runningModels } from '../running-models.fixture.ts'
import { SCORE_PATH, writtenBatch } from './port-messages.ts'
import { modelsPortRoutes } from './port-routes.ts'
import { remoteModelsPort } from './remote-models-port.ts'

let models: Awaited<ReturnType<typeof runningModels>>
let keys: SigningKeys
let server: PrivateServer
let client: PrivateClient
let far: ModelsPort
let url = ''
let tenantId: string
let versionId: string

beforeAll(async () => {
  models = await runningModels()
  keys = await temporaryKeys()
  tenantId = await models.tenant()
  versionId = (await models.port.activeUpliftModel(tenantId))?.versionId ?? ''
  const verify = contextVerifier({
    keys,
    clock: systemClock,
    audience: portAudience('models'),
    issuers: [subgraphIssuer('storms')],
  })
  server = createPrivateServer({
    routes: modelsPortRoutes(models.port, verify),
    readiness: async () => ({ ready: true, checks: {} }),
    log: createLog('silent'),
  })
  url = (await server.listen('127.0.0.1', 0)).url
  client = privateClient(url)
  far = remoteModelsPort({ client, sign: signer(), asker: 'storms', clock: systemClock, newId })
})
afterAll(async () => {
  client.close()
  await server.close()
  await models.close()
})

const signer = (issuer = subgraphIssuer('storms')) => contextSigner(keys, systemClock, newId, issuer)

/** The reference cases over and over, some of whose values are unknown. */
const batchOf = (rowCount: number): ScoringBatch => {
  const cases = referenceCases('v1')
  const columns = cases.columns.map((column, feature) =>
    Float32Array.from({ length: rowCount }, (_value, row) =>
      (row + feature) % 97 === 0 ? Number.NaN : (column[row % cases.rowCount] ?? Number.NaN),
    ),
  )
  return { tenantId, versionId, names: cases.features, columns, rowCount }
}

describe('models that are far', () => {
  it('name the version that answers, or none', async () => {
    expect(await far.activeUpliftModel(tenantId)).toEqual(await models.port.activeUpliftModel(tenantId))
    expect(await far.activeUpliftModel(newId())).toBeNull()
  })

  it.each([0, 1, 1_000, 120_001])('score %d rows as near ones do, to the last bit', async (rowCount) => {
    const [near, over] = [
      await models.port.scoreUplift(batchOf(rowCount)),
      await far.scoreUplift(batchOf(rowCount)),
    ]
    if (near.kind !== 'scored' || over.kind !== 'scored') throw new Error(`${near.kind} ${over.kind}`)
    expect(over.scores).toHaveLength(rowCount)
    expect(Buffer.compare(bytesOf(near.scores), bytesOf(over.scores))).toBe(0)
  })

  it('say what a batch lacks, and do not know another company’s version', async () => {
    const { names, columns, ...rest } = batchOf(10)
    const without = { ...rest, names: names.slice(1), columns: columns.slice(1) }
    expect(await far.scoreUplift(without)).toEqual({ kind: 'missing-features', names: [names[0]] })
    expect(await far.scoreUplift({ ...batchOf(10), tenantId: newId() })).toEqual({ kind: 'unknown-version' })
  })

  it('that are away are unavailable', async () => {
    const nobody = privateClient('http://127.0.0.1:1')
    const port = remoteModelsPort({
      client: nobody,
      sign: signer(),
      asker: 'storms',
      clock: systemClock,
      newId,
    })
    await expect(port.activeUpliftModel(tenantId)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    nobody.close()
  })
})

const bytesOf = (scores: Float64Array | Float32Array): Buffer =>
  Buffer.from(scores.buffer, scores.byteOffset, scores.byteLength)

describe('the port', () => {
  const context = (actor: FetchContext['actor']): FetchContext => ({
    actor,
    requestId: newId(),
    deadline: Date.now() + 5_000,
    refreshToken: null,
    rateLimit: null,
    tier: null,
    userAgent: null,
  })
  const statusOf = async (token: string, body: Uint8Array): Promise<number> =>
    (
      await client.post({
        path: SCORE_PATH,
        mediaType: BINARY_TYPE,
        body,
        token: () => token,
        milliseconds: 5_000,
        isRepeatable: false,
        mostBytes: 100_000,
      })
    ).status

  it('answers storms alone, for one company and with its own proof', async () => {
    const body = writtenBatch(batchOf(10))
    const ours = context(systemActor(tenantId, 'storms'))
    const audience = portAudience('models')
    expect(await statusOf(signer()(audience, ours, body), body)).toBe(200)
    expect(await statusOf(signer('stormops-gateway')(audience, ours, body), body)).toBe(401)
    expect(await statusOf(signer(subgraphIssuer('billing'))(audience, ours, body), body)).toBe(401)
    expect(await statusOf(signer()(subgraphAudience('models'), ours, body), body)).toBe(401)
    expect(await statusOf(signer()(audience, ours, writtenBatch(batchOf(9))), body)).toBe(401)
    expect(await statusOf(signer()(audience, context(null), body), body)).toBe(401)
  })

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a head that never ends', Buffer.from([255, 255, 255, 255, 0, 0, 0, 0])],
    ['a head that is no JSON', Buffer.from([2, 0, 0, 0, 120, 121, 0, 0])],
    ['a head of something else', Buffer.from([2, 0, 0, 0, 123, 125, 0, 0])],
    ['fewer values than rows', writtenBatch(batchOf(10)).subarray(0, -4)],
    ['more values than rows', Buffer.concat([writtenBatch(batchOf(10)), Buffer.alloc(4)])],
  ])('refuses %s', async (_name, body) => {
    const ours = context(systemActor(tenantId, 'storms'))
    expect(await statusOf(signer()(portAudience('models'), ours, body), body)).toBe(400)
  })
})
