/** What tenancy needs of the world outside it; a composition root decides what each of these is. */
import type { Tx } from '@stormops/chassis/database/transaction'
import type { TokenClaims } from '@stormops/chassis/identity'
import type { SendMail } from '@stormops/chassis/mail/mail'
import type { Log } from '@stormops/chassis/telemetry/log'
import type { PlanTier } from './domain/tenant.ts'

/** What a document asks for: the name of its one operation, or everything that is wrong with it, for a person. */
export type CheckedOperation =
  | { readonly kind: 'sound'; readonly name: string }
  | { readonly kind: 'faulty'; readonly faults: readonly string[] }

/** Makes a bearer token that ends then. */
export type SignToken = (claims: TokenClaims, expiresAt: Date) => Promise<string>

/** What a company begins with: its plan, whose months close in its time zone, in its currency. */
export type NewAccount = {
  readonly tier: PlanTier
  /** Of the IANA database. */
  readonly timeZone: string
  /** ISO 4217. */
  readonly currency: string
  readonly at: Date
}

export type WantedMove = { readonly id: string; readonly company: string; readonly to: string }

/** Moves companies between databases, from wherever an earlier attempt was left. */
export type TenantMoves = {
  /** Throws what ended it, with the company open where it lives. */
  readonly move: (wanted: WantedMove) => Promise<'moved' | 'in-hand' | 'over'>
  /** Leaves the company where it is; does nothing once its home has changed. */
  /** `in-hand`: somebody else moves the company just now, and nothing was done. */
  readonly abandon: (wanted: WantedMove) => Promise<'abandoned' | 'in-hand' | 'over'>
  /** Goes on with what nobody has in hand, and says which companies have a new home by it. */
  readonly tend: (log: Pick<Log, 'warn'>) => Promise<readonly WantedMove[]>
}

/** What a gateway may remember for a moment, and is not so any more. */
export type AccessChange =
  /** Keys, roles, or who of staff may act for a company. */
  | { readonly kind: 'access-changed'; readonly tenantId: string }
  | { readonly kind: 'operations-changed'; readonly tenantId: string }
  | { readonly kind: 'session-ended'; readonly sessionId: string }

export type TenancyPorts = {
  readonly signToken: SignToken
  /** Whether whoever has these permissions may ask for a document. */
  readonly checkOperation: (document: string, scopes: readonly string[]) => Promise<CheckedOperation>
  /** Prepares whoever plans operations for one that was just published; it may take its time, and may do nothing. */
  readonly warmOperation: (document: string) => void
  /** Puts the transaction's tenant on its plan, in that transaction: what throws leaves no company behind. */
  readonly openAccount: (tx: Tx, account: NewAccount) => Promise<void>
  /** Null where all companies live in one database, and in processes that move nobody. */
  readonly moves: TenantMoves | null
  /** Where companies on the plan Enterprise go when they are opened; null for nowhere. */
  readonly enterpriseCell: string | null
  /** Called once the change is committed. */
  readonly accessChanged: (change: AccessChange) => void
  readonly sendMail: SendMail
  /** Where people reach the platform; links begin with it. */
  readonly publicUrl: () => string
  /** What refresh tokens and hashes of addresses are derived from; another one signs everybody out. */
  readonly secret: string
}
