/** Errors of one fetch from a subgraph: sorted into what the client is told and what only the log is told. */
import { Kind } from 'graphql'
import type { DocumentNode, GraphQLError, GraphQLFormattedError, SelectionSetNode } from 'graphql'
import type { Fault } from '../fault.ts'
import type { Log } from '../telemetry/log.ts'
import { faultIn, maskedMessage } from './told-fault.ts'

/** A list of a thousand places that failed alike is told by its first fifty. */
const MAX_REPEATED_ERRORS = 50

const ENTITIES_FIELD = '_entities'
const REPRESENTATIONS = 'representations'

export type FetchScene = { readonly subgraph: string; readonly requestId: string; readonly log: Log }

/** Errors of an executed fetch. Causes that are no faults are logged here, each once. */
export const fieldErrors = (
  errors: readonly GraphQLError[],
  scene: FetchScene,
): readonly GraphQLFormattedError[] => {
  const logged = new Set<unknown>()
  return errors.map((error) => {
    const place = error.path === undefined ? {} : { path: error.path }
    const fault = faultIn(error)
    if (fault !== null) {
      const isAlarming = fault.code === 'UNAVAILABLE' || fault.code === 'TIMEOUT'
      if (isAlarming) logOnce(logged, error, 'warn', scene)
      return { message: fault.message, ...place, extensions: { ...fault.facts, code: fault.code } }
    }
    if (isBadInput(error)) {
      return { message: error.message, ...place, extensions: { code: 'BAD_USER_INPUT' } }
    }
    logOnce(logged, error, 'error', scene)
    return { message: maskedMessage(scene.requestId), ...place, extensions: { code: 'INTERNAL' } }
  })
}

const logOnce = (
  logged: Set<unknown>,
  error: GraphQLError,
  level: 'warn' | 'error',
  scene: FetchScene,
): void => {
  const cause = error.originalError ?? error
  if (logged.has(cause) || logged.has(cause.message)) return
  logged.add(cause)
  logged.add(cause.message)
  const { subgraph, requestId } = scene
  scene.log[level]({ err: cause, requestId, subgraph, path: error.path }, 'A field could not be answered.')
}

/**
 * GraphQL itself refused a value: the gateway does not know the inside of a custom scalar, so a date that is none is
 * found only here. Such an error points at the value, one of a resolver points at its field.
 */
const isBadInput = (error: GraphQLError): boolean => {
  const node = error.nodes?.[0]
  if (node === undefined || node.kind === Kind.FIELD) return false
  return node.kind !== Kind.VARIABLE_DEFINITION || node.variable.name.value !== REPRESENTATIONS
}

/**
 * One error for each place of the answer that a fetch was to fill and did not: it was not opened, or not answered in
 * time. `variables` are those of the fetch.
 */
export const unansweredErrors = (
  fault: Fault,
  document: DocumentNode | null,
  variables: Readonly<Record<string, unknown>>,
): readonly GraphQLFormattedError[] => {
  const extensions = { ...fault.facts, code: fault.code }
  const paths = document === null ? [] : placesOf(document, variables)
  if (paths.length === 0) return [{ message: fault.message, extensions }]
  return paths.slice(0, MAX_REPEATED_ERRORS).map((path) => ({ message: fault.message, path, extensions }))
}

const placesOf = (
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): readonly (readonly (string | number)[])[] => {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  if (operation === undefined) return []
  const representations = variables[REPRESENTATIONS]
  const root = operation.selectionSet.selections[0]
  if (!Array.isArray(representations) || root?.kind !== Kind.FIELD || root.name.value !== ENTITIES_FIELD) {
    return namesOf(operation.selectionSet, null).map((name) => [name])
  }
  return representations.flatMap((representation: unknown, index) =>
    namesOf(root.selectionSet, typeNameOf(representation)).map((name) => [ENTITIES_FIELD, index, name]),
  )
}

const typeNameOf = (representation: unknown): string | null =>
  typeof representation === 'object' &&
  representation !== null &&
  '__typename' in representation &&
  typeof representation.__typename === 'string'
    ? representation.__typename
    : null

/** Response names of a set, looking into inline fragments that fit the type; plans spread no named fragments. */
const namesOf = (set: SelectionSetNode | undefined, typeName: string | null): string[] =>
  (set?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) {
      const name = (selection.alias ?? selection.name).value
      return name.startsWith('__') ? [] : [name]
    }
    if (selection.kind !== Kind.INLINE_FRAGMENT) return []
    const condition = selection.typeCondition?.name.value
    return condition === undefined || typeName === null || condition === typeName
      ? namesOf(selection.selectionSet, typeName)
      : []
  })
