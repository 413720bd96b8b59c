/**
 * A graph of two small subgraphs, for tests and measurements: `storms` owns a storm, `crews` adds how many crews work
 * it. Each keeps count of what it was asked.
 */
import { createRequire } from 'node:module'
import { parse } from 'graphql'
import type { DocumentNode } from 'graphql'
import { fixedClock } from '@stormops/chassis/clock'
import type { Clock } from '@stormops/chassis/clock'
import { buildSubgraph } from '@stormops/chassis/graphql/build-subgraph'
import { processSeal } from '@stormops/chassis/graphql/seal'
import type { ProcessSeal } from '@stormops/chassis/graphql/seal'
import type { FetchContext, Subgraph, SubgraphFetch } from '@stormops/chassis/graphql/subgraph'
import { signToken, temporaryKeys, tokenVerifier } from '@stormops/chassis/identity'
import type { SigningKeys, TokenClaims, Verifier } from '@stormops/chassis/identity'

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key", "@authenticated", "@requiresScopes"])`

const STORMS_SDL = `${LINK}
  scalar DateTime
  type Query {
    storm(id: ID!): Storm @authenticated
    storms(since: DateTime): [Storm!] @authenticated
    whoAsks: String @authenticated
    forecast: String! @authenticated
  }
  type Mutation { renameStorm(id: ID!, name: String!): Storm @requiresScopes(scopes: [["storms:write"]]) }
  type Storm @key(fields: "id") @authenticated {
    id: ID! name: String! county: String homes: Int loss: Int @requiresScopes(scopes: [["scores:read"]])
  }`

const CREWS_SDL = `${LINK}
  type Query { crewNames: [String!] @authenticated }
  type Storm @key(fields: "id") @authenticated { id: ID! crewCount: Int }`

export const SAMPLE_NOW = '2026-03-01T12:00:00Z'

/** What a test lets the subgraphs do; everything left out works and answers at once. */
export type SampleBehaviour = {
  readonly storm?: (id: string) => unknown
  readonly storms?: () => unknown
  readonly loss?: (id: string) => unknown
  readonly whoAsks?: (context: SampleContext) => unknown
  readonly forecast?: () => unknown
  readonly crewCounts?: (stormIds: readonly string[]) => Promise<readonly (number | null)[]>
  readonly open?: { readonly storms?: () => Promise<void>; readonly crews?: () => Promise<void> }
  readonly close?: () => Promise<void>
}

export type SampleContext = {
  readonly request: FetchContext
  readonly crewCount: { readonly load: (stormId: string) => Promise<number | null> }
}

/** `opened` holds every fetch that was let in, `contexts` what their resolvers were given, `closed` counts the ends. */
export type SampleSubgraph = Subgraph & {
  readonly opened: FetchContext[]
  readonly contexts: unknown[]
  readonly closed: { count: number }
}

export type SampleGraph = {
  readonly supergraphSdl: string
  readonly storms: SampleSubgraph
  readonly crews: SampleSubgraph
  readonly keys: SigningKeys
  readonly verify: Verifier
  readonly seal: ProcessSeal['seal']
  readonly clock: Clock
  readonly tokenFor: (claims?: Partial<TokenClaims>) => Promise<string>
}

type Storm = { readonly id: string }
type BatchLoader = new (
  load: (ids: readonly string[]) => Promise<readonly (number | null)[]>,
) => SampleContext['crewCount']
type Composer = {
  readonly composeServices: (
    services: readonly { readonly name: string; readonly typeDefs: DocumentNode }[],
  ) => { readonly supergraphSdl?: string; readonly errors?: readonly Error[] }
}

// Composing and batching are the tools of other packages; the gateway needs them for its samples alone.
const ofSchema = createRequire(import.meta.resolve('@stormops/schema/package.json'))
const ofChassis = createRequire(import.meta.resolve('@stormops/chassis/clock'))
const { composeServices }: Composer = ofSchema('@apollo/composition')
const DataLoader: BatchLoader = ofChassis('dataloader')

export const TENANT = '018f2b1c-0000-7000-8000-000000000001'
const TOKEN_SECONDS = 3_600

