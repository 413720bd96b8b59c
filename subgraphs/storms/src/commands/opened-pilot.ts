import type { Tx } from '@stormops/chassis/database/transaction'
import { stepRecords } from '@stormops/chassis/jobs/steps'
import { OPENING_STEPS, pilotSubject } from '../domain/pilot.ts'
import type { Pilot } from '../domain/pilot.ts'

/** A pilot that failed before its window opened has no assignment to measure; one that failed later has. */
export const neverOpened = async (tx: Tx, { id, status }: Pilot): Promise<boolean> => {
  if (status !== 'FAILED') return false
  const steps = await stepRecords(tx, pilotSubject(id), OPENING_STEPS)
  return steps.some((step) => step.status !== 'DONE')
}
