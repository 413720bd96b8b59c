/**
 * Inside, whole numbers that can grow without end are bigint. The graph gives them as SafeInt, which is a number:
 * here is the one place where they become one. What a number cannot hold exactly is refused and never rounded.
 */
import { Fault } from '../fault.ts'
import type { Money } from '../values/money.ts'

export const safeInt = (value: bigint): number => {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) {
    throw new Fault(
      'INTERNAL',
      `The graph cannot give ${value}: its whole numbers end at 9,007,199,254,740,991.`,
    )
  }
  return number
}

/** Of the shared type `Money`, for every subgraph whose amounts are bigint. */
export const moneyResolvers = {
  minorUnits: ({ minorUnits }: Money): number => safeInt(minorUnits),
}
