/** What every benchmark answers: its figures, the one ratio that was promised, and whether the promise holds. */
export type BenchRow = { readonly what: string; readonly value: number; readonly unit: string }

export type BenchResult = {
  readonly name: string
  readonly rows: readonly BenchRow[]
  readonly ratio: number
  readonly goal: string
  readonly met: boolean
}

/** Of an even number the mean of the middle two; NaN of none. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((left, right) => left - right)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? Number.NaN
  return Number.isInteger(middle) ? (upper + (sorted[middle - 1] ?? Number.NaN)) / 2 : upper
}

/** By nearest rank, such as a `share` of 0.95; NaN of none. */
export const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((left, right) => left - right)[Math.ceil(values.length * share) - 1] ?? Number.NaN

/** Milliseconds that a piece of work takes, with what it gave. */
export const timed = async <T>(
  work: () => Promise<T>,
): Promise<{ readonly milliseconds: number; readonly answer: T }> => {
  const started = performance.now()
  const answer = await work()
  return { milliseconds: performance.now() - started, answer }
}
