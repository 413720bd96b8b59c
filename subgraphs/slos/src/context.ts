import type { SessionContext } from '@stormops/chassis/graphql/session'
import type DataLoader from 'dataloader'
import type { Totals } from './domain/compliance.ts'

/** Nothing is changed through this graph yet. */
export type SlosStores = Readonly<Record<never, never>>

/** What the resolvers of one fetch work with. */
export type SlosContext = SessionContext<SlosStores> & {
  /** By the SLO's name: what was measured in its rolling window, null without traffic. */
  readonly totalsBySlo: DataLoader<string, Totals | null>
}
