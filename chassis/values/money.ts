/** Money is whole minor units of one ISO 4217 currency. It is never a float, and currencies never mix. */

export type Money = { readonly minorUnits: number; readonly currency: string }

export type MoneyFault = 'NOT_WHOLE' | 'NEGATIVE' | 'TOO_LARGE' | 'UNKNOWN_CURRENCY'

const CURRENCY = /^[A-Z]{3}$/

/** What is wrong with an amount that came from outside, or null. Amounts that come in are never negative. */
export const amountFault = (money: Money): MoneyFault | null => {
  if (!CURRENCY.test(money.currency)) return 'UNKNOWN_CURRENCY'
  if (Math.abs(money.minorUnits) > Number.MAX_SAFE_INTEGER) return 'TOO_LARGE'
  if (!Number.isInteger(money.minorUnits)) return 'NOT_WHOLE'
  return money.minorUnits < 0 ? 'NEGATIVE' : null
}
