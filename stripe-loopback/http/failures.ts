/** Requests that go wrong because a test wants them to. */
export type FailureKind =
  /** 500, before anything was done. */
  | 'ERROR'
  /** 429, before anything was done. */
  | 'RATE_LIMIT'
  /** Nothing is done, and nothing is answered. */
  | 'NO_ANSWER'
  /** Everything is done, and the connection breaks before the answer. */
  | 'LOST_ANSWER'

export type PlannedFailure = {
  /** Every method, unless it is given. */
  readonly method?: string
  /** A path, or the beginning of one. */
  readonly path: string
  readonly failure: FailureKind
  /** How many requests, one after the other; 1 unless it is given. */
  readonly times?: number
}

export type Failures = {
  readonly plan: (failure: PlannedFailure) => void
  /** The failure for this request, which is used up by it. */
  readonly take: (method: string, path: string) => FailureKind | null
  readonly clear: () => void
}

export const createFailures = (): Failures => {
  let planned: { readonly failure: PlannedFailure; left: number }[] = []
  return {
    plan: (failure) => {
      planned.push({ failure, left: failure.times ?? 1 })
    },
    take: (method, path) => {
      const found = planned.find(
        ({ failure }) =>
          path.startsWith(failure.path) && (failure.method === undefined || failure.method === method),
      )
      if (found === undefined) return null
      found.left -= 1
      planned = planned.filter(({ left }) => left > 0)
      return found.failure.failure
    },
    clear: () => {
      planned = []
    },
  }
}
