/**
 * Companies live in several databases, each of which sums its own. The platform's figures are the sums of those sums;
 * who was billed most is among those who were billed most anywhere.
 */
type Amount = { readonly currency: string; readonly amount: bigint }

export const mergedBilled = <Row extends Amount & { readonly month: string }>(
  rows: readonly Row[],
): readonly Row[] =>
  [...Map.groupBy(rows, ({ currency, month }) => `${currency} ${month}`).values()].flatMap((same) =>
    same.slice(0, 1).map((row) => ({ ...row, amount: sumOf(same, ({ amount }) => amount) })),
  )

/** Of each currency so many, the most first. */
export const mergedTop = <Row extends Amount & { readonly tenantId: string }>(
  rows: readonly Row[],
  most: number,
): readonly Row[] =>
  [...Map.groupBy(rows, ({ currency }) => currency).entries()]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, ofCurrency]) => ofCurrency.toSorted(mostFirst).slice(0, most))

const mostFirst = (
  one: Amount & { readonly tenantId: string },
  other: Amount & { readonly tenantId: string },
): number => {
  if (one.amount !== other.amount) return one.amount > other.amount ? -1 : 1
  return one.tenantId < other.tenantId ? -1 : 1
}

type Owed = {
  readonly currency: string
  readonly open: bigint
  readonly overdue: bigint
  readonly uncollectible: bigint
}

export const mergedReceivables = (rows: readonly Owed[]): readonly Owed[] =>
  [...Map.groupBy(rows, ({ currency }) => currency).entries()].map(([currency, same]) => ({
    currency,
    open: sumOf(same, ({ open }) => open),
    overdue: sumOf(same, ({ overdue }) => overdue),
    uncollectible: sumOf(same, ({ uncollectible }) => uncollectible),
  }))

const sumOf = <Row>(rows: readonly Row[], of: (row: Row) => bigint): bigint =>
  rows.reduce((sum, row) => sum + of(row), 0n)
