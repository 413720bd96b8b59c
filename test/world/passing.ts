/** What a client tries again, with the same key: it passes by itself. */
const PASSING: ReadonlySet<unknown> = new Set(['UNAVAILABLE', 'TIMEOUT', 'RATE_LIMITED'])

export const isPassing = (code: unknown): boolean => PASSING.has(code)
