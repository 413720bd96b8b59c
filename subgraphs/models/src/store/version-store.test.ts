import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Tx } from '@stormops/chassis/database/transaction'
import { newId } from '@stormops/chassis/values/ids'
import { artifactSha256 } from '../domain/artifact.ts'
import type { ModelVersion } from '../domain/model.ts'
import { anArm, aPair } from '../inspection/shipped-pair.fixture.ts'
import { runningModels } from '../running-models.fixture.ts'
import { versionStore } from './version-store.ts'

let models: Awaited<ReturnType<typeof runningModels>>
beforeAll(async () => {
  models = await runningModels()
})
afterAll(() => models.close())

const PAIR = aPair()

const aVersion = (traits: Partial<ModelVersion> = {}): ModelVersion => ({
  id: newId(),
  modelName: 'uplift',
  version: 'v1',
  kind: 'XGBOOST_UPLIFT_PAIR',
  state: 'REGISTERED',
  artifactSha256: artifactSha256(PAIR),
  features: ['hail_max_in', 'roof, "old" \\ {years}', 'ночь'],
  treeCount: 2,
  reference: { cutPoints: [-0.1, 0.1 + 0.2, 1 / 3, 0.4, 0.5, 0.6, 0.7, 0.8, 1e-300], n: 200 },
  registeredAt: new Date('2026-03-01T12:34:56.789Z'),
  ...traits,
})

const inTenant = <T>(tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
  models.database.withTenant(tenantId, work)

const kept = async (tenantId: string, traits: Partial<ModelVersion> = {}): Promise<ModelVersion> => {
  const version = aVersion(traits)
  expect(await inTenant(tenantId, (tx) => versionStore(tx).insert(version, PAIR))).toBe(true)
  return version
}

describe('a kept version', () => {
  it('comes back as it was, to the last bit and the last character', async () => {
    const tenantId = newId()
    const version = await kept(tenantId)
    const bare = await kept(tenantId, { version: 'v2', reference: null })
    const found = await inTenant(tenantId, (tx) => versionStore(tx).manyById([version.id, bare.id, newId()]))
    expect(found.toSorted((a, b) => (a.version < b.version ? -1 : 1))).toEqual([version, bare])
    expect(await inTenant(tenantId, (tx) => versionStore(tx).artifact(version.artifactSha256))).toEqual(PAIR)
  })

  it('is not kept twice under one name', async () => {
    const tenantId = newId()
    const version = await kept(tenantId)
    const other = { treatedJson: anArm({ trees: [{ leaf: 1 }] }), controlJson: anArm() }
    const again = aVersion({ artifactSha256: artifactSha256(other) })
    expect(await inTenant(tenantId, (tx) => versionStore(tx).insert(again, other))).toBe(false)
    expect(await inTenant(tenantId, (tx) => versionStore(tx).all())).toEqual([version])
  })

  it('is found neither by another company nor for it', async () => {
    const version = await kept(newId(), { state: 'CHAMPION' })
    const stranger = newId()
    await inTenant(stranger, async (tx) => {
      const store = versionStore(tx)
      expect(await store.maybeById(version.id)).toBeNull()
      expect(await store.all()).toEqual([])
      expect(await store.maybeChampion('uplift')).toBeNull()
      expect(await tx.rows('select * from models.artifact')).toEqual([])
    })
    await kept(stranger)
  })
})

describe('the database itself refuses', () => {
  const refusal = (tenantId: string, sql: string, parameters: readonly unknown[] = []): Promise<string> =>
    inTenant(tenantId, (tx) => tx.change(sql, parameters)).then(
      (changed) => `changed ${changed}`,
      (error: unknown) => String(error),
    )

  it('to change anything of a version but where it stands', async () => {
    const tenantId = newId()
    await kept(tenantId)
    for (const column of ['version', 'artifact_sha256', 'model_name', 'kind']) {
      expect(await refusal(tenantId, `update models.model_version set ${column} = ${column}`)).toMatch(
        /permission denied/,
      )
    }
    expect(await refusal(tenantId, `update models.artifact set treated_json = '{}'`)).toMatch(
      /permission denied/,
    )
    expect(await refusal(tenantId, 'delete from models.model_version')).toMatch(/permission denied/)
    expect(await refusal(tenantId, `update models.model_version set state = 'CHAMPION'`)).toBe('changed 1')
  })

  it('the same to those who own the tables', async () => {
    const tenantId = newId()
    const version = await kept(tenantId)
    const changes = [
      `update models.model_version set version = 'v9' where id = '${version.id}'`,
      `update models.model_version set state = 'CHAMPION', tree_count = 99 where id = '${version.id}'`,
      `delete from models.model_version where id = '${version.id}'`,
      `update models.artifact set treated_json = '{}' where tenant_id = '${tenantId}'`,
      `delete from models.artifact where tenant_id = '${tenantId}'`,
    ]
    for (const change of changes) {
      await expect(models.asOwner(tenantId, change)).rejects.toThrow('a registered model never changes')
    }
  })

  it('a second champion of one name', async () => {
    const tenantId = newId()
    await kept(tenantId, { state: 'CHAMPION' })
    await kept(tenantId, { modelName: 'hail', state: 'CHAMPION' })
    await kept(tenantId, { version: 'v2' })
    expect(
      await refusal(tenantId, `update models.model_version set state = 'CHAMPION' where version = 'v2'`),
    ).toMatch(/model_version_champion/)
  })

  it('a version for another company', async () => {
    const other = newId()
    const crossed = inTenant(newId(), (tx) =>
      versionStore({ ...tx, tenantId: other }).insert(aVersion(), PAIR),
    )
    await expect(crossed).rejects.toThrow(/row-level security/)
  })
})
