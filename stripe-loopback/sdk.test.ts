/** What is read out of Stripe's SDK: the parser, and that what it wrote is what it would write now. */
import { describe, expect, it } from 'vitest'
import { API_VERSION, OPERATIONS } from './generated/operations.ts'
import { operations } from './operations/operations.ts'
import { declarationsIn, operationsIn } from './sdk/declarations.ts'
import { isCurrent } from './sdk/generate.ts'
import { shapeOfType } from './sdk/shapes.ts'

const DECLARATIONS = `
export interface Thing {
    id: string;
    prices: {
        [key: string]: number;
    };
}
export interface ThingCreateParams extends PaginationParams {
    /**
     * A comment; with: punctuation?
     */
    name: string;
    colours?: Emptyable<Array<ThingCreateParams.Colour>>;
    when?: RangeQueryParam | number;
    by_key?: {
        [key: string]: ThingCreateParams.Nested;
    };
    until?: 'now' | number;
}
export declare namespace ThingCreateParams {
    type Colour = 'red' | 'green' | OtherString;
    interface Nested {
        colour: Nested.Colour;
    }
    namespace Nested {
        type Colour = 'blue' | OtherString;
    }
}
`
const SHARED = `
export interface PaginationParams {
    limit?: number;
}
export interface RangeQueryParam {
    gt?: number;
}
`

describe('the declarations of the SDK', () => {
  it('are read into shapes: what may be left out, unset, listed, keyed and chosen', () => {
    const shape = shapeOfType(declarationsIn(DECLARATIONS), declarationsIn(SHARED), 'ThingCreateParams')
    expect(shape).toEqual({
      fields: {
        'limit?': 'number',
        name: 'string',
        'colours?': { emptyable: { list: { oneOf: ['red', 'green'] } } },
        'when?': { either: [{ fields: { 'gt?': 'number' } }, 'number'] },
        'by_key?': { map: { fields: { colour: { oneOf: ['blue'] } } } },
        'until?': { either: [{ oneOf: ['now'] }, 'number'] },
      },
    })
  })

  it('that name what is nowhere stop the generator', () => {
    const text = 'export interface ThingCreateParams {\n    name: Nowhere;\n}\n'
    expect(() => shapeOfType(declarationsIn(text), declarationsIn(SHARED), 'ThingCreateParams')).toThrow(
      'Nowhere',
    )
  })

  it('give an operation its address and its parameters', () => {
    const declared = `export declare class ThingResource extends StripeResource {
    pay(id: string, params?: ThingPayParams, options?: RequestOptions): Promise<Response<Thing>>;
}`
    const code =
      "    pay(id, params, options) {\n        return this._makeRequest('POST', `/v1/things/${encodeURIComponent(id)}/pay`, params, options);\n    }\n"
    expect(operationsIn(declared, code).get('pay')).toMatchObject({
      method: 'POST',
      path: '/v1/things/:id/pay',
      parameters: 'ThingPayParams',
    })
  })
})

describe('what was generated', () => {
  it('is current', () => {
    expect(isCurrent()).toBe(true)
  })

  it('has the version that the SDK pins, and every operation that is simulated, each once', () => {
    expect(API_VERSION).toMatch(/^\d{4}-\d{2}-\d{2}\.\w+$/)
    const names = operations.map(({ name }) => name)
    expect(names.toSorted()).toEqual(Object.keys(OPERATIONS).toSorted())
  })

  it('agrees with our reading of this version', () => {
    const fieldsOf = (name: keyof typeof OPERATIONS): readonly string[] => {
      const { parameters } = OPERATIONS[name]
      return typeof parameters === 'object' && 'fields' in parameters ? Object.keys(parameters.fields) : []
    }
    expect(fieldsOf('Checkout/Sessions.create')).not.toContain('payment_method_types?')
    expect(fieldsOf('Checkout/Sessions.create')).toContain('allowed_payment_method_types?')
    expect(fieldsOf('Invoices.create')).toContain('pending_invoice_items_behavior?')
    expect(fieldsOf('InvoiceItems.create')).toContain('pricing?')
    expect(fieldsOf('InvoiceItems.create')).not.toContain('price?')
    expect(fieldsOf('Products.create')).toContain('name')
  })

  it('holds every parameter that an operation says it heeds', () => {
    for (const { name, heeds } of operations) {
      const { parameters } = OPERATIONS[name]
      const known =
        typeof parameters === 'object' && 'fields' in parameters ? Object.keys(parameters.fields) : []
      const unknown = heeds.filter((heeded) => !known.includes(heeded) && !known.includes(`${heeded}?`))
      expect([name, unknown]).toEqual([name, []])
    }
  })
})
