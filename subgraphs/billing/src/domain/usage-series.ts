/**
 * A monitoring system keeps a series for each company that is named to it, for ever. So the largest are named, the
 * others counted together, and none of these counts ever goes down: who was named once stays named.
 */

/** Companies with a series of their own. */
export const MOST_NAMED = 200

/** The company that stands for all that have no name. */
export const OTHERS = 'other'

export type Total = { readonly company: string; readonly totals: Readonly<Record<string, number>> }

export type UsageSeries = {
  /** `all` with the largest first. Returns the named and, once there are others, all of these as one. */
  readonly of: (all: readonly Total[]) => readonly Total[]
}

export const usageSeries = (mostNamed: number = MOST_NAMED): UsageSeries => {
  const named = new Set<string>()
  const highest = new Map<string, Record<string, number>>()
  /** A correction lowers what was used; a count that was told stays until there is more. */
  const raised = ({ company, totals }: Total): Total => {
    const known = highest.get(company) ?? {}
    for (const [name, value] of Object.entries(totals)) known[name] = Math.max(known[name] ?? 0, value)
    highest.set(company, known)
    return { company, totals: { ...known } }
  }
  return {
    of: (all) => {
      for (const { company } of all) if (named.size < mostNamed) named.add(company)
      const told = all.filter(({ company }) => named.has(company)).map(raised)
      const rest = all.filter(({ company }) => !named.has(company))
      return rest.length === 0 ? told : [...told, raised({ company: OTHERS, totals: summed(rest) })]
    },
  }
}

const summed = (all: readonly Total[]): Record<string, number> => {
  const sums: Record<string, number> = {}
  for (const { totals } of all) {
    for (const [name, value] of Object.entries(totals)) sums[name] = (sums[name] ?? 0) + value
  }
  return sums
}
