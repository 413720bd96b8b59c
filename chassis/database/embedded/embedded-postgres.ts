import type { PostgresAddress } from './address.ts'
import type { ArchiveEvent, ArchiveRequest } from './archive.ts'
import type { StopMode } from './postmaster.ts'

export type EmbeddedPostgresEvent =
  /** The log is not kept until the directory can be made; the database serves. */
  | ArchiveEvent
  | { readonly kind: 'initialised'; readonly data: string; readonly seconds: number }
  /** The home cannot be reached by the database's account, so the data is elsewhere. */
  | { readonly kind: 'relocated'; readonly directory: string }
  /** Data of an earlier home at the same path, which nothing uses; a person may delete it. */
  | { readonly kind: 'leftBehind'; readonly directory: string }
  | { readonly kind: 'adopted'; readonly pid: number; readonly seconds: number }
  | { readonly kind: 'started'; readonly pid: number; readonly seconds: number }
  | ({ readonly kind: 'exited' } & PostgresExit)
  | { readonly kind: 'restartFailed'; readonly attempt: number; readonly fault: unknown }
  | { readonly kind: 'gaveUp'; readonly attempts: number }
  | { readonly kind: 'stopped'; readonly seconds: number }

export interface PostgresExit {
  readonly pid: number
  /** Both null when the postmaster was adopted, as only a parent learns them. */
  readonly code: number | null
  readonly signal: string | null
  readonly willRestart: boolean
}

export interface EmbeddedPostgresOptions {
  /** STORMOPS_HOME; made when missing. */
  readonly home: string
  readonly log?: (event: EmbeddedPostgresEvent) => void
  /** PostgreSQL settings over ours, e.g. `{ fsync: 'off' }` in a test. */
  readonly settings?: Readonly<Record<string, string>>
  /** Start again, with growing pauses, when the database ends by itself. Default true. */
  readonly autoRestart?: boolean
  /** A directory with `bin`, `lib` and `share` instead of the installed package. */
  readonly binaries?: string
  /** The account to step down to from root, instead of the first that exists of a short list. */
  readonly account?: string
  /** Where the write-ahead log is kept. Default nowhere: what is not backed up needs none. */
  readonly archive?: ArchiveRequest
  /** How long a start may take, recovery included. */
  readonly startTimeoutMs?: number
  /** Where data and binaries go that root's database account could not reach. */
  readonly systemDirectory?: string
}

export interface EmbeddedPostgres extends PostgresAddress {
  readonly dataDirectory: string
  readonly logFile: string
  /** Of the postmaster that serves, or null while none does. */
  readonly pid: number | null
  /** Resolves when the database serves, e.g. after an automatic restart; throws when it will not by itself. */
  ready(): Promise<void>
  restart(mode?: StopMode): Promise<void>
  /** Ends the database and frees the home; nothing else does, no signal and no exit of this process. */
  stop(mode?: StopMode): Promise<void>
  /** Calls back on every end of the database that was not asked for; returns how to unsubscribe. */
  onExit(listener: (exit: PostgresExit) => void): () => void
}
