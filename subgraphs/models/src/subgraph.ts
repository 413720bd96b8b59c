/** Everything models is made of, from the database up to its graph and its port. */
import { openTenantDatabase } from '@stormops/chassis/cells/routed-database'
import { buildSubgraph } from '@stormops/chassis/graphql/build-subgraph'
import { sessionContext } from '@stormops/chassis/graphql/session'
import type { Service, ServiceOptions } from '@stormops/chassis/service'
import { requireStanding, writeAudit } from '@stormops/tenancy/port'
import type { ModelsContext, ModelsStores } from './context.ts'
import { modelsOf } from './domain/model.ts'
import type { Resolvers } from './generated/resolvers.ts'
import { inspectionDesk } from './inspection/inspection-desk.ts'
import { inspectInWorker } from './inspection/inspection-worker.ts'
import { installReferenceModelsHandler } from './jobs/install-reference-models.ts'
import type { ModelsPort } from './port.ts'
import { readReferenceModels } from './reference/reference-models.ts'
import type { ReferenceModel } from './reference/reference-models.ts'
import { modelVersionResolvers } from './resolvers/model-version.ts'
import { mutationResolvers } from './resolvers/mutation.ts'
import { queryResolvers } from './resolvers/query.ts'
import { modelsPort } from './scoring/models-port.ts'
import { ArtifactEntity, ModelVersionEntity } from './store/entities.ts'
import { versionStore } from './store/version-store.ts'

export { migrations } from './migrations.ts'

const resolvers: Resolvers = {
  Query: queryResolvers,
  Mutation: mutationResolvers,
  ModelVersion: modelVersionResolvers,
}

export type ModelsService = Service & { readonly port: ModelsPort }

export const openModels = async (options: ServiceOptions): Promise<ModelsService> => {
  const { clock, newId } = options
  const database = await openTenantDatabase({
    name: 'models',
    connection: options.connection,
    cells: options.cells,
    entities: [ArtifactEntity, ModelVersionEntity],
    poolSize: options.poolSize,
    telemetry: options.telemetry,
  })
  const dependencies = {
    database,
    queue: options.queue,
    clock,
    newId,
    writeAudit,
    requireStanding,
    log: options.log,
    stores: (tx): ModelsStores => ({ versions: versionStore(tx) }),
  } satisfies Parameters<typeof sessionContext<ModelsStores>>[0]
  const inspect = inspectionDesk((texts) => inspectInWorker(texts))

  const subgraph = buildSubgraph({
    name: 'models',
    sdl: options.sdl,
    resolvers,
    unseal: options.unseal,
    session: (fetch) => {
      const session = sessionContext(dependencies, fetch)
      const context: ModelsContext = {
        ...session,
        inspect,
        versionById: session.reading.loaderById((tx, ids) => versionStore(tx).manyById(ids)),
        modelByName: session.reading.loaderByKey(async (tx, names) => {
          const models = modelsOf(await versionStore(tx).ofModels(names))
          return new Map(models.map((model) => [model.name, model]))
        }),
      }
      return { context, close: session.reading.close }
    },
  })
  const jobs = [
    installReferenceModelsHandler({
      clock,
      newId,
      writeAudit,
      versions: versionStore,
      referenceModels: once(readReferenceModels),
    }),
  ]
  return {
    subgraph,
    database,
    jobs,
    port: modelsPort({ database, versions: versionStore }),
    close: database.close,
  }
}

/** The files of the product are the same for every tenant, and read when the first one asks. */
const once = (read: () => readonly ReferenceModel[]): (() => readonly ReferenceModel[]) => {
  let models: readonly ReferenceModel[] | null = null
  return () => (models ??= read())
}
