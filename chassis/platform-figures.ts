/**
 * Figures that are the same whoever asks, such as how many jobs wait: they lie in the database, and the processes that
 * work jobs print them with what they count themselves. Whoever owns the figures brings them.
 */

export type FigureKind = 'gauge' | 'counter'

export type FigureDefinition = {
  /** As Prometheus has names. */
  readonly name: string
  readonly help: string
  readonly kind: FigureKind
}

export type FigureValue = {
  /** Of one of the definitions. */
  readonly name: string
  readonly labels?: Readonly<Record<string, string>>
  readonly value: number
}

export type PlatformFigures = {
  readonly definitions: readonly FigureDefinition[]
  /** One reading for all of them. What is not in it is not printed. */
  readonly read: () => Promise<readonly FigureValue[]>
  /** For how many seconds a reading does. Default 5. */
  readonly everySeconds?: number
}
