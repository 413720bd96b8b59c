import type { BenchResult, BenchRow } from './bench-result.ts'

const WHAT_WIDTH = 72
const VALUE_WIDTH = 12

/** Four figures are more than a shared machine gives twice; thousands are whole. */
const figure = (value: number): string =>
  Math.abs(value) >= 1_000 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)))

const line = ({ what, value, unit }: BenchRow): string =>
  `  ${what.padEnd(WHAT_WIDTH)}${figure(value).padStart(VALUE_WIDTH)} ${unit}`

/** One block for each result: its figures, then the ratio, the goal and whether it is met. */
export const table = (results: readonly BenchResult[]): string =>
  results
    .map(({ name, rows, ratio, goal, met }) =>
      [name, ...rows.map(line), `  ${met ? '✓' : '✗'} ${figure(ratio)}× (${goal})`, ''].join('\n'),
    )
    .join('\n')
