/** What the demo and the benchmarks make up: storms, and what happens in them. */
export { csvPieces } from './property-csv.ts'
export { syntheticOutcome, WINDOW_DAYS } from './synthetic-outcome.ts'
export { syntheticStorm } from './synthetic-storm.ts'
export type { SyntheticProperty } from './synthetic-storm.ts'
export { OUTCOME_MINUTE_OF_DAY, syntheticTouches } from './synthetic-touches.ts'
