import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '@stormops/chassis/permission'
import { newId } from '@stormops/chassis/values/ids'
import { artifactSha256 } from '../domain/artifact.ts'
import type { UpliftPairTexts } from '../domain/artifact.ts'
import { leaf } from '../inference/an-artifact.ts'
import { anArm, aPair, shippedPair } from '../inspection/shipped-pair.fixture.ts'
import { runningModels } from '../running-models.fixture.ts'
import type { Answer } from '../running-models.fixture.ts'

let models: Awaited<ReturnType<typeof runningModels>>
beforeAll(async () => {
  models = await runningModels()
})
afterAll(() => models.close())

const REGISTER = `mutation Register($input: RegisterModelInput!, $key: String) {
  registerModel(input: $input, idempotencyKey: $key) {
    __typename
    ... on RegisterModelSuccess {
      modelVersion { id modelName version kind state artifactSha256 features treeCount registeredAt }
    }
    ... on UserError { message }
    ... on ArtifactRefused { code path }
    ... on InvalidInput { field }
  }
}`

type Registration = {
  readonly tenantId?: string
  readonly role?: Role
  readonly name?: string
  readonly version?: string
  readonly artifact?: UpliftPairTexts
  readonly key?: string
}

const register = ({
  tenantId = newId(),
  role = 'ADMIN',
  name = 'uplift',
  version = 'v3',
  artifact = aPair(),
  key,
}: Registration = {}): Promise<Answer> =>
  models.ask(tenantId, role, REGISTER, {
    input: { name, version, type: 'XGBOOST_UPLIFT_PAIR', artifact },
    key: key ?? null,
  })

const versionsOf = async (tenantId: string): Promise<unknown> =>
  (await models.ask(tenantId, 'ADMIN', '{ models { name versions { id version state } } }')).data['models']

describe('registering a model', () => {
  it('keeps the version with what its artifact says, and it answers nothing yet', async () => {
    const tenantId = newId()
    const { data, codes } = await register({ tenantId, artifact: shippedPair('v1') })
    expect(codes).toEqual([])
    expect(data['registerModel']).toEqual({
      __typename: 'RegisterModelSuccess',
      modelVersion: {
        id: expect.stringMatching(/^mdl_[0-9a-f]{32}$/),
        modelName: 'uplift',
        version: 'v3',
        kind: 'XGBOOST_UPLIFT_PAIR',
        state: 'REGISTERED',
        artifactSha256: artifactSha256(shippedPair('v1')),
        features: expect.arrayContaining(['hail_max_in', 'roof_age_years']),
        treeCount: expect.any(Number),
        registeredAt: expect.any(Date),
      },
    })
    expect(await models.port.activeUpliftModel(tenantId)).toBeNull()
  })

  it('leaves a line in the audit, which names the artifact and does not carry it', async () => {
    const tenantId = newId()
    await register({ tenantId })
    const lines = await models.database.withTenant(tenantId, (tx) =>
      tx.rows('select actor_id, action, subject_kind, detail from tenancy.audit_event'),
    )
    expect(lines).toEqual([
      {
        actor_id: 'user-1',
        action: 'models.registerModel',
        subject_kind: 'model-version',
        detail: { modelName: 'uplift', version: 'v3', artifactSha256: artifactSha256(aPair()) },
      },
    ])
  })

  it('can be scored with at once, by its own company', async () => {
    const tenantId = newId()
    await register({
      tenantId,
      artifact: aPair({ treatedJson: anArm({ trees: [leaf(2)] }), controlJson: anArm({ trees: [leaf(0)] }) }),
    })
    const [version] = await models.database.withTenant(tenantId, (tx) =>
      tx.rows<{ id: string }>('select id from models.model_version'),
    )
    const result = await models.port.scoreUplift({
      tenantId,
      versionId: version?.id ?? '',
      names: ['roof_age_years', 'hail_max_in'],
      columns: [Float32Array.of(1), Float32Array.of(2)],
      rowCount: 1,
    })
    // The logistic of 2 less the logistic of 0.
    expect(result.kind === 'scored' && result.scores[0]).toBeCloseTo(1 / (1 + Math.exp(-2)) - 0.5, 6)
  })

  it('is done once for one key, and refused for the key with another artifact', async () => {
    const tenantId = newId()
    const first = await register({ tenantId, key: 'k1' })
    const again = await register({ tenantId, key: 'k1' })
    expect(again).toEqual(first)
    const other = await register({
      tenantId,
      key: 'k1',
      artifact: aPair({ controlJson: anArm({ trees: [leaf(1)] }) }),
    })
    expect(other.data['registerModel']).toMatchObject({ __typename: 'IdempotencyKeyReused' })
    expect(await versionsOf(tenantId)).toHaveLength(1)
  })

  it.each(['ANALYST', 'VIEWER', 'CREW', 'BILLING', 'PARTNER'] as const)('is not for a %s', async (role) => {
    const tenantId = newId()
    const { data, codes } = await register({
      tenantId,
      role,
      artifact: aPair({ treatedJson: 'not even read' }),
    })
    expect(codes).toEqual(['FORBIDDEN'])
    expect(data).toEqual({})
    expect(await versionsOf(tenantId)).toEqual([])
  })
})

describe('a version is not registered', () => {
  it('when the model has one of this name, whatever its artifact', async () => {
    const tenantId = newId()
    await register({ tenantId })
    const { data } = await register({ tenantId, artifact: shippedPair('v1') })
    expect(data['registerModel']).toEqual({
      __typename: 'ModelVersionExists',
      message: 'The model uplift has a version v3, and versions never change. Give the new one another name.',
    })
    const artifacts = await models.database.withTenant(tenantId, (tx) =>
      tx.rows('select sha256 from models.artifact'),
    )
    expect(artifacts).toHaveLength(1)
  })

  it.each([
    ['name', { name: 'Up Lift' }],
    ['version', { version: '' }],
  ])('when its %s cannot be used', async (field, change) => {
    const { data } = await register(change)
    expect(data['registerModel']).toMatchObject({ __typename: 'InvalidInput', field })
  })

  it.each([
    ['NOT_JSON', 'treated', aPair({ treatedJson: '\u0000' })],
    ['NOT_JSON', 'control', aPair({ controlJson: '{"learner":' })],
    ['NON_FINITE', 'control.character 1', aPair({ controlJson: '[NaN]' })],
    ['TOO_LARGE', 'control', aPair({ controlJson: '['.repeat(100_000) })],
    ['NOT_XGBOOST', 'treated', aPair({ treatedJson: '{"__proto__":{"learner":{}}}' })],
    [
      'UNSUPPORTED_OBJECTIVE',
      'control.learner.objective.name',
      aPair({ controlJson: anArm({ objective: 'constructor' }) }),
    ],
    [
      'FEATURES_DIFFER',
      'control.learner.feature_names',
      aPair({ controlJson: anArm({ featureNames: ['x', 'y'] }) }),
    ],
  ])('when the artifact is refused: %s at %s', async (code, path, artifact) => {
    const tenantId = newId()
    const { data, codes } = await register({ tenantId, artifact })
    expect(codes).toEqual([])
    expect(data['registerModel']).toMatchObject({ __typename: 'ArtifactRefused', code, path })
    expect(await versionsOf(tenantId)).toEqual([])
  })
})
