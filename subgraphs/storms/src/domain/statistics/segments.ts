/** Where the lift comes from. A segment too small to be read is listed as such: nobody plans a route on noise. */
import type { SegmentTally } from '../pilot-measurements.ts'
import type { SegmentReport } from '../pilot-report.ts'
import { holm } from './holm.ts'
import { newcombe } from './newcombe.ts'
import { twoProportionTest } from './two-proportion-test.ts'

/** Properties with a known outcome that each arm of a segment needs. */
export const SEGMENT_ARM_MINIMUM = 30

/** Conversions, both arms together, that a segment needs. */
export const SEGMENT_CONVERSIONS_MINIMUM = 5

/** Segments by dimension and key; p-values Holm-adjusted over all that are large enough. */
export function segmentReports(segments: readonly SegmentTally[]): SegmentReport[] {
  const sorted = [...segments].sort(byDimensionThenKey)
  const tested = sorted.map((segment) =>
    isLargeEnough(segment) ? twoProportionTest(segment.treat, segment.control) : null,
  )
  const adjusted = holm(tested.filter((p) => p !== null)).values()
  return sorted.map((segment, index) => {
    const shown = isLargeEnough(segment)
    const pValue = tested[index] ?? null
    return {
      dimension: segment.dimension,
      key: segment.key,
      treatN: segment.treat.n,
      controlN: segment.control.n,
      lift: shown ? newcombe(segment.treat, segment.control) : null,
      pValue,
      adjustedPValue: pValue === null ? null : (adjusted.next().value ?? null),
      status: shown ? 'SHOWN' : 'TOO_SMALL',
    }
  })
}

function isLargeEnough({ treat, control }: SegmentTally): boolean {
  return (
    Math.min(treat.n, control.n) >= SEGMENT_ARM_MINIMUM &&
    treat.conversions + control.conversions >= SEGMENT_CONVERSIONS_MINIMUM
  )
}

/** Code-unit order, the same on every machine; keys that are whole numbers by size, so that decile 10 follows 9. */
function byDimensionThenKey(one: SegmentTally, other: SegmentTally): number {
  if (one.dimension !== other.dimension) return one.dimension < other.dimension ? -1 : 1
  if (one.key === other.key) return 0
  const [left, right] = [wholeNumber(one.key), wholeNumber(other.key)]
  if (left !== null && right !== null && left !== right) return left - right
  if ((left === null) !== (right === null)) return left === null ? 1 : -1
  return one.key < other.key ? -1 : 1
}

function wholeNumber(key: string): number | null {
  return /^\d{1,15}$/.test(key) ? Number(key) : null
}
