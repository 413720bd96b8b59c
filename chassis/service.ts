/** What a composition root gives to a subgraph, and what it gets. */
import type { Cells } from './cells/cells.ts'
import type { Clock } from './clock.ts'
import type { ConnectionSettings } from './database/connection.ts'
import type { Database } from './database/database.ts'
import type { Subgraph } from './graphql/subgraph.ts'
import type { Unseal } from './graphql/seal.ts'
import type { JobHandler } from './jobs/worker.ts'
import type { Queue } from './jobs/queue.ts'
import type { PlatformFigures } from './platform-figures.ts'
import type { PlatformProbe } from './platform-probe.ts'
import type { Log } from './telemetry/log.ts'
import type { Telemetry } from './telemetry/telemetry.ts'
import type { NewId } from './values/ids.ts'

export type ServiceOptions = {
  /** As the app role. */
  readonly connection: ConnectionSettings
  /** Databases beside that one. Default none. */
  readonly cells?: Cells | null
  readonly poolSize: number
  readonly sdl: string
  readonly queue: Queue
  readonly unseal: Unseal
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Log
  /** Default nobody counts or traces. */
  readonly telemetry?: Telemetry | undefined
}

export type Service = {
  readonly subgraph: Subgraph
  readonly database: Database
  readonly jobs: readonly JobHandler[]
  /** What the platform is to watch of this subgraph. Default nothing. */
  readonly probes?: readonly PlatformProbe[]
  /** What is printed with the metrics of the processes that work jobs. Default nothing. */
  readonly platformFigures?: readonly PlatformFigures[]
  readonly close: () => Promise<void>
}
