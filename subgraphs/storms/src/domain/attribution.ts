/**
 * Attribution shares the credit for a conversion among the touches that came before it. The signature is the
 * conversion itself, and so no touch.
 */
import type { JourneyEventKind } from './journey-event.ts'

export type AttributionModel = 'LAST_TOUCH' | 'FIRST_TOUCH' | 'LINEAR' | 'TIME_DECAY'

export type Touch = { readonly kind: JourneyEventKind; readonly at: Date }

/** A touch a week before another counts half as much: an owner decides within days of a storm. */
export const HALF_LIFE_SECONDS = 7 * 24 * 3_600

/** What ends a journey. */
export const CONVERSION_EVENT: JourneyEventKind = 'SIGNED'

/**
 * Credit of each touch, in the order of `touches`, from 0 to 1; they add up to 1, or to 0 when no touch came before
 * `convertedAt`. Touches at the same time count in the order given.
 */
export const creditsOf = (
  model: AttributionModel,
  touches: readonly Touch[],
  convertedAt: Date,
): readonly number[] => {
  const counts = touches.map(({ kind, at }) => kind !== CONVERSION_EVENT && at <= convertedAt)
  const eligible = touches
    .map((touch, place) => ({ ...touch, place }))
    .filter(({ place }) => counts[place])
    .toSorted((a, b) => a.at.getTime() - b.at.getTime() || a.place - b.place)
  const weights = new Map(
    eligible.map((touch, order) => [
      touch.place,
      weightOf(model, touch, order, eligible.length, convertedAt),
    ]),
  )
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0)
  return touches.map((_touch, place) => (total === 0 ? 0 : (weights.get(place) ?? 0) / total))
}

const MILLISECONDS = 1_000

const weightOf = (
  model: AttributionModel,
  { at }: Touch,
  order: number,
  n: number,
  convertedAt: Date,
): number => {
  switch (model) {
    case 'LAST_TOUCH':
      return order === n - 1 ? 1 : 0
    case 'FIRST_TOUCH':
      return order === 0 ? 1 : 0
    case 'LINEAR':
      return 1
    case 'TIME_DECAY':
      return 0.5 ** ((convertedAt.getTime() - at.getTime()) / MILLISECONDS / HALF_LIFE_SECONDS)
  }
}
