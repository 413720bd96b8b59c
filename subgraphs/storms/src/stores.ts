import type { AssignmentStore } from './store/assignment-store.ts'
import type { AttributionStore } from './store/attribution-store.ts'
import type { HealthStore } from './store/health-store.ts'
import type { ImportStore } from './store/import-store.ts'
import type { MeasurementStore } from './store/measurement-store.ts'
import type { OutcomeStore } from './store/outcome-store.ts'
import type { PilotStore } from './store/pilot-store.ts'
import type { PropertyStore } from './store/property-store.ts'
import type { ScoreStore } from './store/score-store.ts'
import type { StormStore } from './store/storm-store.ts'

/** Everything that storms keeps, as seen by one transaction. */
export type StormsStores = {
  readonly storms: StormStore
  readonly properties: PropertyStore
  readonly scores: ScoreStore
  readonly assignments: AssignmentStore
  readonly outcomes: OutcomeStore
  readonly imports: ImportStore
  readonly pilots: PilotStore
  readonly measurements: MeasurementStore
  readonly health: HealthStore
  readonly attribution: AttributionStore
}
