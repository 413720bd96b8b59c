/** Composes the subgraphs into the supergraph the gateway runs and the API schema that clients see. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { composeServices } from '@apollo/composition'
import { Supergraph } from '@apollo/federation-internals'
import { lexicographicSortSchema, parse, print, printSchema } from 'graphql'
import { requirementsOf } from '@stormops/chassis/graphql/permissions/requirements'
import { SCHEMA_DIRECTORY, SUBGRAPHS, sdlOf } from './subgraphs.ts'

export class CompositionFault extends Error {
  override readonly name = 'CompositionFault'
}

export type Composition = { readonly supergraph: string; readonly api: string }

/** Throws `CompositionFault` with every fault the composition found. */
export const compose = (): Composition => {
  const result = composeServices(SUBGRAPHS.map((name) => ({ name, typeDefs: parse(sdlOf(name)) })))
  if (result.errors !== undefined) {
    throw new CompositionFault(result.errors.map((error) => error.message).join('\n'))
  }
  refuseUnsaid(result.supergraphSdl)
  // The gateway's own stage enforces what the security features ask for.
  const supergraph = Supergraph.build(result.supergraphSdl, { supportedFeatures: null })
  const api = lexicographicSortSchema(supergraph.apiSchema().toGraphQLJSSchema())
  return { supergraph: `${print(parse(result.supergraphSdl))}\n`, api: `${printSchema(api)}\n` }
}

/** Each subgraph checks its own fetches, so its own documents have to say it too. */
const refuseUnsaid = (supergraph: string): void => {
  const documents = [
    ...SUBGRAPHS.map((name): [string, string] => [name, sdlOf(name)]),
    ['the supergraph', supergraph] as const,
  ]
  const faults = documents.flatMap(([name, sdl]) =>
    requirementsOf(parse(sdl)).unsaid.map(
      (coordinate) => `${name}: nothing says who may ask for ${coordinate}.`,
    ),
  )
  if (faults.length > 0) throw new CompositionFault(faults.join('\n'))
}

export const SUPERGRAPH_FILE = join(SCHEMA_DIRECTORY, 'supergraph.graphql')
export const API_FILE = join(SCHEMA_DIRECTORY, 'api.graphql')

/** Names of the committed files that no longer say what the subgraphs say. */
export const outdatedFiles = (): readonly string[] => {
  const { supergraph, api } = compose()
  return [
    ...(readFileSync(SUPERGRAPH_FILE, 'utf8') === supergraph ? [] : [SUPERGRAPH_FILE]),
    ...(readFileSync(API_FILE, 'utf8') === api ? [] : [API_FILE]),
  ]
}

export const writeComposition = (): void => {
  const { supergraph, api } = compose()
  writeFileSync(SUPERGRAPH_FILE, supergraph)
  writeFileSync(API_FILE, api)
}

export const readSupergraph = (): string => readFileSync(SUPERGRAPH_FILE, 'utf8')

export const readApi = (): string => readFileSync(API_FILE, 'utf8')

if (import.meta.main) writeComposition()
