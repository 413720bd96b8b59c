/**
 * The journey of an invented property: the knock, where there was one, then inspection, estimate and signature of those
 * who sign. An owner on whom nobody knocked calls in and signs.
 */
import { seededRandom } from './seeded-random.ts'
import { knockDay } from './synthetic-outcome.ts'
import type { SyntheticOutcome, Treatment } from './synthetic-outcome.ts'
import type { SyntheticProperty } from './synthetic-storm.ts'

export type TouchKind = 'KNOCK' | 'CALL' | 'INSPECTION' | 'ESTIMATE' | 'SIGNED'

export type SyntheticTouch = {
  readonly kind: TouchKind
  /** Days after the window opened. */
  readonly dayOffset: number
  /** Minutes after midnight, in the crew's time zone. */
  readonly minuteOfDay: number
}

/** When the day's outcomes are written down: after every touch of the day. */
export const OUTCOME_MINUTE_OF_DAY = 18 * 60

const FIRST_MINUTE = 9 * 60
/** Touches of one day follow each other by up to so many minutes; four of them end before 17:00. */
const MOST_MINUTES_BETWEEN = 120

/** In the order in which they happened. `outcome` is the one of `syntheticOutcome` for the same property and treatment. */
export const syntheticTouches = (
  property: SyntheticProperty,
  treatment: Pick<Treatment, 'treated' | 'seed'>,
  outcome: SyntheticOutcome,
): SyntheticTouch[] => {
  const random = seededRandom(`${treatment.seed}\u0000touches\u0000${property.externalId}`)
  const knocked = knockDay(property, treatment)
  const touches: SyntheticTouch[] = []
  let minuteOfDay = FIRST_MINUTE
  const touch = (kind: TouchKind, dayOffset: number): void => {
    minuteOfDay += 1 + random.below(MOST_MINUTES_BETWEEN)
    touches.push({ kind, dayOffset, minuteOfDay })
  }
  if (knocked !== null) touch('KNOCK', knocked)
  if (!outcome.converted) return touches
  const onTheWay: readonly TouchKind[] = knocked === null ? ['CALL'] : ['INSPECTION', 'ESTIMATE']
  for (const kind of [...onTheWay, 'SIGNED' as const]) touch(kind, outcome.dayOffset)
  return touches
}
