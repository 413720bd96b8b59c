export type EmbeddedPostgresFaultCode =
  | 'UNSUPPORTED_PLATFORM'
  | 'BINARIES_MISSING'
  | 'BINARIES_UNUSABLE'
  | 'ACCOUNT_MISSING'
  | 'HOME_HELD'
  | 'HOME_UNUSABLE'
  | 'DATA_VERSION'
  | 'DATA_INCOMPLETE'
  | 'DATA_MISSING'
  | 'DATA_UNREACHABLE'
  | 'SOCKET_DIRECTORY'
  | 'BACKUP_UNREACHABLE'
  | 'SETTING_INVALID'
  | 'INITDB_FAILED'
  | 'START_FAILED'
  | 'START_TIMEOUT'
  | 'STOP_TIMEOUT'
  | 'STOPPED'

export interface FaultFacts {
  /** The process that stands in the way: the holder of the home, or the postmaster that does not stop. */
  readonly pid?: number
  /** The last lines that PostgreSQL or initdb wrote, where they explain the failure. */
  readonly log?: string
  readonly cause?: unknown
}

/** Why the embedded database does not run; `message` says what a person can do, `log` what PostgreSQL said. */
export class EmbeddedPostgresFault extends Error {
  override readonly name = 'EmbeddedPostgresFault'
  readonly code: EmbeddedPostgresFaultCode
  readonly pid: number | undefined
  readonly log: string

  constructor(code: EmbeddedPostgresFaultCode, message: string, facts: FaultFacts = {}) {
    const log = facts.log?.trim() ?? ''
    super(log === '' ? message : `${message}\n${log}`, { cause: facts.cause })
    this.code = code
    this.pid = facts.pid
    this.log = log
  }
}

/** The code of a system error (`ENOENT`, `EACCES`) or of a PostgreSQL error (`57P03`), else null. */
export const errorCode = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
