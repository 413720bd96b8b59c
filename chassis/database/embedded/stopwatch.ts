/** Seconds, to the millisecond, since a `performance.now()`. */
export const secondsSince = (begin: number): number => Math.round(performance.now() - begin) / 1_000
