import type { SessionContext } from '@stormops/chassis/graphql/session'
import { idCodec } from '@stormops/chassis/values/ids'
import type DataLoader from 'dataloader'
import type { InspectArtifact } from './domain/artifact.ts'
import type { Model, ModelVersion } from './domain/model.ts'
import type { VersionStore } from './store/version-store.ts'

export type ModelsStores = { readonly versions: VersionStore }

/** What the resolvers of one fetch work with. */
export type ModelsContext = SessionContext<ModelsStores> & {
  readonly versionById: DataLoader<string, ModelVersion | null>
  readonly modelByName: DataLoader<string, Model | null>
  readonly inspect: InspectArtifact
}

export const modelVersionIds = idCodec('mdl')
