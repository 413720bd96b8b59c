import { defineCommand } from '@stormops/chassis/command'
import { amountFault } from '@stormops/chassis/values/money'
import type { MoneyInput } from '@stormops/chassis/values/money'
import { periodAt } from '@stormops/chassis/values/periods'
import type { BillingStores } from '../context.ts'

/** Null for no cap. */
export type SetSpendCap = { readonly cap: MoneyInput | null }

/** Of JSON: minor units as text. */
export type SetSpendCapResult =
  | {
      readonly kind: 'ok'
      readonly cap: string | null
      readonly spent: string
      readonly currency: string
    }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }

/** A cap below what is spent already stops what costs more, and takes nothing back. */
export const setSpendCap = defineCommand<SetSpendCap, SetSpendCapResult, BillingStores>({
  name: 'billing.setSpendCap',
  permission: 'billing:manage',
  orStaff: true,
  audit: ({ cap }, { spent, currency }) => ({
    subjectKind: 'spend-cap',
    subjectId: currency,
    detail: { cap: cap?.minorUnits ?? null, spent },
  }),
  run: async ({ stores, clock }, { cap }) => {
    const account = await stores.accounts.lock()
    if (account === null) return { kind: 'not-found' }
    const { currency } = account
    const message = cap === null ? null : capFault(cap, currency)
    if (message !== null) return { kind: 'invalid', ...message }
    const minorUnits = cap === null ? null : BigInt(cap.minorUnits)
    await stores.accounts.setSpendCap(minorUnits)
    const spent = await stores.months.overage(periodAt(clock.now(), account.timeZone).month)
    return {
      kind: 'ok',
      cap: minorUnits === null ? null : String(minorUnits),
      spent: String(spent),
      currency,
    }
  },
})

const capFault = (
  cap: MoneyInput,
  currency: string,
): { readonly field: string; readonly message: string } | null => {
  const fault = amountFault(cap)
  if (fault !== null && fault !== 'UNKNOWN_CURRENCY') {
    return { field: 'cap.minorUnits', message: 'A cap is a whole number of minor units, 0 or more.' }
  }
  return cap.currency === currency
    ? null
    : { field: 'cap.currency', message: `Your company is billed in ${currency}, so its cap is too.` }
}
