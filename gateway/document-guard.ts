/** Measures of a document that are taken before it is validated: what is too large to plan is too large to check. */
import { GraphQLError, Kind, visit } from 'graphql'
import type { DocumentNode, FragmentDefinitionNode, SelectionSetNode } from 'graphql'
import { Fault } from '@stormops/chassis/fault'

/** A whole dashboard takes about 1,200 tokens; the parser stops at this many, before it has built much. */
export const MAX_TOKENS = 5_000

/** The introspection query that tools send is 15 deep; nothing of ours is deeper than 12. */
export const MAX_DEPTH = 15

/** Fields once fragments are written out: fragments that use each other twice would double at each level. */
export const MAX_FIELDS = 5_000

/**
 * Nodes within nodes, values and types included. The deepest admitted fields make about 50; a list within a list within
 * a list, a thousand times, would exhaust the stack of whoever walks it.
 */
const MAX_NESTING = 200

type Size = { readonly depth: number; readonly fields: number }

const NOTHING: Size = { depth: 0, fields: 0 }

/** Throws `QUERY_TOO_COMPLEX` for a document whose operations are too deep or ask for too many fields. */
export const guardDocument = (document: DocumentNode): void => {
  refuseNesting(document)
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  const sizes = new Map<string, Size>()
  // Fragments that no operation uses are measured too: the validator would walk them all the same.
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION || definition.kind === Kind.FRAGMENT_DEFINITION) {
      refuseLarge(sizeOf(definition.selectionSet, fragments, sizes, 0))
    }
  }
}

const refuseNesting = (document: DocumentNode): void => {
  let nesting = 0
  visit(document, {
    enter: () => {
      nesting += 1
      if (nesting > MAX_NESTING) throw tooDeep()
    },
    leave: () => {
      nesting -= 1
    },
  })
}

const refuseLarge = (size: Size): void => {
  if (size.depth > MAX_DEPTH) throw tooDeep()
  if (size.fields > MAX_FIELDS) {
    throw new Fault(
      'QUERY_TOO_COMPLEX',
      `This operation asks for more than ${MAX_FIELDS.toLocaleString('en')} fields. Ask for less at once.`,
      { facts: { maxFields: MAX_FIELDS } },
    )
  }
}

/** What the validator says when comparing fields pair by pair took more than it allows itself. */
const COMPARISONS_EXHAUSTED = 'Validation aborted.'

/**
 * Parser and validator have bounds of their own and report them like any mistake: the `QUERY_TOO_COMPLEX` that such
 * an error of theirs means, null for any other.
 */
export const tooComplexIn = ({ message, extensions, originalError }: GraphQLError): Fault | null => {
  const { code } = extensions
  if (code === 'GRAPHQL_VALIDATION_FAILED' && message === COMPARISONS_EXHAUSTED) {
    return new Fault('QUERY_TOO_COMPLEX', 'This operation asks for the same fields too many times over.')
  }
  if (code !== 'GRAPHQL_PARSE_FAILED') return null
  if (message.includes(`more that ${MAX_TOKENS} tokens`)) return tooLong(originalError)
  // Within the tokens allowed, a text can still nest deeper than the parser's stack.
  const cause = originalError instanceof GraphQLError ? originalError.originalError : originalError
  return cause instanceof RangeError ? tooDeep(cause) : null
}

const tooLong = (cause: unknown): Fault =>
  new Fault(
    'QUERY_TOO_COMPLEX',
    `This document is longer than ${MAX_TOKENS.toLocaleString('en')} tokens. Ask for less at once.`,
    { cause, facts: { maxTokens: MAX_TOKENS } },
  )

const tooDeep = (cause?: unknown): Fault =>
  new Fault('QUERY_TOO_COMPLEX', `This operation is more than ${MAX_DEPTH} levels deep.`, {
    cause,
    facts: { maxDepth: MAX_DEPTH },
  })

const sizeOf = (
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  sizes: Map<string, Size>,
  level: number,
): Size => {
  // Inline fragments add no depth to the answer, so the walk has a bound of its own.
  if (level > MAX_DEPTH * 4) throw tooDeep()
  let depth = 0
  let fields = 0
  for (const selection of set.selections) {
    let inner = NOTHING
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      inner = sizeOfFragment(selection.name.value, fragments, sizes, level)
    } else if (selection.selectionSet !== undefined) {
      inner = sizeOf(selection.selectionSet, fragments, sizes, level + 1)
    }
    const isField = selection.kind === Kind.FIELD
    depth = Math.max(depth, inner.depth + (isField ? 1 : 0))
    fields = Math.min(fields + inner.fields + (isField ? 1 : 0), MAX_FIELDS + 1)
  }
  return { depth, fields }
}

const sizeOfFragment = (
  name: string,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  sizes: Map<string, Size>,
  level: number,
): Size => {
  const known = sizes.get(name)
  if (known !== undefined) return known
  const fragment = fragments.get(name)
  // Unknown fragments and fragments that contain themselves are the validator's to name.
  sizes.set(name, NOTHING)
  if (fragment === undefined) return NOTHING
  const size = sizeOf(fragment.selectionSet, fragments, sizes, level + 1)
  sizes.set(name, size)
  return size
}
