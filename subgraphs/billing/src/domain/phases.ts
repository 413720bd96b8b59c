/**
 * A company may change plans inside a month, which cuts the month into phases. The base price is shared out by the
 * second. A change to the version a company is on already is no change, and the month in which a company signs its
 * first plan is charged in full.
 */
import type { Money } from '@stormops/chassis/values/money'
import type { Period } from '@stormops/chassis/values/periods'
import { rational } from '@stormops/chassis/values/rational'
import type { Rational } from '@stormops/chassis/values/rational'
import type { RatablePlan } from './plan.ts'

/** A company's signature under a version of a plan. */
export type Signing<P extends RatablePlan = RatablePlan> = {
  readonly plan: P
  readonly signedAt: Date
  /** The price of a month, where the plan itself names none. */
  readonly agreedPrice?: Money
}

/** From `from` until just before `to` a company is on one plan. */
export type Phase<P extends RatablePlan = RatablePlan> = {
  readonly plan: P
  readonly from: Date
  readonly to: Date
  readonly agreedPrice?: Money
}

/**
 * The phases of a period, first to last, without a gap; none for a company that never signed. The first signature
 * reaches back without end: it also prices the months before it, when somebody asks for them.
 */
export const phasesOf = <P extends RatablePlan>(
  period: Period,
  signings: readonly Signing<P>[],
): readonly Phase<P>[] => {
  const inOrder = signings.toSorted((a, b) => a.signedAt.getTime() - b.signedAt.getTime())
  const phases = inOrder.map(({ signedAt, ...signed }, index): Phase<P> => ({
    ...signed,
    from: index === 0 ? period.startsAt : later(signedAt, period.startsAt),
    to: earlier(inOrder[index + 1]?.signedAt ?? period.endsAt, period.endsAt),
  }))
  return phases.filter(({ from, to }) => from < to)
}

const later = (a: Date, b: Date): Date => (a > b ? a : b)

const earlier = (a: Date, b: Date): Date => (a < b ? a : b)

/** Phases that follow each other under one version at one price; `indexes` are theirs among all phases. */
export type Stretch = { readonly phase: Phase; readonly indexes: readonly number[] }

export const stretchesOf = (phases: readonly Phase[]): readonly Stretch[] => {
  const stretches: Stretch[] = []
  for (const [index, phase] of phases.entries()) {
    const last = stretches.at(-1)
    if (last === undefined || !isContinued(last.phase, phase)) {
      stretches.push({ phase, indexes: [index] })
    } else {
      const longer = { phase: { ...last.phase, to: phase.to }, indexes: [...last.indexes, index] }
      stretches.splice(-1, 1, longer)
    }
  }
  return stretches
}

const isContinued = (first: Phase, second: Phase): boolean =>
  first.plan.tier === second.plan.tier &&
  first.plan.version === second.plan.version &&
  monthlyPriceOf(first)?.minorUnits === monthlyPriceOf(second)?.minorUnits &&
  first.to.getTime() === second.from.getTime()

/** A plan's own price, or where it has none the agreed one; null where none is agreed either. */
export const monthlyPriceOf = ({ plan, agreedPrice }: Phase): Money | null =>
  plan.monthlyPrice ?? agreedPrice ?? null

/** The whole seconds from one instant to another; parts of a second belong to the one they began in. */
export const secondsBetween = (from: Date, to: Date): bigint => secondOf(to) - secondOf(from)

const MILLISECONDS = 1000

const secondOf = (at: Date): bigint => BigInt(Math.floor(at.getTime() / MILLISECONDS))

/** The share of a period that a phase lasts, by the second. The shares of phases without a gap sum to exactly 1. */
export const shareOf = ({ startsAt, endsAt }: Period, { from, to }: Pick<Phase, 'from' | 'to'>): Rational =>
  rational(secondsBetween(from, to), secondsBetween(startsAt, endsAt))
