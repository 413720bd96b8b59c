/** Measures of a document that are taken before it is validated: what is too large to plan is too large to check. */
import { GraphQLError, Kind, visit } from 'graphql'
import type { DocumentNode } from 'graphql'
import { Fault } from '@stormops/chassis/fault'
import { measured } from './document-size.ts'
import type { Size, SizeLimits } from './document-size.ts'

/** A whole dashboard takes about 1,200 tokens; the parser stops at this many, before it has built much. */
export const MAX_TOKENS = 5_000

/** The introspection query that tools send is 15 deep; nothing of ours is deeper than 12. */
export const MAX_DEPTH = 15

/** Fields once fragments are written out: fragments that use each other twice would double at each level. */
export const MAX_FIELDS = 5_000

/**
 * The same field under many names in one selection is how one request tries many guesses. A dashboard asks for thirty
 * days or twelve months by alias, and for a handful of such rows.
 */
export const MAX_SAME_ALIASES = 30
export const MAX_ALIASES = 100

/** A dashboard opens with about eight; each root field may be a fetch of its own, and each change a transaction. */
export const MAX_ROOT_FIELDS = { query: 20, mutation: 10, subscription: 1 } as const

/** A page hides and shows some parts; machines that write hundreds look for a weakness in how they are walked. */
export const MAX_DIRECTIVES = 50
export const MAX_DIRECTIVES_OF_A_NODE = 10

/** What is longer belongs into variables, where each list has a bound of its own. */
export const MAX_LIST_LITERAL = 1_000

/**
 * Nodes within nodes, values and types included. The deepest admitted fields make about 50; a list within a list within
 * a list, a thousand times, would exhaust the stack of whoever walks it.
 */
const MAX_NESTING = 200

/** Throws `QUERY_TOO_COMPLEX`, saying of what there is too much. */
export const guardDocument = (document: DocumentNode): void => {
  refuseNodes(document)
  for (const { kind, size } of measured(document, SIZE_LIMITS)) {
    refuseLarge(size)
    if (kind !== 'fragment') refuseRootFields(kind, size)
  }
}

const refuseNodes = (document: DocumentNode): void => {
  let nesting = 0
  let directives = 0
  visit(document, {
    enter: (node) => {
      nesting += 1
      if (nesting > MAX_NESTING) throw tooDeep()
      const count = 'directives' in node ? (node.directives?.length ?? 0) : 0
      directives += count
      refuseMore(count, MAX_DIRECTIVES_OF_A_NODE, 'maxDirectivesOfAField', 'directives on one field')
      refuseMore(directives, MAX_DIRECTIVES, 'maxDirectives', 'directives')
      if (node.kind === Kind.LIST) {
        refuseMore(node.values.length, MAX_LIST_LITERAL, 'maxListItems', 'items in one list')
      }
    },
    leave: () => {
      nesting -= 1
    },
  })
}

const refuseLarge = ({ depth, fields, aliases, sameAliases }: Size): void => {
  if (depth > MAX_DEPTH) throw tooDeep()
  refuseMore(fields, MAX_FIELDS, 'maxFields', 'fields')
  refuseMore(sameAliases, MAX_SAME_ALIASES, 'maxAliasesOfAField', 'aliases of the same field')
  refuseMore(aliases, MAX_ALIASES, 'maxAliases', 'aliases')
}

const refuseRootFields = (kind: keyof typeof MAX_ROOT_FIELDS, { ownFields }: Size): void =>
  refuseMore(ownFields, MAX_ROOT_FIELDS[kind], 'maxRootFields', `root fields of a ${kind}`)

const refuseMore = (count: number, most: number, fact: string, what: string): void => {
  if (count <= most) return
  throw new Fault(
    'QUERY_TOO_COMPLEX',
    `This operation has more than ${most.toLocaleString('en')} ${what}. Ask for less at once.`,
    { facts: { [fact]: most } },
  )
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

const SIZE_LIMITS: SizeLimits = { largest: MAX_FIELDS + 1, levels: MAX_DEPTH * 4, tooDeep }
