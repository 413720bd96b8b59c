import type { FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import type { Suspension } from '../domain/suspension.ts'
import type { SuspensionResolvers } from '../generated/resolvers.ts'

export const suspensionResolvers: FieldsBeyond<Suspension, SuspensionResolvers> = {
  suspendedAt: ({ since }) => since,
  invoiceNumber: ({ debt }) => debt?.invoiceNumber ?? null,
  amountDue: ({ debt }) =>
    debt === null ? null : { minorUnits: Number(debt.amount), currency: debt.currency },
}
