/** What the graph says of its own cost: no list without its length, and no page of ours that nobody could pay. */
import { costCompiler } from '@stormops/gateway/limits/cost/compile-cost'
import { selectionCost } from '@stormops/gateway/limits/cost/cost-estimate'
import { costTable } from '@stormops/gateway/limits/cost/cost-table'
import { ALLOWANCES } from '@stormops/gateway/limits/rates/allowances'
import { readSupergraph } from '@stormops/schema/compose.ts'
import { getNamedType, getOperationAST, isObjectType, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { apiSchema } from './root-fields.ts'

const table = costTable(readSupergraph())
const compile = costCompiler(apiSchema, table)

const costOf = (document: string): number => {
  const operation = getOperationAST(parse(document))
  if (operation === null || operation === undefined) throw new Error('The document holds no operation.')
  return selectionCost(compile(operation, new Map()), {})
}

const fields = Object.values(apiSchema.getTypeMap())
  .filter((type) => isObjectType(type))
  .flatMap((type) =>
    Object.values(type.getFields()).map((field) => ({ coordinate: `${type.name}.${field.name}`, field })),
  )

describe('the graph says', () => {
  const sized = fields.filter(({ field }) => field.args.some(({ name }) => name === 'first'))

  it('how long every list is that takes a length', () => {
    expect(sized.length).toBeGreaterThan(5)
    for (const { coordinate, field } of sized) {
      const isConnection = getNamedType(field.type).name.endsWith('Connection')
      expect([coordinate, table.listSizes.get(coordinate)]).toEqual([
        coordinate,
        {
          assumedSize: null,
          slicingArguments: ['first'],
          sizedFields: isConnection ? ['edges'] : [],
          requireOneSlicingArgument: false,
        },
      ])
    }
  })

  it('of every page that it takes a length', () => {
    const pages = fields.filter(({ field }) => getNamedType(field.type).name.endsWith('Connection'))
    expect(pages.length).toBeGreaterThan(5)
    expect(pages.filter((page) => !sized.includes(page)).map(({ coordinate }) => coordinate)).toEqual([])
  })

  it('what work is heavy', () => {
    const heavy = ['Mutation.startPilot', 'Mutation.scoreStorm', 'Mutation.applyPolicy', 'Query.auditChain']
    expect(heavy.map((coordinate) => table.weights.get(coordinate))).toEqual([1_000, 1_000, 1_000, 1_000])
  })
})

describe('the largest operation allowed', () => {
  const { maximumCost, bucket } = ALLOWANCES
  const STORM = `id name dataHealth { status score checks { name status } }
    conversion { treat control lift } upliftDistribution { mean stddev psi }`

  it('is more than a whole dashboard, with room', () => {
    const dashboard = costOf(`{
      viewer { tenant { name } }
      plan { tier }
      storms(first: 20) { edges { node { ${STORM} } } }
      pilots(first: 20) { edges { node { id status } } }
      jobRuns(first: 20) { edges { node { id state events { kind } } } }
      models { name versions { version } }
    }`)
    // 20 storms at 2 + 50 + 10 + 20 + 20, and about 500 beside them.
    expect(dashboard).toBeGreaterThan(2_000)
    expect(dashboard).toBeLessThan(maximumCost / 10)
  })

  it('is more than a hundred storms with a hundred properties each', () => {
    const page = costOf(
      '{ storms(first: 100) { edges { node { properties(first: 100) { edges { node { id } } } } } } }',
    )
    // 1 + 100 × (edge, storm and page, and 100 × (edge and property)).
    expect(page).toBe(1 + 100 * (3 + 100 * 2))
    expect(page).toBeLessThan(maximumCost)
  })

  it('is less than the health of every storm of such a page three times over', () => {
    const name = (index: number): string =>
      `s${index}: storms(first: 100) { edges { node { ${STORM} properties(first: 100) { edges { node { id } } } } } }`
    expect(costOf(`{ ${name(1)} ${name(2)} }`)).toBeGreaterThan(maximumCost)
  })

  it('fits the smallest bucket', () => {
    expect(bucket.TRIAL.maximum).toBeGreaterThanOrEqual(maximumCost)
  })
})
