/**
 * A storm is one weather event worked by one company. Work goes one way, from planning through crews at work to done
 * and put away; only what was put away can be taken out again. Once the first outcome is known, nothing about who is treated may change.
 */
import type { PolicyMode } from './pilot-measurements.ts'

export type StormStatus = 'PLANNING' | 'ACTIVE' | 'COMPLETED' | 'ARCHIVED'

export type Storm = {
  readonly id: string
  readonly eventId: string
  readonly name: string
  readonly status: StormStatus
  readonly startsAt: Date
  readonly endsAt: Date
  /** Seeds every draw of this storm; never changes. */
  readonly salt: string
  readonly createdAt: Date
  readonly modelVersionId: string | null
  readonly modelVersion: string | null
  readonly policyMode: PolicyMode | null
  readonly policyAppliedAt: Date | null
  readonly capacityCut: number | null
}

export type StormMove = 'activate' | 'complete' | 'archive' | 'restore'

const MOVES: Readonly<Record<StormMove, { readonly from: StormStatus; readonly to: StormStatus }>> = {
  activate: { from: 'PLANNING', to: 'ACTIVE' },
  complete: { from: 'ACTIVE', to: 'COMPLETED' },
  archive: { from: 'COMPLETED', to: 'ARCHIVED' },
  restore: { from: 'ARCHIVED', to: 'COMPLETED' },
}

/** Where the move leads, or null when the storm is not where it begins. */
export const moved = (status: StormStatus, move: StormMove): StormStatus | null =>
  MOVES[move].from === status ? MOVES[move].to : null

/** Properties come in and are decided over until the work is done. */
export const takesProperties = (status: StormStatus): boolean => status === 'PLANNING' || status === 'ACTIVE'

/** Outcomes come in from the first decision on, and still after the crews went home. */
export const takesOutcomes = (status: StormStatus): boolean => status !== 'ARCHIVED'

export type NewStorm = {
  readonly eventId: string
  readonly name: string
  readonly startsAt: Date
  readonly endsAt: Date
}

/** No text column of PostgreSQL takes it. */
export const ZERO_CHARACTER = '\0'

const EVENT_ID_LENGTH = 100
const NAME_LENGTH = 200

/** What is wrong with a new storm, or null. */
export const newStormFault = (
  storm: NewStorm,
): { readonly field: string; readonly message: string } | null => {
  const eventId = storm.eventId.trim()
  if (eventId === '' || eventId.length > EVENT_ID_LENGTH || eventId.includes(ZERO_CHARACTER)) {
    return {
      field: 'eventId',
      message: `The event id has 1 to ${EVENT_ID_LENGTH} characters, none of them zero.`,
    }
  }
  const name = storm.name.trim()
  if (name === '' || name.length > NAME_LENGTH || name.includes(ZERO_CHARACTER)) {
    return { field: 'name', message: `The name has 1 to ${NAME_LENGTH} characters, none of them zero.` }
  }
  if (storm.endsAt <= storm.startsAt) {
    return {
      field: 'endsAt',
      message: `The storm ends at ${storm.endsAt.toISOString()}, which is not after its start at ${storm.startsAt.toISOString()}.`,
    }
  }
  return null
}
