/**
 * Lookups remembered for seconds, so that a busy partner costs the database a question now and then, while what is
 * retired ends soon. Questions asked at once are asked once.
 */
import type { Clock } from '@stormops/chassis/clock'

/** Milliseconds. Whoever retires an operation is promised that it ends within five seconds. */
export const FOUND_MILLISECONDS = 5_000

/** Milliseconds. Who asks a moment too early should not have to wait for what is published then. */
export const MISSING_MILLISECONDS = 1_000

/** Lookups kept at most; with 64 kB each, the largest document, a few dozen megabytes at worst. */
const KEPT = 1_000

/** `until` is in milliseconds since the epoch, and without end while the lookup is under way. */
type Kept<Found> = { readonly answer: Promise<Found | null>; readonly until: () => number }

/** `size` counts what is kept, the lookups under way among it. */
export type BriefLookups<Found> = {
  readonly find: (key: string, look: () => Promise<Found | null>) => Promise<Found | null>
  readonly size: () => number
  /** What is asked from now on of keys that begin so is looked up anew. */
  readonly forget: (beginning: string) => void
}

export const briefLookups = <Found>(clock: Clock): BriefLookups<Found> => {
  const kept = new Map<string, Kept<Found>>()
  const now = (): number => clock.now().getTime()

  const begin = (key: string, look: () => Promise<Found | null>): Promise<Found | null> => {
    // Counted from the question, since what was found may have been retired before it arrived.
    const asked = now()
    let until = Number.POSITIVE_INFINITY
    const timed = async (): Promise<Found | null> => {
      try {
        const found = await look()
        until = asked + (found === null ? MISSING_MILLISECONDS : FOUND_MILLISECONDS)
        return found
      } catch (cause) {
        until = asked
        throw cause
      }
    }
    const answer = timed()
    kept.delete(key)
    kept.set(key, { answer, until: () => until })
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break
      kept.delete(oldest)
    }
    return answer
  }

  return {
    find: (key, look) => {
      const known = kept.get(key)
      return known !== undefined && known.until() > now() ? known.answer : begin(key, look)
    },
    size: () => kept.size,
    forget: (beginning) => {
      for (const key of kept.keys()) if (key.startsWith(beginning)) kept.delete(key)
    },
  }
}
