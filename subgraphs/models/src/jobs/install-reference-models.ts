/** A company that was just provisioned can score its first storm: it gets the uplift pairs of the house. */
import type { Clock } from '@stormops/chassis/clock'
import type { WriteAudit } from '@stormops/chassis/command'
import type { Tx } from '@stormops/chassis/database/transaction'
import { defineJob } from '@stormops/chassis/jobs/define-job'
import { handleEvent } from '@stormops/chassis/jobs/worker'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import type { NewId } from '@stormops/chassis/values/ids'
import { tenantProvisioned } from '@stormops/tenancy/port'
import { UPLIFT_MODEL } from '../domain/model.ts'
import type { ReferenceModel } from '../reference/reference-models.ts'
import type { VersionStore } from '../store/version-store.ts'

export const installReferenceModels = defineJob({
  name: 'models.install-reference-models',
  payload: tenantProvisioned.payload,
})

export type InstallReferenceModelsDependencies = {
  readonly clock: Clock
  readonly newId: NewId
  readonly writeAudit: WriteAudit
  readonly versions: (tx: Tx) => VersionStore
  readonly referenceModels: () => readonly ReferenceModel[]
}

/** May run twice for one event: versions that are there stay as they are, and so does the champion. */
export const installReferenceModelsHandler = ({
  clock,
  newId,
  writeAudit,
  versions,
  referenceModels,
}: InstallReferenceModelsDependencies): JobHandler =>
  handleEvent(tenantProvisioned, installReferenceModels, ({ finish, actor, jobId, log }) =>
    finish(async (tx) => {
      const store = versions(tx)
      const hasChampion = (await store.maybeChampion(UPLIFT_MODEL)) !== null
      for (const { version: shipped, artifact } of referenceModels()) {
        const version = {
          ...shipped,
          id: newId(),
          state: hasChampion ? ('REGISTERED' as const) : shipped.state,
          registeredAt: clock.now(),
        }
        if (!(await store.insert(version, artifact))) continue
        await writeAudit(tx, {
          actor,
          action: installReferenceModels.name,
          subjectKind: 'model-version',
          subjectId: version.id,
          detail: {
            modelName: version.modelName,
            version: version.version,
            artifactSha256: version.artifactSha256,
          },
          requestId: jobId,
        })
        log.info({ version: version.version, state: version.state }, 'reference model registered')
      }
    }),
  )
