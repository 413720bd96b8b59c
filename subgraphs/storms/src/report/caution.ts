/**
 * Figures of an invalid or unfinished pilot are still shown, and always with the warning that they must not be
 * relied on.
 */
import type { Verdict } from '../domain/pilot-report.ts'
import type { Block } from './document.ts'

const CAUTIONS: Partial<Readonly<Record<Verdict, string>>> = {
  INVALID: 'For the record only: a validity gate failed, so these figures must not be relied on.',
  NOT_ENOUGH_DATA: 'Early figures: they will still move, and must not be relied on yet.',
}

/** The warning that goes with the figures of such a verdict; null when they may be relied on. */
export function caution(verdict: Verdict): string | null {
  return CAUTIONS[verdict] ?? null
}

/** The same as a block; none when the figures may be relied on. */
export function cautionBlocks(verdict: Verdict): readonly Block[] {
  const text = caution(verdict)
  return text === null ? [] : [{ kind: 'caution', text }]
}
