/**
 * The three pictures of a pilot as coordinates in points: the lift against the goal, the promise of the model
 * against what happened, and how the lift settled day by day. Each carries the sentence that says what it shows.
 */
import type { DayReport, DecileReport, Interval, PilotReport } from '../domain/pilot-report.ts'
import { pilotWords } from '../domain/pilot-words.ts'
import type { Axis, Bar, DailyChart, DecileChart, LiftChart, Tick } from './document.ts'
import { points, pointsInterval, pointsWithInterval, shortDay, signedPoints } from './figures-in-words.ts'

/** More grid lines than this read as a pattern, not as a scale. */
const MOST_STEPS = 7
const DATE_LABELS = 6
/** Early days have intervals of ±50 points; the scale keeps to this many final interval widths around the curve. */
const BAND_WIDTHS = 1.5

/** Lift with its intervals against zero and the goal; null while there is no lift. */
export function liftChart(report: PilotReport): LiftChart | null {
  const { lift, goal } = report
  if (lift === null) return null
  const bar = { value: lift.absolute.value, ...lift.absolute.interval }
  const rows = [
    { ...inPoints(bar), label: 'Lift, 95% interval', figure: figure(bar), strong: true },
    ...(lift.alwaysValid === null
      ? []
      : [
          {
            ...inPoints({ value: bar.value, ...lift.alwaysValid }),
            label: 'Interval valid on every day',
            figure: pointsInterval(lift.alwaysValid),
            strong: false,
          },
        ]),
  ]
  const axis = scale(
    [0, goal.lift * 100, ...rows.flatMap(({ low, high }) => [low, high])],
    'Lift over the control, in points',
  )
  const says =
    report.verdict === 'INVALID'
      ? 'Drawn for the record: with a failed gate the difference cannot be put down to treatment.'
      : liftSays(lift.absolute.interval, lift.absolute.value, goal.lift)
  return {
    kind: 'lift-chart',
    axis,
    rows,
    goal: goalTick(goal.lift),
    says,
    alt: `Lift chart. Lift ${pointsWithInterval(lift.absolute)}. No effect is at 0, the goal at ${points(goal.lift)}. ${says}`,
  }
}

function liftSays({ low, high }: Interval, value: number, goal: number): string {
  const zero =
    low > 0
      ? 'The whole interval lies above zero, so treatment helped'
      : high < 0
        ? 'The whole interval lies below zero, so treatment hurt'
        : 'The interval reaches across zero, so no effect at all remains possible'
  const reach =
    low >= goal
      ? 'it also clears the goal entirely.'
      : value >= goal
        ? 'the lift is past the goal, though the interval still reaches below it.'
        : high >= goal
          ? 'the lift is short of the goal, though the interval still reaches it.'
          : 'the goal lies outside the interval.'
  return `${zero}; ${reach}`
}

/** Predicted against realised lift by decile of the score; null without deciles. */
export function decileChart(report: PilotReport): DecileChart | null {
  const { deciles, goal, design } = report
  if (deciles.length === 0) return null
  const drawn = deciles.map(({ decile, predicted, realised }) => ({
    label: String(decile),
    predicted: predicted * 100,
    realised: realised === null ? null : inPoints({ value: realised.value, ...realised.interval }),
  }))
  const marks = drawn.flatMap(({ predicted, realised }) =>
    realised === null ? [predicted] : [predicted, realised.low, realised.high],
  )
  const says = decilesSay(deciles, pilotWords(design.kind).printedUnit.many)
  const readings = deciles.map(
    ({ decile, predicted, realised }) =>
      `decile ${decile} predicted ${points(predicted)}, realised ${realised === null ? 'not available' : points(realised.value)}`,
  )
  return {
    kind: 'decile-chart',
    axis: scale([0, ...marks], 'Predicted and realised lift by decile of the score, in points'),
    deciles: drawn,
    goal: goalTick(goal.lift),
    says,
    alt: `Calibration chart: ${readings.join('; ')}. ${says}`,
  }
}

