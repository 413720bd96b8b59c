/** What a client process is asked to send, and what it says came of it. */
import { percentile } from '../bench-result.ts'

/** Requests of one company. */
export type Stream = {
  readonly name: string
  /** Whole HTTP requests; each is as likely as it is often in here. */
  readonly requests: readonly string[]
  /** Arrivals a second, whether or not anything was answered. */
  readonly rate: number
}

export type OpenLoad = {
  readonly kind: 'open'
  readonly port: number
  readonly streams: readonly Stream[]
  readonly seconds: number
  /** All that there may be at once; an arrival that finds none free is not sent. */
  readonly connections: number
  readonly seed: number
}

/** Each client asks again as soon as it is answered. */
export type ClosedLoad = {
  readonly kind: 'closed'
  readonly port: number
  readonly requests: readonly string[]
  readonly clients: number
  readonly seconds: number
}

export type Load = OpenLoad | ClosedLoad

/** An answer with data that takes longer than this, in milliseconds, is not in time: a page then feels broken. */
export const IN_TIME_MS = 1_000
/** A client hangs up. */
export const GIVES_UP_MS = 3_000

export type Latency = { readonly p50: number; readonly p99: number }

/** Latencies in milliseconds, counted from when the request was to be sent. */
export type Outcome = {
  readonly offered: number
  readonly inTime: number
  readonly late: number
  readonly refused: number
  /** No connection was free. */
  readonly unsent: number
  readonly givenUp: number
  /** Anything else, which is nothing that was promised. */
  readonly broken: number
  readonly answers: Latency
  readonly refusals: Latency
}

export type Loaded = {
  readonly seconds: number
  readonly outcomes: Readonly<Record<string, Outcome>>
  /** Milliseconds by which the client itself sent too late: what it saw is no better known than so. */
  readonly lateSending: Latency
  /** Share of one core that the client took. */
  readonly processor: number
}

export const latency = (values: readonly number[]): Latency => ({
  p50: percentile(values, 0.5),
  p99: percentile(values, 0.99),
})
