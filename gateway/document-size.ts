/** How large the operations of a document are once their fragments are written out, each fragment measured once. */
import { Kind } from 'graphql'
import type { DocumentNode, FieldNode, SelectionSetNode } from 'graphql'
import { fragmentsOf } from '@stormops/chassis/graphql/fragments'
import type { Fragments } from '@stormops/chassis/graphql/fragments'

export type Size = {
  readonly depth: number
  /** In all. */
  readonly fields: number
  /** Fields under another name than their own, in all. */
  readonly aliases: number
  /** The most aliases that one field has in one selection. */
  readonly sameAliases: number
  /** Of the selection itself, by the name of the field: how often it is there under another name. */
  readonly own: ReadonlyMap<string, number>
  /** Fields of the selection itself. */
  readonly ownFields: number
}

export type Measured = {
  readonly kind: 'query' | 'mutation' | 'subscription' | 'fragment'
  readonly size: Size
}

export const NOTHING: Size = {
  depth: 0,
  fields: 0,
  aliases: 0,
  sameAliases: 0,
  own: new Map(),
  ownFields: 0,
}

export type SizeLimits = {
  /** Counts stop here: what doubles at each of a thousand levels is past it long before. */
  readonly largest: number
  /** Levels of selections, those of inline fragments included. */
  readonly levels: number
  readonly tooDeep: () => Error
}

/** Fragments that no operation uses are measured too: the validator would walk them all the same. */
export const measured = (document: DocumentNode, limits: SizeLimits): readonly Measured[] => {
  const scene: Scene = { fragments: fragmentsOf(document), sizes: new Map(), limits }
  return document.definitions.flatMap((definition): readonly Measured[] => {
    switch (definition.kind) {
      case Kind.OPERATION_DEFINITION:
        return [{ kind: definition.operation, size: sizeOf(definition.selectionSet, scene, 0) }]
      case Kind.FRAGMENT_DEFINITION:
        return [{ kind: 'fragment', size: sizeOf(definition.selectionSet, scene, 0) }]
      default:
        return []
    }
  })
}

type Scene = {
  readonly fragments: Fragments
  readonly sizes: Map<string, Size>
  readonly limits: SizeLimits
}

const sizeOf = (set: SelectionSetNode, scene: Scene, level: number): Size => {
  const { largest, levels, tooDeep } = scene.limits
  // Inline fragments add no depth to the answer, so the walk has a bound of its own.
  if (level > levels) throw tooDeep()
  const own = new Map<string, number>()
  let total = NOTHING
  let ownFields = 0
  for (const selection of set.selections) {
    const isField = selection.kind === Kind.FIELD
    const inner =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? sizeOfFragment(selection.name.value, scene, level)
        : selection.selectionSet === undefined
          ? NOTHING
          : sizeOf(selection.selectionSet, scene, level + 1)
    if (isField) addAliases(own, selection.name.value, aliasesOf(selection))
    else for (const [name, count] of inner.own) addAliases(own, name, count)
    ownFields = Math.min(ownFields + (isField ? 1 : inner.ownFields), largest)
    total = sum(total, inner, isField ? 1 : 0, isField ? aliasesOf(selection) : 0, largest)
  }
  const sameAliases = Math.min(Math.max(total.sameAliases, ...own.values()), largest)
  return { ...total, sameAliases, own, ownFields }
}

const sum = (total: Size, inner: Size, fields: number, aliases: number, largest: number): Size => ({
  ...total,
  depth: Math.max(total.depth, inner.depth + fields),
  fields: Math.min(total.fields + inner.fields + fields, largest),
  aliases: Math.min(total.aliases + inner.aliases + aliases, largest),
  sameAliases: Math.max(total.sameAliases, inner.sameAliases),
})

const aliasesOf = ({ alias, name }: FieldNode): number =>
  alias === undefined || alias.value === name.value ? 0 : 1

const addAliases = (own: Map<string, number>, name: string, count: number): void => {
  if (count > 0) own.set(name, (own.get(name) ?? 0) + count)
}

const sizeOfFragment = (name: string, scene: Scene, level: number): Size => {
  const known = scene.sizes.get(name)
  if (known !== undefined) return known
  const fragment = scene.fragments.get(name)
  // Unknown fragments and fragments that contain themselves are the validator's to name.
  scene.sizes.set(name, NOTHING)
  if (fragment === undefined) return NOTHING
  const size = sizeOf(fragment.selectionSet, scene, level + 1)
  scene.sizes.set(name, size)
  return size
}
