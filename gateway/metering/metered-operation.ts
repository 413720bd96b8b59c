/** What is counted of an operation, and the ledger that takes it: the only thing metering knows of billing. */
import type { ActorKind } from '@stormops/chassis/identity'
import type { OperationType } from '../context.ts'

export type MeteredOperation = {
  /** UUID in version 7, under which the ledger takes it once however often it is written. */
  readonly eventId: string
  /** Whom it is counted for; `PLATFORM_TENANT_ID` for staff, also in a company's place, and for nobody signed in. */
  readonly tenantId: string
  /** Null, with `actorId`, for somebody not signed in. */
  readonly actorKind: ActorKind | null
  readonly actorId: string | null
  /** Null for an operation without a name. */
  readonly operationName: string | null
  readonly operationType: OperationType
  /** What it did cost; 1 where nothing is limited. */
  readonly cost: number
  readonly outcome: MeteredOutcome
  /** Milliseconds since the epoch, when it was answered. */
  readonly at: number
}

export const METERED_OUTCOMES = ['ok', 'partial', 'failed'] as const

/** `partial` with data and errors, `failed` with errors alone. What was refused is not counted. */
export type MeteredOutcome = (typeof METERED_OUTCOMES)[number]

export type MeterWriter = {
  /** Resolves once all of them are kept for good. An event that is kept already changes nothing. */
  readonly write: (batch: readonly MeteredOperation[]) => Promise<void>
}
