/**
 * What was looked up a moment ago is known for a second: no request waits for a query that another one has made, and
 * what ends in the database ends here within that second. Somebody who tries keys costs one query at a time, whatever
 * he sends, and a bounded part of the memory.
 */

/** Milliseconds an answer is good for, counted from before it was looked up. */
export const ANSWER_MS = 1_000

/** Answers of either kind that are kept; more than these in a second, and all of the kind are looked up anew. */
export const MOST_ANSWERS = 10_000

/** One query asks for at most so many. */
const LARGEST_LOOKUP = 500

/** By key, null for what is not there; undefined in the map is the same. Throws what the lookup throws. */
export type Find<Value> = (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>

export type BriefAnswers<Value> = {
  readonly of: (key: string) => Promise<Value | null>
  /** What is asked from now on is looked up anew. */
  readonly forget: () => void
  /** How many answers are kept. */
  readonly size: () => number
}

type Kept<Value> = { readonly value: Value; readonly until: number }

export const briefAnswers = <Value>(find: Find<Value>): BriefAnswers<Value> => {
  const found = new Map<string, Kept<Value>>()
  const missing = new Map<string, Kept<null>>()
  const waiting = new Map<string, PromiseWithResolvers<Value | null>>()
  const asking = new Map<string, PromiseWithResolvers<Value | null>>()
  /** How long what is being looked up is good for. */
  let until = 0

  const keep = <Kind>(kept: Map<string, Kept<Kind>>, key: string, value: Kind): void => {
    if (kept.size >= MOST_ANSWERS) kept.clear()
    kept.set(key, { value, until })
  }
  const known = (key: string): Kept<Value | null> | undefined => {
    const answer = found.get(key) ?? missing.get(key)
    if (answer === undefined || answer.until > performance.now()) return answer
    found.delete(key)
    missing.delete(key)
    return undefined
  }
  const lookUp = async (): Promise<void> => {
    until = performance.now() + ANSWER_MS
    try {
      const answers = await find([...asking.keys()])
      for (const [key, { resolve }] of asking) {
        const value = answers.get(key)
        if (value === undefined) keep(missing, key, null)
        else keep(found, key, value)
        resolve(value ?? null)
      }
    } catch (error) {
      for (const { reject } of asking.values()) reject(error)
    }
  }
  /** One lookup after the other; those who come meanwhile wait for the next one together. */
  const work = async (): Promise<void> => {
    while (waiting.size > 0) {
      for (const [key, settle] of waiting) {
        if (asking.size === LARGEST_LOOKUP) break
        asking.set(key, settle)
        waiting.delete(key)
      }
      await lookUp()
      asking.clear()
    }
  }
  return {
    of: (key) => {
      const answer = known(key)
      if (answer !== undefined) return Promise.resolve(answer.value)
      // A slow lookup may tell of what was before its asker came.
      const underWay = waiting.get(key) ?? (until > performance.now() ? asking.get(key) : undefined)
      if (underWay !== undefined) return underWay.promise
      const settle = Promise.withResolvers<Value | null>()
      const isIdle = waiting.size === 0 && asking.size === 0
      waiting.set(key, settle)
      if (isIdle) queueMicrotask(() => void work())
      return settle.promise
    },
    forget: () => {
      found.clear()
      missing.clear()
      // What is being looked up may tell of what was before: nobody else is given it, and it is not kept.
      until = 0
    },
    size: () => found.size + missing.size,
  }
}
