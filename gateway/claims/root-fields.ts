/** What an operation asks of the root, through whatever fragments. */
import { Kind } from 'graphql'
import type { DocumentNode, OperationDefinitionNode, SelectionSetNode } from 'graphql'
import { fragmentsOf } from '@stormops/chassis/graphql/fragments'
import type { Fragments } from '@stormops/chassis/graphql/fragments'

/** Directives that may leave a field out count for nothing: it is asked. */
export const everyRootField = (
  operation: OperationDefinitionNode,
  document: DocumentNode,
  passes: (name: string) => boolean,
): boolean => every(operation.selectionSet, fragmentsOf(document), passes)

/** The document guard has bounded what fragments can grow to. */
const every = (set: SelectionSetNode, fragments: Fragments, passes: (name: string) => boolean): boolean =>
  set.selections.every((selection) => {
    if (selection.kind === Kind.FIELD) return passes(selection.name.value)
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
    return inner !== undefined && every(inner.selectionSet, fragments, passes)
  })
