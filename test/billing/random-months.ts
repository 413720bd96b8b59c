/** Months that nobody would think of: plans of every model, changes of plan, corrections and late usage. */
import fc from 'fast-check'

export const ORACLE_METRICS = ['ALPHA', 'BETA', 'GAMMA'] as const
export type OracleMetric = (typeof ORACLE_METRICS)[number]

/** All of them divide 2,100, the scale of the second rating. */
const unitSize = fc.constantFrom(1, 2, 3, 7, 10, 25, 100)
/** Minor units with up to three decimals. */
const unitPrice = fc.integer({ min: 0, max: 20_000 }).map((thousandths) => (thousandths / 1_000).toFixed(3))

export type RandomTier = { upTo: number | null; unitPrice: string; flatFee: string }

const tiers: fc.Arbitrary<readonly RandomTier[]> = fc
  .tuple(
    fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), unitPrice, fc.integer({ min: 0, max: 300 })), {
      maxLength: 3,
    }),
    unitPrice,
    fc.integer({ min: 0, max: 300 }),
  )
  .map(([closed, last, fee]) => [
    ...closed.map(([, price, flatFee], index) => ({
      upTo: closed.slice(0, index + 1).reduce((sum, [width]) => sum + width, 0),
      unitPrice: price,
      flatFee: String(flatFee),
    })),
    { upTo: null, unitPrice: last, flatFee: String(fee) },
  ])

export type RandomCharge = {
  readonly included: number | null
  readonly unitSize: number
  readonly limit: 'SOFT' | 'UNLIMITED'
  readonly model: 'PER_UNIT' | 'PACKAGE' | 'GRADUATED' | 'VOLUME'
  readonly unitPrice: string | null
  readonly tiers: readonly RandomTier[] | null
}

export const aCharge: fc.Arbitrary<RandomCharge> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.constant<RandomCharge>({
      included: null,
      unitSize: 1,
      limit: 'UNLIMITED',
      model: 'PER_UNIT',
      unitPrice: null,
      tiers: null,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      included: fc.integer({ min: 0, max: 80 }),
      unitSize,
      limit: fc.constant('SOFT' as const),
      model: fc.constantFrom('PER_UNIT' as const, 'PACKAGE' as const),
      unitPrice,
      tiers: fc.constant(null),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      included: fc.integer({ min: 0, max: 80 }),
      unitSize,
      limit: fc.constant('SOFT' as const),
      model: fc.constantFrom('GRADUATED' as const, 'VOLUME' as const),
      unitPrice: fc.constant(null),
      tiers,
    }),
  },
)

const aPlan = fc.record({
  monthlyPrice: fc.integer({ min: 0, max: 100_000 }),
  // A metric that a plan does not mention is free under it.
  charges: fc.record({
    ALPHA: aCharge,
    BETA: fc.option(aCharge, { freq: 5 }),
    GAMMA: fc.option(aCharge, { freq: 5 }),
  }),
})

const START = Date.parse('2026-10-01T00:00:00Z')
const DAYS_MS = 86_400_000

/** From before the month to after it, in any zone. */
const anInstant = fc.integer({ min: -DAYS_MS, max: 32 * DAYS_MS }).map((offset) => new Date(START + offset))

const metric = fc.constantFrom(...ORACLE_METRICS)

export type RandomMonth = {
  readonly timeZone: string
  readonly plans: readonly {
    readonly monthlyPrice: number
    readonly charges: Readonly<Record<OracleMetric, RandomCharge | null>>
  }[]
  readonly first: number
  readonly changes: readonly { readonly at: Date; readonly plan: number }[]
  readonly events: readonly { readonly metric: OracleMetric; readonly at: Date; readonly quantity: number }[]
  readonly late: readonly { readonly metric: OracleMetric; readonly quantity: number }[]
  /** Of which event a share is taken back. */
  readonly corrections: readonly { readonly event: number; readonly share: number }[]
}

export const aRandomMonth: fc.Arbitrary<RandomMonth> = fc.record({
  timeZone: fc.constantFrom('America/Chicago', 'Asia/Kolkata', 'UTC', 'Pacific/Auckland'),
  plans: fc.array(aPlan, { minLength: 3, maxLength: 3 }),
  first: fc.nat({ max: 2 }),
  changes: fc.uniqueArray(fc.record({ at: anInstant, plan: fc.nat({ max: 2 }) }), {
    maxLength: 3,
    selector: ({ at }) => at.getTime(),
  }),
  events: fc.array(fc.record({ metric, at: anInstant, quantity: fc.integer({ min: 1, max: 90 }) }), {
    maxLength: 18,
  }),
  late: fc.array(fc.record({ metric, quantity: fc.integer({ min: 1, max: 90 }) }), { maxLength: 3 }),
  corrections: fc.array(
    fc.record({ event: fc.nat({ max: 17 }), share: fc.double({ min: 0.05, max: 1, noNaN: true }) }),
    {
      maxLength: 4,
    },
  ),
})