function decilesSay(deciles: readonly DecileReport[], units: string): string {
  const read = deciles.filter(({ realised }) => realised !== null)
  if (read.length === 0)
    return `No decile has ${units} in both arms, so the prediction cannot be compared yet.`
  const inside = read.filter(
    ({ predicted, realised }) =>
      realised !== null && predicted >= realised.interval.low && predicted <= realised.interval.high,
  )
  return (
    `In ${inside.length} of ${read.length} deciles the predicted lift lies inside the interval of what happened. ` +
    `Decile 1 holds the ${units} that the model ranked highest.`
  )
}

/** Lift of all outcomes up to each day; null while no day has outcomes in both arms. */
export function dailyChart(report: PilotReport): DailyChart | null {
  const read = report.daily.filter(
    (day): day is DayReport & { cumulativeLift: NonNullable<DayReport['cumulativeLift']> } =>
      day.cumulativeLift !== null,
  )
  const first = read[0]
  const last = read.at(-1)
  if (first === undefined || last === undefined) return null
  const { value, interval } = last.cumulativeLift
  const reach = Math.max(interval.high - interval.low, 0.02) * BAND_WIDTHS
  const curve = read.map(({ cumulativeLift }) => cumulativeLift.value)
  const floor = Math.max(Math.min(...curve) - reach, -1)
  const ceiling = Math.min(Math.max(...curve) + reach, 1)
  const bars = read.map(({ cumulativeLift }) => ({ value: cumulativeLift.value, ...cumulativeLift.interval }))
  const clipped = bars.map((bar) =>
    inPoints({ ...bar, low: Math.max(bar.low, floor), high: Math.min(bar.high, ceiling) }),
  )
  const cut = bars.some(({ low, high }) => low < floor || high > ceiling)
  const axis = scale(
    [0, report.goal.lift * 100, ...clipped.flatMap(({ low, high }) => [low, high])],
    'Cumulative lift, in points',
  )
  const says =
    `After ${shortDay(last.day)} the lift stands at ${points(value)}; the band is its 95% interval and narrows as outcomes come in.` +
    (cut ? ' Wider early bands are cut off.' : '')
  return {
    kind: 'daily-chart',
    axis,
    days: clipped.map((bar, index) => ({ ...bar, at: position(index, read.length) })),
    dates: dateTicks(read.map(({ day }) => shortDay(day))),
    last: signedPoints(value),
    goal: goalTick(report.goal.lift),
    says,
    alt: `Chart of the cumulative lift over ${read.length} days: ${points(first.cumulativeLift.value)} on ${shortDay(first.day)}, ${pointsWithInterval(last.cumulativeLift)} on ${shortDay(last.day)}. ${says}`,
  }
}

function position(index: number, length: number): number {
  return length === 1 ? 0.5 : index / (length - 1)
}

function dateTicks(days: readonly string[]): readonly Tick[] {
  const step = Math.max(1, Math.ceil((days.length - 1) / (DATE_LABELS - 1)))
  return days.flatMap((label, index) =>
    index % step === 0 ? [{ at: position(index, days.length), label }] : [],
  )
}

function goalTick(goal: number): Tick {
  return { at: goal * 100, label: `goal ${points(goal)}` }
}

function figure({ value, low, high }: Bar): string {
  return `${points(value)}\n${pointsInterval({ low, high })}`
}

function inPoints({ value, low, high }: Bar): Bar {
  return { value: value * 100, low: low * 100, high: high * 100 }
}

/** An axis over all the values with round steps of 1, 2 or 5 times a power of ten, ends included. */
export function scale(values: readonly number[], title: string): Axis {
  const known = values.filter((value) => Number.isFinite(value))
  const low = Math.min(...known, 0)
  const high = Math.max(...known, 0)
  const rough = Math.max(high - low, 1) / MOST_STEPS
  const power = 10 ** Math.floor(Math.log10(rough))
  const step =
    [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? 10 * power
  const first = Math.floor(low / step + 1e-9)
  const last = Math.ceil(high / step - 1e-9)
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step)
  return {
    low: first * step,
    high: last * step,
    title,
    ticks: ticks.map((at) => ({ at, label: tickLabel(at, step) })),
  }
}

function tickLabel(at: number, step: number): string {
  const text = Math.abs(at).toFixed(step < 1 ? 1 : 0)
  return at > 0 ? `+${text}` : at < 0 ? `\u2212${text}` : text
}
