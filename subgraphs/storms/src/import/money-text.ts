/** Amounts as people write them, "29.99", into whole minor units, digit by digit: 29.99 × 100 is not 2999 in floats. */

export type AmountFault = 'NOT_A_NUMBER' | 'NEGATIVE' | 'TOO_MANY_DECIMALS' | 'TOO_LARGE'

/** Decimals of the currency's minor unit (ISO 4217): 2 for most, 0 for the yen, 3 for the dinars. */
export type MinorUnitDigits = 0 | 2 | 3

const AMOUNT = /^([+-]?)(\d+)(?:\.(\d*))?$/

/** Minor units of an amount in major units, exactly; zeros beyond the currency's decimals are allowed. */
export const minorUnitsOf = (text: string, digits: MinorUnitDigits): number | AmountFault => {
  const match = AMOUNT.exec(text)
  if (match === null) return 'NOT_A_NUMBER'
  const [, sign = '', major = '', decimals = ''] = match
  if (/[1-9]/.test(decimals.slice(digits))) return 'TOO_MANY_DECIMALS'
  const minorUnits = Number(major + decimals.slice(0, digits).padEnd(digits, '0'))
  if (minorUnits > Number.MAX_SAFE_INTEGER) return 'TOO_LARGE'
  return sign === '-' && minorUnits > 0 ? 'NEGATIVE' : minorUnits
}
