/** Every operation there is, found by method and path. */
import { OPERATIONS } from '../generated/operations.ts'
import type { Fields } from '../sdk/declarations.ts'
import { checkout } from './checkout.ts'
import { creditNotes } from './credit-notes.ts'
import { customers } from './customers.ts'
import { events } from './events.ts'
import { invoiceItems } from './invoice-items.ts'
import { invoices } from './invoices.ts'
import type { Operation } from './operation.ts'
import { paymentMethods } from './payment-methods.ts'
import { payments } from './payments.ts'
import { portal } from './portal.ts'
import { prices } from './prices.ts'
import { products } from './products.ts'
import { subscriptions } from './subscriptions.ts'

export const operations: readonly Operation[] = [
  ...checkout,
  ...creditNotes,
  ...customers,
  ...events,
  ...invoiceItems,
  ...invoices,
  ...paymentMethods,
  ...payments,
  ...portal,
  ...prices,
  ...products,
  ...subscriptions,
]

type Route = {
  readonly operation: Operation
  readonly method: string
  readonly parts: readonly string[]
  readonly fields: Fields
}

const wildcards = ({ parts }: { readonly parts: readonly string[] }): number =>
  parts.filter((part) => part === ':id').length

/** `/v1/customers/search` before `/v1/customers/:id`. */
const routes: readonly Route[] = operations
  .map((operation) => {
    const { method, path, parameters } = OPERATIONS[operation.name]
    const fields = typeof parameters === 'object' && 'fields' in parameters ? parameters.fields : {}
    return { operation, method, parts: path.split('/'), fields }
  })
  .toSorted((one, other) => wildcards(one) - wildcards(other))

export type Match = { readonly operation: Operation; readonly fields: Fields; readonly id: string }

export const matching = (method: string, path: string): Match | null => {
  const parts = path.split('/')
  const found = routes.find(
    (route) =>
      route.method === method &&
      route.parts.length === parts.length &&
      route.parts.every((part, at) => (part === ':id' ? parts[at] !== '' : part === parts[at])),
  )
  if (found === undefined) return null
  const id = parts[found.parts.indexOf(':id')] ?? ''
  return { operation: found.operation, fields: found.fields, id: decodeURIComponent(id) }
}
