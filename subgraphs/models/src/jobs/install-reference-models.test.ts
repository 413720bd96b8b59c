import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { declareQueues, startWorking } from '@stormops/chassis/jobs/worker'
import { newId } from '@stormops/chassis/values/ids'
import { tenantProvisioned } from '@stormops/tenancy/port'
import { artifactSha256 } from '../domain/artifact.ts'
import { UPLIFT_MODEL } from '../domain/model.ts'
import { aPair } from '../inspection/shipped-pair.fixture.ts'
import { install, runningModels } from '../running-models.fixture.ts'
import { versionStore } from '../store/version-store.ts'

let models: Awaited<ReturnType<typeof runningModels>>
beforeAll(async () => {
  models = await runningModels()
})
afterAll(() => models.close())

const standing = async (tenantId: string): Promise<readonly string[]> => {
  const versions = await models.database.withTenant(tenantId, (tx) => versionStore(tx).all())
  return versions.map(({ version, state }) => `${version} ${state}`).toSorted()
}

describe('a company that was just provisioned', () => {
  it('gets both uplift models, and the first of them answers', async () => {
    const tenantId = await models.tenant()
    expect(await standing(tenantId)).toEqual(['v1 CHAMPION', 'v2 REGISTERED'])
  })

  it('gets them once, however often the event arrives, also at the same time', async () => {
    const tenantId = newId()
    await Promise.all([install(models, tenantId), install(models, tenantId)])
    await install(models, tenantId)
    expect(await standing(tenantId)).toEqual(['v1 CHAMPION', 'v2 REGISTERED'])
  })

  it('keeps the champion that it made itself', async () => {
    const tenantId = await models.tenant()
    await models.database.withTenant(tenantId, async (tx) => {
      await tx.change(`update models.model_version set state = 'REGISTERED' where version = 'v1'`)
      await tx.change(`update models.model_version set state = 'CHAMPION' where version = 'v2'`)
    })
    await install(models, tenantId)
    expect(await standing(tenantId)).toEqual(['v1 REGISTERED', 'v2 CHAMPION'])
  })

  it('keeps the champion of its own that came before the job', async () => {
    const tenantId = newId()
    const artifact = aPair()
    await models.database.withTenant(tenantId, (tx) =>
      versionStore(tx).insert(
        {
          id: newId(),
          modelName: UPLIFT_MODEL,
          version: 'ours',
          kind: 'XGBOOST_UPLIFT_PAIR',
          state: 'CHAMPION',
          artifactSha256: artifactSha256(artifact),
          features: ['hail_max_in', 'roof_age_years'],
          treeCount: 2,
          reference: null,
          registeredAt: new Date(),
        },
        artifact,
      ),
    )
    await install(models, tenantId)
    expect(await standing(tenantId)).toEqual(['ours CHAMPION', 'v1 REGISTERED', 'v2 REGISTERED'])
  })

  it('finds a line for each model in its audit', async () => {
    const tenantId = newId()
    await install(models, tenantId)
    await install(models, tenantId)
    const lines = await models.database.withTenant(tenantId, (tx) =>
      tx.rows(`select actor_kind, action, subject_kind, detail ->> 'version' as version
               from tenancy.audit_event order by version`),
    )
    const line = {
      actor_kind: 'SYSTEM',
      action: 'models.install-reference-models',
      subject_kind: 'model-version',
    }
    expect(lines).toEqual([
      { ...line, version: 'v1' },
      { ...line, version: 'v2' },
    ])
  })

  it('has them soon after the event is published', async () => {
    const tenantId = newId()
    await declareQueues(models.boss, models.jobs)
    const working = await startWorking({
      boss: models.boss,
      connection: models.connection,
      journal: models.database,
      services: [models],
      log: models.log,
    })
    await models.database.withTenant(tenantId, (tx) =>
      models.queue.publish(tx, tenantProvisioned, { tenantId, tier: 'TRIAL', cell: null }),
    )
    await expect.poll(() => standing(tenantId)).toHaveLength(2)
    await working.stop(5_000)
  })
})
