/** What is sold. */
import type Stripe from 'stripe'
import { newestFirst, one } from '../account.ts'
import { mergedMetadata } from '../wire/given.ts'
import type { GivenMetadata } from '../wire/given.ts'
import { isWithin, pageOf } from '../wire/page-of.ts'
import { invalid } from '../wire/refusal.ts'
import { PAGING, operation } from './operation.ts'

const create = operation<Stripe.ProductCreateParams>()(
  'Products.create',
  ['id', 'name', 'active', 'description', 'metadata', 'type', 'unit_label'],
  ({ account, given }) => {
    const id = given.id ?? account.newId('prod')
    if (account.store.maybe('product', id) !== null) {
      throw invalid(`Product already exists.`, 'id', 'resource_already_exists')
    }
    const now = account.now()
    return account.save(
      {
        id,
        object: 'product',
        active: given.active ?? true,
        created: now,
        default_price: null,
        description: given.description ?? null,
        images: [],
        livemode: false,
        marketing_features: [],
        metadata: mergedMetadata({}, given.metadata),
        name: given.name,
        package_dimensions: null,
        shippable: null,
        statement_descriptor: null,
        tax_code: null,
        tax_details: null,
        type: given.type ?? 'service',
        unit_label: given.unit_label ?? null,
        updated: now,
        url: null,
      },
      'product.created',
    )
  },
)

const update = operation<Stripe.ProductUpdateParams>()(
  'Products.update',
  ['active', 'default_price', 'description', 'metadata', 'name', 'unit_label'],
  ({ account, given, id }) => {
    const product = one(account, 'product', id)
    if (given.default_price !== undefined) one(account, 'price', given.default_price, 'default_price')
    return account.change(
      product,
      {
        active: given.active ?? product.active,
        default_price: given.default_price ?? product.default_price ?? null,
        description: given.description === '' ? null : (given.description ?? product.description),
        metadata: mergedMetadata(product.metadata, given.metadata as GivenMetadata | undefined),
        name: given.name ?? product.name,
        unit_label: given.unit_label === '' ? null : (given.unit_label ?? product.unit_label ?? null),
        updated: account.now(),
      },
      'product.updated',
    )
  },
)

const retrieve = operation<Stripe.ProductRetrieveParams>()('Products.retrieve', [], ({ account, id }) =>
  one(account, 'product', id),
)

const list = operation<Stripe.ProductListParams>()(
  'Products.list',
  [...PAGING, 'active', 'created', 'ids'],
  ({ account, given, path }) => {
    const products = newestFirst(account, 'product').filter(
      ({ id, active, created }) =>
        (given.active === undefined || active === given.active) &&
        isWithin(created, given.created) &&
        (given.ids === undefined || given.ids.includes(id)),
    )
    return pageOf(products, given, path)
  },
)

export const products = [create, update, retrieve, list]
