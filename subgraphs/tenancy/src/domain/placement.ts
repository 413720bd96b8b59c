/**
 * A company lives in one database, its cell. Staff may move it to another; until the one moment in which its home
 * changes it lives where it was, and from there on where it goes.
 */
export type CompanyMoveState =
  | 'QUEUED'
  | 'PREPARED'
  | 'COPYING'
  | 'FENCED'
  | 'VERIFIED'
  | 'SWITCHED'
  | 'CLEANED'
  | 'ABANDONED'

export type ComparedTable = {
  readonly table: string
  readonly rows: number
  readonly hash: string
  readonly caughtUp: number
}

export type CompanyMove = {
  readonly id: string
  readonly tenantId: string
  readonly fromCell: string | null
  readonly toCell: string
  readonly state: CompanyMoveState
  readonly tables: readonly ComparedTable[]
  readonly error: string | null
  readonly startedAt: Date | null
  readonly fencedAt: Date | null
  readonly switchedAt: Date | null
  readonly endedAt: Date | null
}

/** As it is asked for. */
export const queuedMove = (id: string, tenantId: string, toCell: string): CompanyMove => ({
  id,
  tenantId,
  fromCell: null,
  toCell,
  state: 'QUEUED',
  tables: [],
  error: null,
  startedAt: null,
  fencedAt: null,
  switchedAt: null,
  endedAt: null,
})

/** Null until the company can be changed again after the fence. */
export const fencedForSeconds = ({ fencedAt, switchedAt }: CompanyMove): number | null =>
  fencedAt === null || switchedAt === null ? null : (switchedAt.getTime() - fencedAt.getTime()) / 1_000

export type CellStanding = {
  readonly name: string
  readonly isHome: boolean
  readonly isReachable: boolean
  readonly companyCount: number | null
}

export type WhereCompaniesLive = {
  /** The names of all cells. */
  readonly cells: readonly string[]
  readonly cellOf: (tenantId: string) => string
  readonly exists: (tenantId: string) => Promise<boolean>
  /** Whether a move of the company is not over yet. */
  readonly isMoving: (tenantId: string) => Promise<boolean>
}
