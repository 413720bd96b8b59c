/**
 * A pilot report as a page sees it: words and chart coordinates, nothing left to compute or to format. Every
 * string in it is text; the template sets it as text and never reads it as markup.
 */
import type { Verdict } from '../domain/pilot-report.ts'

/** What the report says about itself: who asked for it, when it became final, and what it was computed from. */
export type PilotReportContext = {
  readonly pilotId: string
  readonly stormName: string
  readonly tenantName: string
  readonly generatedFor: string
  /** ISO instant; the date of the document. */
  readonly completedAt: string
  readonly inputHash: string
  /** True when the homes were generated and are nobody's customers. */
  readonly synthetic: boolean
  readonly locale?: 'en-US'
  /** IANA name; UTC when absent or unknown. */
  readonly timeZone?: string
}

export type Column = {
  readonly heading: string
  readonly align: 'left' | 'right'
  readonly width: number | 'auto'
}
export type Table = {
  readonly kind: 'table'
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly string[])[]
}

export type Tick = { readonly at: number; readonly label: string }
export type Axis = {
  readonly low: number
  readonly high: number
  readonly ticks: readonly Tick[]
  readonly title: string
}
/** In points, clipped to the axis. */
export type Bar = { readonly value: number; readonly low: number; readonly high: number }
type Described = { readonly alt: string; readonly says: string; readonly goal: Tick }

export type LiftChart = Described & {
  readonly kind: 'lift-chart'
  readonly axis: Axis
  readonly rows: readonly (Bar & {
    readonly label: string
    readonly figure: string
    readonly strong: boolean
  })[]
}
export type DecileChart = Described & {
  readonly kind: 'decile-chart'
  readonly axis: Axis
  readonly deciles: readonly {
    readonly label: string
    readonly predicted: number
    readonly realised: Bar | null
  }[]
}
export type DailyChart = Described & {
  readonly kind: 'daily-chart'
  readonly axis: Axis
  /** `at` is 0–1 from the first to the last day. */
  readonly days: readonly (Bar & { readonly at: number })[]
  readonly dates: readonly Tick[]
  readonly last: string
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'caution'; readonly text: string }
  | { readonly kind: 'subheading'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'facts'
      readonly across: 1 | 2
      readonly facts: readonly { readonly label: string; readonly value: string }[]
    }
  | { readonly kind: 'code'; readonly label: string; readonly text: string }
  | Table
  | LiftChart
  | DecileChart
  | DailyChart

export type Section = { readonly heading: string; readonly blocks: readonly Block[] }

export type KeyFigure = {
  readonly label: string
  readonly value: string
  readonly detail: string
  readonly missing: boolean
}

export type FrontPage = {
  readonly verdict: {
    readonly kind: Verdict
    readonly mark: string
    readonly label: string
    readonly headline: string
    readonly answer: string
    readonly reason: string
  }
  /** Set when the figures below must not be relied on. */
  readonly caution: string | null
  readonly figures: readonly KeyFigure[]
  readonly lift: readonly Block[]
  readonly rests: readonly string[]
  readonly next: readonly string[]
  readonly notShown: readonly string[]
}

export type PilotReportDocument = {
  readonly title: string
  readonly subtitle: string
  readonly byline: string
  readonly header: { readonly tenant: string; readonly pilotId: string }
  readonly synthetic: string | null
  readonly front: FrontPage
  readonly sections: readonly Section[]
}
