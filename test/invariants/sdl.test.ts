/** What the schema's lint cannot say: how mutations, times, money and lists are shaped. */
import { readFileSync } from 'node:fs'
import { SUBGRAPHS, documentsOf } from '@stormops/schema/subgraphs.ts'
import { Kind, parse } from 'graphql'
import type {
  DefinitionNode,
  FieldDefinitionNode,
  InputValueDefinitionNode,
  TypeNode,
  UnionTypeDefinitionNode,
} from 'graphql'
import { describe, expect, it } from 'vitest'

const files = new Set(SUBGRAPHS.flatMap(documentsOf))
const definitions = [...files].flatMap((file) => parse(readFileSync(file, 'utf8')).definitions)

type Place = { readonly type: string; readonly field: FieldDefinitionNode | InputValueDefinitionNode }

const fieldsOf = (definition: DefinitionNode): readonly Place[] => {
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_EXTENSION:
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return (definition.fields ?? []).map((field) => ({ type: definition.name.value, field }))
    default:
      return []
  }
}

const places = definitions.flatMap(fieldsOf)
const objectTypes = definitions.filter((definition) => definition.kind === Kind.OBJECT_TYPE_DEFINITION)
const unions = new Map<string, UnionTypeDefinitionNode>(
  definitions.flatMap((definition) =>
    definition.kind === Kind.UNION_TYPE_DEFINITION ? [[definition.name.value, definition]] : [],
  ),
)
const mutations = places.flatMap(({ type, field }) =>
  type === 'Mutation' && field.kind === Kind.FIELD_DEFINITION ? [field] : [],
)
const userErrors = new Set(
  objectTypes
    .filter(({ interfaces }) => interfaces?.some(({ name }) => name.value === 'UserError'))
    .map(({ name }) => name.value),
)

const spelled = (type: TypeNode): string => {
  switch (type.kind) {
    case Kind.NAMED_TYPE:
      return type.name.value
    case Kind.LIST_TYPE:
      return `[${spelled(type.type)}]`
    case Kind.NON_NULL_TYPE:
      return `${spelled(type.type)}!`
  }
}
const coordinate = ({ type, field }: Place): string => `${type}.${field.name.value}`
const nameOf = ({ field }: Place): string => field.name.value
const bare = ({ field }: Place): string => spelled(field.type).replaceAll(/[[\]!]/g, '')
const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

/** Three mutations move a storm along one line of states: one input and one result say the same of all. */
const SHARED_SHAPE = new Map([
  ['activateStorm', 'MoveStorm'],
  ['completeStorm', 'MoveStorm'],
  ['archiveStorm', 'MoveStorm'],
  ['restoreStorm', 'MoveStorm'],
])
const shapeOf = (mutation: FieldDefinitionNode): string =>
  SHARED_SHAPE.get(mutation.name.value) ?? capitalised(mutation.name.value)

/** Mutations that need to be told nothing. */
const WITHOUT_INPUT = new Set(['createUpload', 'signOut'])

/** A browser brings its cookie, and has nothing to say beside it. */
const WITH_OPTIONAL_INPUT = new Set(['refreshSession', 'createBillingPortal'])

describe('the schema', () => {
  it('is found before it is judged', () => {
    expect(files.size).toBeGreaterThan(12)
    expect(objectTypes.length).toBeGreaterThan(80)
    expect(mutations.length).toBeGreaterThan(15)
    expect(userErrors.size).toBeGreaterThan(10)
  })

  it('calls no type Subscription, which is what GraphQL calls a root', () => {
    expect(objectTypes.map(({ name }) => name.value)).not.toContain('Subscription')
  })

  it('names an instant for what happens At it', () => {
    const instants = places.filter((place) => bare(place) === 'DateTime')
    expect(instants.length).toBeGreaterThan(10)
    expect(instants.filter((place) => !/(^at|At)$/.test(nameOf(place))).map(coordinate)).toEqual([])
  })

  it('names a day for what happens On it, but for the days of a series', () => {
    const days = places.filter((place) => bare(place) === 'LocalDate')
    expect(days.length).toBeGreaterThan(0)
    expect(days.filter((place) => !/(^day|On)$/.test(nameOf(place))).map(coordinate)).toEqual([])
  })

  // Points that operations cost, by the name that clients of other graphs know it by; and figures of several currencies.
  const NOT_MONEY: readonly string[] = ['RateLimit.cost', 'Query.platformRevenue']

  it('gives money its currency', () => {
    const monies = places.filter(
      (place) =>
        /(amount|cost|price|revenue|balance)$/i.test(nameOf(place)) && !NOT_MONEY.includes(coordinate(place)),
    )
    expect(monies.length).toBeGreaterThan(3)
    expect(monies.filter((place) => !/^Money|Money$/.test(bare(place))).map(coordinate)).toEqual([])
  })

  it('names what is not an opaque id of ours a String, and what is one an ID', () => {
    const ids = places.filter((place) => /^id$|Ids?$/.test(nameOf(place)))
    expect(ids.length).toBeGreaterThan(30)
    expect(ids.filter((place) => bare(place) !== 'ID' && !isTheirs(place)).map(coordinate)).toEqual([])
  })
})

