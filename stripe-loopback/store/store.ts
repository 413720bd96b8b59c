/** Everything this Stripe knows: objects by kind and id, in the order in which they came to be. */
import type { Change, Journal } from './journal.ts'
import type { Kind, Of, Stored } from './objects.ts'

export type Store = {
  readonly put: (object: Stored) => void
  readonly remove: (kind: Kind, id: string) => void
  readonly maybe: <K extends Kind>(kind: K, id: string) => Of<K> | null
  /** Oldest first. */
  readonly all: <K extends Kind>(kind: K) => readonly Of<K>[]
  /** The object of whatever kind that has this id, without the loopback's own records. */
  readonly byId: (id: string) => Stored | null
  /** Writes down what was changed since. */
  readonly commit: () => void
  /** Undoes what was changed since. */
  readonly rollback: () => void
  readonly clear: () => void
  readonly everything: () => readonly Stored[]
}

export const createStore = (
  before: readonly Change[],
  journalOf: (all: readonly Stored[]) => Journal,
): Store & { readonly close: () => void } => {
  const kinds = new Map<Kind, Map<string, Stored>>()
  const ofKind = (kind: Kind): Map<string, Stored> => {
    const known = kinds.get(kind) ?? new Map<string, Stored>()
    kinds.set(kind, known)
    return known
  }
  const apply = (change: Change): void => {
    if ('put' in change) ofKind(change.put.object).set(change.put.id, change.put)
    else ofKind(change.remove.object).delete(change.remove.id)
  }
  for (const change of before) apply(change)
  const everything = (): readonly Stored[] => [...kinds.values()].flatMap((objects) => [...objects.values()])
  const journal = journalOf(everything())
  let changes: Change[] = []
  let undone: Change[] = []
  const change = (one: Change): void => {
    const { object, id } = 'put' in one ? one.put : one.remove
    const was = ofKind(object).get(id)
    undone.push(was === undefined ? { remove: { object, id } } : { put: was })
    apply(one)
    changes.push(one)
  }
  const commit = (): void => {
    if (changes.length > 0) journal.append(changes)
    changes = []
    undone = []
  }
  return {
    put: (object) => change({ put: object }),
    remove: (object, id) => change({ remove: { object, id } }),
    // A map holds objects of its kind only: `apply` sees to that.
    maybe: <K extends Kind>(kind: K, id: string) => (ofKind(kind).get(id) as Of<K> | undefined) ?? null,
    all: <K extends Kind>(kind: K) => [...ofKind(kind).values()] as unknown as readonly Of<K>[],
    byId: (id) => {
      const found = [...kinds].find(([kind, objects]) => !kind.startsWith('loopback.') && objects.has(id))
      return found?.[1].get(id) ?? null
    },
    commit,
    rollback: () => {
      for (const one of undone.toReversed()) apply(one)
      changes = []
      undone = []
    },
    clear: () => {
      for (const { object, id } of everything()) {
        if (object !== 'loopback.account') change({ remove: { object, id } })
      }
      commit()
    },
    everything,
    close: () => {
      commit()
      journal.close()
    },
  }
}
