/**
 * What became of the graph since the last release: what changed for clients, and which operations that somebody relies
 * on the graph would not answer any more.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { CriticalityLevel, diff } from '@graphql-inspector/core'
import type { Change } from '@graphql-inspector/core'
import { Fault } from '@stormops/chassis/fault'
import { apiSchemaOf } from '@stormops/gateway/persisted/api-schema'
import { faultsOf } from '@stormops/gateway/persisted/operation-check'
import { readApi } from '@stormops/schema/compose.ts'
import { SCHEMA_DIRECTORY } from '@stormops/schema/subgraphs.ts'
import { GraphQLError, parse } from 'graphql'
import type { GraphQLSchema } from 'graphql'
import { readOperations } from './operation-files.ts'

/** The graph as clients saw it last; whoever releases writes it anew. */
export const RELEASED_FILE = join(SCHEMA_DIRECTORY, 'released.graphql')

/** Operations of our own frontends, of partners and of staff, in a folder each. */
export const OPERATION_FOLDERS = ['frontend', 'partner', 'staff'].map((folder) =>
  join(SCHEMA_DIRECTORY, 'operations', folder),
)

export type SchemaChange = { readonly path: string; readonly message: string }

export type KnownOperation = {
  /** Whose it is: a file, or a company. */
  readonly of: string
  readonly name: string
  readonly document: string
}

export type BrokenOperation = {
  readonly of: string
  readonly name: string
  readonly faults: readonly string[]
}

export type SchemaCheck = {
  readonly breaking: readonly SchemaChange[]
  readonly dangerous: readonly SchemaChange[]
  readonly safe: readonly SchemaChange[]
  readonly broken: readonly BrokenOperation[]
  /** How many operations were tried. */
  readonly operations: number
}

/** Both schemas as SDL. */
export const checkSchema = async (
  released: string,
  current: string,
  operations: readonly KnownOperation[],
): Promise<SchemaCheck> => {
  const schema = apiSchemaOf(current)
  const changes = await diff(apiSchemaOf(released), schema)
  const of = (level: CriticalityLevel): readonly SchemaChange[] =>
    changes.filter(({ criticality }) => criticality.level === level).map(changeOf)
  const broken = operations.flatMap(({ of: owner, name, document }) => {
    const faults = faultsIn(schema, document)
    return faults.length === 0 ? [] : [{ of: owner, name, faults }]
  })
  return {
    breaking: of(CriticalityLevel.Breaking),
    dangerous: of(CriticalityLevel.Dangerous),
    safe: of(CriticalityLevel.NonBreaking),
    broken,
    operations: operations.length,
  }
}

const faultsIn = (schema: GraphQLSchema, document: string): readonly string[] => {
  try {
    return faultsOf(schema, parse(document))
  } catch (cause) {
    if (cause instanceof GraphQLError) return [cause.message]
    throw cause
  }
}

const changeOf = ({ path = '', message }: Change): SchemaChange => ({ path, message })

export const isPassed = ({ breaking, broken }: SchemaCheck): boolean =>
  breaking.length === 0 && broken.length === 0

const NAME = /\b(?:query|mutation)\s+(\w+)/

/** The operations that are kept with the schema. */
export const committedOperations = (): readonly KnownOperation[] =>
  OPERATION_FOLDERS.flatMap(readOperations).map(({ file, document }) => ({
    of: relative(SCHEMA_DIRECTORY, file),
    name: NAME.exec(document)?.[1] ?? file,
    document,
  }))

export const readReleased = (): string => {
  if (!existsSync(RELEASED_FILE)) {
    throw new Fault('NOT_FOUND', 'There is no release to compare with. Write one: stormops schema release.')
  }
  return readFileSync(RELEASED_FILE, 'utf8')
}

export const writeReleased = (): void => writeFileSync(RELEASED_FILE, readApi())

/** Against the committed schema, with the operations that are kept with it and those given. */
export const checkAgainstRelease = (more: readonly KnownOperation[] = []): Promise<SchemaCheck> =>
  checkSchema(readReleased(), readApi(), [...committedOperations(), ...more])

const section = (title: string, changes: readonly SchemaChange[]): readonly string[] =>
  changes.length === 0 ? [] : [title, ...changes.map(({ message }) => `  ${message}`)]

/** For a person. */
export const checkLines = (check: SchemaCheck): readonly string[] => [
  ...section('Breaking:', check.breaking),
  ...section('Dangerous:', check.dangerous),
  ...section('Safe:', check.safe),
  ...(check.broken.length === 0 ? [] : ['Operations that would break:']),
  ...check.broken.flatMap(({ of, name, faults }) => [
    `  ${name} (${of})`,
    ...faults.map((fault) => `    ${fault}`),
  ]),
  `${check.breaking.length} breaking, ${check.dangerous.length} dangerous and ${check.safe.length} safe changes since the last release; ${check.broken.length} of ${check.operations} operations would break.`,
  ...(check.breaking.length === 0
    ? []
    : ['When clients are meant to break, and know it: stormops schema release.']),
]
