/** A graph in which one query takes sixteen fetches: a storm of one subgraph, and a figure of it from each of fifteen. */
import { composeServices } from '@apollo/composition'
import { buildSubgraph } from '@stormops/chassis/graphql/build-subgraph'
import { processSeal } from '@stormops/chassis/graphql/seal'
import type { Seal } from '@stormops/chassis/graphql/seal'
import type { Subgraph } from '@stormops/chassis/graphql/subgraph'
import { parse } from 'graphql'

export const FETCHES = 16

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key", "@authenticated", "@requiresScopes"])`
const FIGURES = Array.from({ length: FETCHES - 1 }, (_, place) => `figure${place + 1}`)

const STORMS_SDL = `${LINK}
  type Query { storm(id: ID!): Storm @requiresScopes(scopes: [["storms:read"]]) }
  type Storm @key(fields: "id") @authenticated { id: ID! name: String! county: String homes: Int }`

const figureSdl = (figure: string): string => `${LINK}
  type Query { ${figure}Total: Int @authenticated }
  type Storm @key(fields: "id") @authenticated { id: ID! ${figure}: Int @requiresScopes(scopes: [["scores:read"]]) }`

export const WIDE_QUERY = `query Wide($id: ID!) { storm(id: $id) { id name county homes ${FIGURES.join(' ')} } }`
export const SMALL_QUERY = 'query Small($id: ID!) { storm(id: $id) { id name county homes } }'

export type WideGraph = {
  readonly supergraphSdl: string
  readonly subgraphs: readonly Subgraph[]
  readonly seal: Seal
}

export const wideGraph = (): WideGraph => {
  const { seal, unseal } = processSeal()
  const storm = (id: string) => ({ id, name: `Storm ${id}`, county: 'Collin', homes: 420 })
  const services = [
    {
      name: 'storms',
      sdl: STORMS_SDL,
      resolvers: { Query: { storm: (_: unknown, { id }: { id: string }) => storm(id) } },
    },
    ...FIGURES.map((figure, place) => ({
      name: figure,
      sdl: figureSdl(figure),
      resolvers: {
        Storm: { __resolveReference: ({ id }: { id: string }) => ({ id }), [figure]: () => place },
      },
    })),
  ]
  const composed = composeServices(services.map(({ name, sdl }) => ({ name, typeDefs: parse(sdl) })))
  if (composed.supergraphSdl === undefined)
    throw new AggregateError(composed.errors ?? [], 'It does not compose.')
  return {
    supergraphSdl: composed.supergraphSdl,
    seal,
    subgraphs: services.map(({ name, sdl, resolvers }) =>
      buildSubgraph({
        name,
        sdl,
        resolvers,
        unseal,
        session: () => ({ context: {}, close: async () => undefined }),
      }),
    ),
  }
}
