/** What an operation asks of the root, through whatever fragments. */
import { Kind } from 'graphql'
import type { DocumentNode, OperationDefinitionNode, SelectionSetNode } from 'graphql'

/** Directives that may leave a field out count for nothing: it is asked. */
export const everyRootField = (
  operation: OperationDefinitionNode,
  document: DocumentNode,
  passes: (name: string) => boolean,
): boolean => every(operation.selectionSet, fragmentsOf(document), passes)

type Fragments = ReadonlyMap<string, SelectionSetNode>

const fragmentsOf = (document: DocumentNode): Fragments =>
  new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition.selectionSet]] : [],
    ),
  )

/** The document guard has bounded what fragments can grow to. */
const every = (set: SelectionSetNode, fragments: Fragments, passes: (name: string) => boolean): boolean =>
  set.selections.every((selection) => {
    if (selection.kind === Kind.FIELD) return passes(selection.name.value)
    const inner =
      selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragments.get(selection.name.value)
    return inner !== undefined && every(inner, fragments, passes)
  })
