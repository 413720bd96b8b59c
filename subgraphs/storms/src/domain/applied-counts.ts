/** How many properties of a storm got which decision, and whether the first outcome has frozen them. */

export type AppliedCounts = {
  readonly treat: number
  readonly hold: number
  readonly excluded: number
  readonly frozen: boolean
}

/** Treated among treated and held; 0 for a storm without either. */
export const treatShare = ({ treat, hold }: Pick<AppliedCounts, 'treat' | 'hold'>): number =>
  treat + hold === 0 ? 0 : treat / (treat + hold)
