/** What must be true of a document before it is published: that it can be asked, and that its partner may ask it. */
import { GraphQLError, Kind, parse, specifiedRules, validate } from 'graphql'
import type { DocumentNode, GraphQLSchema, ValidationRule } from 'graphql'
import { Fault } from '@stormops/chassis/fault'
import { guardDocument, MAX_TOKENS } from '../document-guard.ts'

/** Null when whoever has these permissions may ask the operation; it is the only one of its document. */
export type Permits = (
  document: DocumentNode,
  operationName: string,
  scopes: readonly string[],
) => Promise<Fault | null>

export type CheckedOperation =
  | { readonly kind: 'sound'; readonly name: string }
  | { readonly kind: 'faulty'; readonly faults: readonly string[] }

export type OperationCheck = (document: string, scopes: readonly string[]) => Promise<CheckedOperation>

/** Somebody who made ten mistakes in one operation is helped enough by ten sentences. */
const MAX_FAULTS = 10

const LONGEST_NAME = 200

/** `schema` is the graph as clients see it. */
export const operationCheck =
  (schema: GraphQLSchema, permits: Permits): OperationCheck =>
  async (text, scopes) => {
    const document = readDocument(text)
    if (!('kind' in document)) return faulty(document)
    const name = nameOfOnly(document)
    if (name.kind === 'faulty') return name
    const faults = faultsOf(schema, document)
    if (faults.length > 0) return faulty(faults)
    const fault = await permits(document, name.name, scopes)
    return fault === null ? name : faulty([fault.message])
  }

/** What is wrong with a document in a schema, in the validator's words; none when it can be asked. */
export const faultsOf = (schema: GraphQLSchema, document: DocumentNode): readonly string[] =>
  validate(schema, document, [...specifiedRules, asksForNoShape], {
    maxErrors: MAX_FAULTS,
  }).map(({ message }) => message)

const asksForNoShape: ValidationRule = (context) => ({
  Field: (field) => {
    const { value } = field.name
    if (value !== '__schema' && value !== '__type') return
    const message = `A published operation may not ask how the graph is shaped, which ${value} does.`
    context.reportError(new GraphQLError(message, { nodes: field }))
  },
})

const faulty = (faults: readonly string[]): CheckedOperation => ({ kind: 'faulty', faults })

/** The document, or what is wrong with its text. */
const readDocument = (text: string): DocumentNode | readonly string[] => {
  try {
    const document = parse(text, { maxTokens: MAX_TOKENS })
    guardDocument(document)
    return document
  } catch (cause) {
    if (cause instanceof Fault) return [cause.message]
    if (cause instanceof RangeError) return ['The document is nested too deeply to be read.']
    if (!(cause instanceof GraphQLError)) throw cause
    return [cause.message]
  }
}

const nameOfOnly = (document: DocumentNode): CheckedOperation => {
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
  const [operation] = operations
  if (operation?.kind !== Kind.OPERATION_DEFINITION || operations.length > 1) {
    return faulty([`A document holds one operation; this one holds ${operations.length}.`])
  }
  const name = operation.name?.value
  if (name === undefined) return faulty(['The operation needs a name, by which people know it.'])
  if (name.length > LONGEST_NAME)
    return faulty([`The operation’s name has more than ${LONGEST_NAME} characters.`])
  return { kind: 'sound', name }
}
