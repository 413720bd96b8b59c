/** The plans that a company is shown are those of the platform's own catalogue, to the cent. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCatalogue } from '../../subgraphs/billing/src/catalogue/read-catalogue.ts'
import type { Charge } from '../../subgraphs/billing/src/domain/charge.ts'
import { openWorld } from '../world/world.ts'
import type { World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const PLAN = `tier version monthlyPrice { minorUnits currency }
  charges { metric included unitSize limit unitPrice { minorUnits currency } }`

/** As the graph shows it, in numbers. */
const shown = ({ metric, included, unitSize, limit, price }: Charge) => ({
  metric,
  included: included === null ? null : Number(included),
  unitSize: Number(unitSize),
  limit,
  unitPrice:
    price?.model === 'PER_UNIT' ? { minorUnits: Number(price.unitPrice.numerator), currency: 'USD' } : null,
})

const CATALOGUE = openCatalogue('stormops').plans.map(({ tier, version, monthlyPrice, charges }) => ({
  tier,
  version,
  monthlyPrice: { minorUnits: Number(monthlyPrice?.minorUnits), currency: 'USD' },
  charges: charges.map(shown),
}))

it('shows every plan on offer as the catalogue has it', async () => {
  const tenant = await world.tenant()
  const { plans } = await tenant.as('OWNER').data(`{ plans { ${PLAN} } }`)
  expect(plans).toEqual(CATALOGUE)
})

it('shows a company its own plan, alone and with the company', async () => {
  const tenant = await world.tenant()
  const { plan, viewer } = await tenant
    .as('OWNER')
    .data(`{ plan { ${PLAN} } viewer { tenant { plan { ${PLAN} } } } }`)
  expect(CATALOGUE).toContainEqual(plan)
  expect(viewer.tenant.plan).toEqual(plan)
})
