/**
 * A tenant is a contractor company that pays for the platform. Its name gives it a short name for addresses and
 * commands; two companies never share one. A suspended company can read and pay, and nothing else.
 */

import { isEmail } from './email.ts'
import type { Suspension } from './suspension.ts'

/** The plans a company can begin on; billing says what each is. */
export type PlanTier = 'TRIAL' | 'STANDARD' | 'ENTERPRISE'

export type TenantStatus = 'ACTIVE' | 'SUSPENDED'

export type Tenant = {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly status: TenantStatus
  /** Null while it is active. */
  readonly suspension: Suspension | null
  readonly timeZone: string
  readonly currency: string
  readonly createdAt: Date
}

/** Most contractors work hail alley, which keeps Chicago's time. */
export const DEFAULT_TIME_ZONE = 'America/Chicago'
export const DEFAULT_CURRENCY = 'USD'

const NAME_LENGTH = { least: 2, most: 100 } as const

/** Lower-case ASCII words joined by dashes; accents fall away. Empty when nothing of the name is left. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')

export type NewTenant = {
  readonly name: string
  readonly adminEmail: string
  readonly timeZone: string
}

export type TenantFault = { readonly field: string; readonly message: string }

/** What is wrong with a new tenant, or null. */
export const newTenantFault = (tenant: NewTenant): TenantFault | null => {
  const { length } = tenant.name
  if (length < NAME_LENGTH.least || length > NAME_LENGTH.most) {
    return {
      field: 'name',
      message: `A company's name has ${NAME_LENGTH.least} to ${NAME_LENGTH.most} characters; this has ${length}.`,
    }
  }
  if (slugOf(tenant.name) === '') {
    return {
      field: 'name',
      message: 'A company’s name needs at least one letter or digit of the Latin alphabet.',
    }
  }
  if (!isEmail(tenant.adminEmail)) {
    return { field: 'adminEmail', message: 'This is not an e-mail address.' }
  }
  if (!isTimeZone(tenant.timeZone)) {
    return { field: 'timeZone', message: `${tenant.timeZone} is not a time zone of the IANA database.` }
  }
  return null
}

const isTimeZone = (name: string): boolean => {
  try {
    return (
      new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '' &&
      /^[A-Z]/.test(name)
    )
  } catch {
    return false
  }
}
