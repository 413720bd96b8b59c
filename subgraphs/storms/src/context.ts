import type { SessionContext } from '@stormops/chassis/graphql/session'
import { idCodec } from '@stormops/chassis/values/ids'
import type DataLoader from 'dataloader'
import type { AppliedCounts } from './domain/applied-counts.ts'
import type { Pilot } from './domain/pilot.ts'
import type { PropertyImport } from './domain/property-import.ts'
import type { Assignment, Property } from './domain/property.ts'
import type { Storm } from './domain/storm.ts'
import type { StormsPorts } from './ports.ts'
import type { StormsStores } from './stores.ts'

/** What the resolvers of one fetch work with. */
export type StormsContext = SessionContext<StormsStores> & {
  readonly ports: StormsPorts
  /** The company that is asking. */
  readonly tenant: () => Promise<{ readonly currency: string }>
  readonly now: () => Date
  readonly stormById: DataLoader<string, Storm | null>
  readonly propertyById: DataLoader<string, Property | null>
  readonly propertyCountByStorm: DataLoader<string, number | null>
  readonly assignmentByProperty: DataLoader<string, Assignment | null>
  readonly upliftByProperty: DataLoader<string, number | null>
  readonly countsByStorm: DataLoader<string, AppliedCounts | null>
  readonly importById: DataLoader<string, PropertyImport | null>
  readonly pilotById: DataLoader<string, Pilot | null>
}

export const stormIds = idCodec('storm')
export const propertyIds = idCodec('prop')
export const importIds = idCodec('imp')
export const uploadIds = idCodec('upl')
export const pilotIds = idCodec('pilot')
/** As the models subgraph writes the ids of its versions. */
export const modelVersionIds = idCodec('mdl')
