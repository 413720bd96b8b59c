/** Every root field of the graph gets through to its subgraph, in whichever shape the platform runs. */
import { getNullableType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql'
import type { GraphQLInputType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isForStaffAlone, operationOf, rootFields } from '../invariants/root-fields.ts'
import type { RootField } from '../invariants/root-fields.ts'
import { openWorld } from '../world/world.ts'
import type { Client, TestTenant, World } from '../world/world.ts'

let world: World
let company: TestTenant
beforeAll(async () => {
  world = await openWorld()
  company = await world.tenant({ tier: 'ENTERPRISE' })
})
afterAll(() => world?.close())

const SCALARS: Readonly<Record<string, unknown>> = {
  ID: 'nothing_of_this_name',
  String: 'x',
  Int: 1,
  SafeInt: 1,
  Float: 0.5,
  Boolean: false,
  DateTime: '2026-03-01T00:00:00Z',
  LocalDate: '2026-03-01',
  DayOrInstant: '2026-03-01',
}

/** The least that a variable of this type may hold. */
const least = (type: GraphQLInputType): unknown => {
  if (!isNonNullType(type)) return null
  const inner = getNullableType(type)
  if (isListType(inner)) return [least(inner.ofType)]
  if (isEnumType(inner)) return inner.getValues()[0]?.name
  if (!isInputObjectType(inner)) {
    const value = SCALARS[inner.name]
    if (value === undefined) throw new Error(`Say what a ${inner.name} may be.`)
    return value
  }
  const needed = Object.values(inner.getFields()).filter(
    ({ type: of, defaultValue }) => isNonNullType(of) && defaultValue === undefined,
  )
  return Object.fromEntries(needed.map(({ name, type: of }) => [name, least(of)]))
}

const variablesOf = ({ field }: RootField): object =>
  Object.fromEntries(
    field.args
      .filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined)
      .map(({ name, type }) => [name, least(type)]),
  )

const fetches = async (): Promise<number> => {
  const counted = await world.platform.gateway.registry.getSingleMetric('subgraph_fetches_total')?.get()
  return (counted?.values ?? []).reduce((sum, { value }) => sum + value, 0)
}

const UNTOLD: ReadonlySet<unknown> = new Set(['UNAVAILABLE', 'TIMEOUT', 'INTERNAL'])

describe('the root fields', () => {
  it('are there', () => {
    expect(rootFields.length).toBeGreaterThan(80)
  })

  it.each(rootFields.map((root) => [root.name, root] as const))('%s is answered', async (name, root) => {
    const asks: Client = isForStaffAlone(name) ? world.staff : company.as('OWNER')
    const before = await fetches()
    const { errors } = await asks.send(operationOf(root), variablesOf(root))
    const codes = errors.map(({ extensions: { code } }) => code)
    expect([name, codes.filter((code) => UNTOLD.has(code))]).toEqual([name, []])
    expect([name, (await fetches()) - before, codes]).not.toEqual([name, 0, codes])
  })
})