/**
 * Ids that others give, or that name things of more than one kind; an experiment's rows bring their own, and a document
 * is named by its hash.
 */
const THEIR_IDS = new Set([
  'eventId',
  'externalId',
  'clientEventId',
  'requestId',
  'subjectId',
  'ExperimentRowInput.id',
  'PublishedOperationInput.id',
  'documentId',
  'ExperimentColumnsInput.id',
])

const isTheirs = (place: Place): boolean => THEIR_IDS.has(nameOf(place)) || THEIR_IDS.has(coordinate(place))

describe('a mutation', () => {
  it.each(mutations.map((mutation) => [mutation.name.value, mutation] as const))(
    '%s is a verb and a noun, takes one input and a key, and answers with a union',
    (name, mutation) => {
      expect(name).toMatch(/^[a-z]+[A-Z]/)
      const parameters = (mutation.arguments ?? []).map((one) => `${one.name.value}: ${spelled(one.type)}`)
      expect(parameters).toEqual([
        ...(WITHOUT_INPUT.has(name)
          ? []
          : [`input: ${shapeOf(mutation)}Input${WITH_OPTIONAL_INPUT.has(name) ? '' : '!'}`]),
        'idempotencyKey: String',
      ])
      expect(spelled(mutation.type)).toBe(`${shapeOf(mutation)}Result`)
    },
  )

  it.each(mutations.map((mutation) => [mutation.name.value, mutation] as const))(
    '%s succeeds in one way, and fails only with something for a person to read',
    (_name, mutation) => {
      const members = unions.get(`${shapeOf(mutation)}Result`)?.types?.map(({ name }) => name.value) ?? []
      expect(members[0]).toBe(`${shapeOf(mutation)}Success`)
      expect(members.slice(1).filter((member) => !userErrors.has(member))).toEqual([])
      expect(members).toContain('IdempotencyKeyReused')
    },
  )
})

/** Lists that are whole in one answer, and what keeps them short. */
const SHORT_LISTS: Readonly<Record<string, string>> = {
  'Query.plans': 'one per tier',
  'Query.cells': 'a database server each',
  'Query.models': 'a handful of kinds of model',
  'Query.slos': 'a fixed set of promises',
  'Query.usage': 'one per metric',
  'Query.quotas': 'one per metric',
  'Query.planHistory': 'the newest fifty, which no company fills',
  'Query.sessions': 'twenty at most of one person',
  'Pilot.steps': 'the steps of one job',
}

describe('a list', () => {
  const entities = new Set([
    'Query',
    ...objectTypes
      .filter(({ directives }) => directives?.some(({ name }) => name.value === 'key'))
      .map(({ name }) => name.value),
  ])
  const objects = new Set(objectTypes.map(({ name }) => name.value))
  const ofThings = places.filter(
    (place) =>
      entities.has(place.type) && spelled(place.field.type).startsWith('[') && objects.has(bare(place)),
  )
  const connections = places.filter((place) => /Connection!?$/.test(spelled(place.field.type)))

  it('is a connection where it can pass fifty', () => {
    expect(connections.length).toBeGreaterThan(4)
    expect(ofThings.map(coordinate).filter((name) => SHORT_LISTS[name] === undefined)).toEqual([])
  })

  it('is excused from being one only as long as it is there', () => {
    expect(Object.keys(SHORT_LISTS).toSorted()).toEqual(ofThings.map(coordinate).toSorted())
  })

  it('of pages is read forward from the newest fifty', () => {
    const odd = connections.filter(({ field }) => {
      const parameters = field.kind === Kind.FIELD_DEFINITION ? (field.arguments ?? []) : []
      const first = parameters.find(({ name }) => name.value === 'first')
      const after = parameters.find(({ name }) => name.value === 'after')
      const isFifty = first?.defaultValue?.kind === Kind.INT && first.defaultValue.value === '50'
      return !isFifty || after === undefined || spelled(after.type) !== 'String'
    })
    expect(odd.map(coordinate)).toEqual([])
  })
})
