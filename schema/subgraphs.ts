/** Which documents make up which subgraph: its own folder and what all of them share. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const SUBGRAPHS = ['tenancy', 'storms', 'models', 'slos', 'billing', 'operations'] as const
export type SubgraphName = (typeof SUBGRAPHS)[number]

export const SCHEMA_DIRECTORY = fileURLToPath(new URL('.', import.meta.url))

/** Shared definitions a subgraph does not use would be dead in its schema, so each takes only what it needs. */
const SHARED: Readonly<Record<SubgraphName, readonly string[]>> = {
  tenancy: ['link', 'scalars', 'errors'],
  storms: ['link', 'scalars', 'errors'],
  models: ['link', 'scalars', 'errors'],
  slos: ['link', 'scalars'],
  billing: ['link', 'scalars', 'errors'],
  operations: ['link', 'scalars', 'errors'],
}

/** Files of one subgraph, shared ones first, each list in the order of names. */
export const documentsOf = (name: SubgraphName): readonly string[] => {
  const own = join(SCHEMA_DIRECTORY, name)
  return [
    ...SHARED[name].map((document) => join(SCHEMA_DIRECTORY, 'shared', `${document}.graphql`)),
    ...readdirSync(own)
      .filter((file) => file.endsWith('.graphql'))
      .toSorted()
      .map((file) => join(own, file)),
  ]
}

export const sdlOf = (name: SubgraphName): string =>
  documentsOf(name)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
