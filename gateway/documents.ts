/**
 * What a client may ask: its text is parsed, measured and checked against the graph once, and the verdict is kept
 * by the text.
 */
import { createHash } from 'node:crypto'
import { GraphQLError, Kind, NoSchemaIntrospectionCustomRule, parse, specifiedRules, validate } from 'graphql'
import type { DocumentNode, GraphQLSchema, SelectionSetNode } from 'graphql'
import { Fault } from '@stormops/chassis/fault'
import { guardDocument, MAX_TOKENS, tooDeep } from './document-guard.ts'
import { RecentlyUsed } from './parsed-documents.ts'

/** Somebody who made twenty mistakes is helped enough by twenty messages. */
const MAX_VALIDATION_ERRORS = 20

/** What the validator says, and nothing else, when comparing fields pair by pair took more than it allows itself. */
const COMPARISONS_EXHAUSTED = 'Validation aborted.'

export type OperationType = 'query' | 'mutation' | 'subscription'

export type AdmittedOperation = {
  readonly name: string | null
  readonly type: OperationType
  /** True when it asks for nothing but the shape of the graph (`__typename`, `__schema`, `__type`). */
  readonly asksOnlyForShape: boolean
}

export type AdmittedDocument = {
  readonly document: DocumentNode
  /** SHA-256 of the text, in hex. */
  readonly hash: string
  readonly operations: readonly AdmittedOperation[]
}

/** The text is no operation of this graph; `errors` carry the codes GraphQL clients know. */
export class DocumentRefused extends Error {
  override readonly name = 'DocumentRefused'
  readonly errors: readonly GraphQLError[]

  constructor(errors: readonly GraphQLError[]) {
    super(errors[0]?.message ?? 'The document was refused.')
    this.errors = errors
  }
}

export type Documents = {
  /** Throws `DocumentRefused`, or `Fault` QUERY_TOO_COMPLEX. */
  readonly admit: (text: string) => AdmittedDocument
}

export const createDocuments = (schema: GraphQLSchema, introspection: boolean): Documents => {
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule]
  const recent = new RecentlyUsed<AdmittedDocument>()

  const check = (text: string): AdmittedDocument => {
    const document = parseWithin(text)
    guardDocument(document)
    // Where the graph's shape is not shown, a hint must not show it name by name.
    const errors = validate(schema, document, rules, {
      maxErrors: MAX_VALIDATION_ERRORS,
      hideSuggestions: !introspection,
    })
    if (errors.some((error) => error.message === COMPARISONS_EXHAUSTED)) {
      throw new Fault('QUERY_TOO_COMPLEX', 'This operation asks for the same fields too many times over.')
    }
    if (errors.length > 0) throw new DocumentRefused(errors.map(invalid))
    const hash = createHash('sha256').update(text).digest('hex')
    return { document, hash, operations: operationsOf(document) }
  }

  return {
    admit: (text) => {
      const known = recent.get(text)
      if (known !== undefined) return known
      const admitted = check(text)
      recent.keep(text, admitted)
      return admitted
    },
  }
}

/** Throws `DocumentRefused` unless the document has the operation the request means. */
export const operationOf = (admitted: AdmittedDocument, name: string | null): AdmittedOperation => {
  const operation =
    name === null
      ? admitted.operations.length === 1 && admitted.operations[0]
      : admitted.operations.find((candidate) => candidate.name === name)
  if (!operation) {
    throw new DocumentRefused([coded(whyNoOperation(admitted, name), 'OPERATION_RESOLUTION_FAILURE')])
  }
  return operation
}

const whyNoOperation = (admitted: AdmittedDocument, name: string | null): string => {
  if (name !== null) return `The document has no operation named "${name.slice(0, 100)}".`
  return admitted.operations.length === 0
    ? 'The document holds no operation.'
    : 'The document holds several operations; say which one with operationName.'
}

const parseWithin = (text: string): DocumentNode => {
  try {
    return parse(text, { maxTokens: MAX_TOKENS })
  } catch (cause) {
    // Within the tokens allowed, a text can still nest deeper than the parser's stack.
    if (cause instanceof RangeError) throw tooDeep(cause)
    if (!(cause instanceof GraphQLError)) throw cause
    if (cause.message.includes(`more that ${MAX_TOKENS} tokens`)) {
      throw new Fault(
        'QUERY_TOO_COMPLEX',
        `This document is longer than ${MAX_TOKENS.toLocaleString('en')} tokens. Ask for less at once.`,
        { cause, facts: { maxTokens: MAX_TOKENS } },
      )
    }
    throw new DocumentRefused([coded(cause.message, 'GRAPHQL_PARSE_FAILED', cause)])
  }
}

const coded = (message: string, code: string, original?: GraphQLError): GraphQLError =>
  new GraphQLError(message, {
    source: original?.source ?? null,
    positions: original?.positions ?? null,
    extensions: { code },
  })

const invalid = (error: GraphQLError): GraphQLError =>
  new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
  })

const operationsOf = (document: DocumentNode): AdmittedOperation[] => {
  const fragments = new Map<string, SelectionSetNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition.selectionSet)
    }
  }
  return document.definitions.flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION
      ? [
          {
            name: node.name?.value ?? null,
            type: node.operation,
            asksOnlyForShape: asksOnlyForShape(node.selectionSet, fragments),
          },
        ]
      : [],
  )
}

const asksOnlyForShape = (set: SelectionSetNode, fragments: ReadonlyMap<string, SelectionSetNode>): boolean =>
  set.selections.every((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value.startsWith('__')
    const inner =
      selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragments.get(selection.name.value)
    return inner !== undefined && asksOnlyForShape(inner, fragments)
  })