export const sampleStorm = (id: string) => ({
  id,
  name: `Storm ${id}`,
  county: 'Collin',
  homes: 420,
  loss: 7,
})

export const sampleGraph = async (
  behaviour: SampleBehaviour = {},
  clock: Clock = fixedClock(SAMPLE_NOW),
): Promise<SampleGraph> => {
  const keys = await temporaryKeys()
  const verify = tokenVerifier(keys, clock)
  const { seal, unseal } = processSeal()
  return {
    supergraphSdl: compose(),
    storms: sampleSubgraph('storms', STORMS_SDL, stormResolvers(behaviour), unseal, behaviour),
    crews: sampleSubgraph('crews', CREWS_SDL, CREW_RESOLVERS, unseal, behaviour),
    keys,
    verify,
    seal,
    clock,
    tokenFor: (claims = {}) => signToken(keys, { ...ANALYST, ...claims }, clock, TOKEN_SECONDS),
  }
}

const ANALYST: TokenClaims = { subject: 'user-1', kind: 'USER', tenantId: TENANT, role: 'ANALYST' }

const compose = (): string => {
  const { supergraphSdl, errors } = composeServices([
    { name: 'storms', typeDefs: parse(STORMS_SDL) },
    { name: 'crews', typeDefs: parse(CREWS_SDL) },
  ])
  if (supergraphSdl === undefined)
    throw new AggregateError(errors ?? [], 'The sample graph does not compose.')
  return supergraphSdl
}

const stormResolvers = (behaviour: SampleBehaviour) => ({
  Query: {
    storm: async (_root: unknown, { id }: Storm) => (behaviour.storm ?? sampleStorm)(id),
    storms: async () => (behaviour.storms ?? (() => ['a', 'b', 'c'].map(sampleStorm)))(),
    whoAsks: async (_root: unknown, _args: unknown, context: SampleContext) =>
      (behaviour.whoAsks ?? (({ request }: SampleContext) => request.requestId))(context),
    forecast: async () => (behaviour.forecast ?? (() => 'Hail'))(),
  },
  Mutation: {
    renameStorm: async (_root: unknown, { id, name }: Storm & { readonly name: string }) => ({
      ...sampleStorm(id),
      name,
    }),
  },
  Storm: {
    loss: async (storm: Storm) => (behaviour.loss ?? (() => sampleStorm(storm.id).loss))(storm.id),
  },
})

const CREW_RESOLVERS = {
  Query: { crewNames: () => ['Ladder', 'Tarp'] },
  Storm: {
    __resolveReference: ({ id }: Storm) => ({ id }),
    crewCount: ({ id }: Storm, _args: unknown, { crewCount }: SampleContext) => crewCount.load(id),
  },
}

const sampleSubgraph = (
  name: 'storms' | 'crews',
  sdl: string,
  resolvers: object,
  unseal: ProcessSeal['unseal'],
  behaviour: SampleBehaviour,
): SampleSubgraph => {
  const opened: FetchContext[] = []
  const contexts: unknown[] = []
  const closed = { count: 0 }
  const crewCounts = behaviour.crewCounts ?? (async (ids: readonly string[]) => ids.map(() => 2))
  const session = (request: FetchContext) => {
    const context: SampleContext = { request, crewCount: new DataLoader(crewCounts) }
    remember(opened, request)
    remember(contexts, context)
    const close = async () => {
      closed.count += 1
      await behaviour.close?.()
    }
    return { context, close }
  }
  const subgraph = buildSubgraph({
    name,
    sdl,
    resolvers,
    unseal,
    session,
  })
  const open = async (fetch: SubgraphFetch) => {
    await behaviour.open?.[name]?.()
    return subgraph.open(fetch)
  }
  return { ...subgraph, open, opened, contexts, closed }
}

/** A measurement asks a hundred thousand times, and no test looks at more than a few. */
const REMEMBERED = 100
const remember = <Thing>(list: Thing[], thing: Thing): void => {
  if (list.length < REMEMBERED) list.push(thing)
}
