/** What slos gives to other subgraphs: a way to say what was measured, and to ask which promises were broken. */
import type { Tx } from '@stormops/chassis/database/transaction'
import { Fault } from '@stormops/chassis/fault'
import { breachesIn } from './domain/compliance.ts'
import type { Breaches } from './domain/compliance.ts'
import { byMinute } from './domain/measurement.ts'
import type { Measurement } from './domain/measurement.ts'
import { SLO_NAMES } from './domain/slo.ts'
import type { SloName } from './domain/slo.ts'
import { addMinutes, totalsWithin } from './store/slo-minute-store.ts'

export type { Breaches, Measurement, SloName }

/**
 * Counts one measurement for the transaction's tenant; it exists if and only if the transaction commits. The
 * tenant's minute stays locked until then, so measure last. Throws INTERNAL for a value that is not finite.
 */
export const recordMeasurement = (tx: Tx, measurement: Measurement): Promise<void> =>
  recordMeasurements(tx, [measurement])

/**
 * Counts many measurements in one statement, whatever their order. One call in a transaction never waits in a
 * circle with another; two calls may. Nothing happens for none.
 */
export const recordMeasurements = async (tx: Tx, measurements: readonly Measurement[]): Promise<void> => {
  const faulty = measurements.find(({ value, at }) => !Number.isFinite(value) || Number.isNaN(at.getTime()))
  if (faulty !== undefined) {
    throw new Fault('INTERNAL', `A measurement of ${faulty.slo} has no finite value or no time.`)
  }
  if (measurements.length > 0) await addMinutes(tx, byMinute(measurements))
}

/**
 * Which promises to the transaction's tenant were broken from `from` to before `to`, both taken to the whole
 * minutes they touch: the good share of what was measured is below the promised share.
 */
export const breachesBetween = async (tx: Tx, from: Date, to: Date): Promise<Breaches> =>
  breachesIn(await totalsWithin(tx, new Map(SLO_NAMES.map((slo) => [slo, { from, to }]))))
