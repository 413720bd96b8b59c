/** Documents parsed once and kept by their text, the least recently used leaving first. */
import { parse } from 'graphql'
import type { DocumentNode } from 'graphql'

/**
 * A parsed document takes some hundred times the memory of its text, so what is kept is bounded by characters:
 * a million of them are 500 to 2,000 operations of the usual size, and about 100 MB at worst.
 */
const KEPT_CHARACTERS = 1_000_000

/** One operation longer than this is parsed each time, so that a few giants do not push out all others. */
export const LONGEST_KEPT_TEXT = 20_000

export class RecentlyUsed<Value> {
  readonly #kept = new Map<string, { readonly value: Value; readonly characters: number }>()
  #characters = 0

  get(key: string): Value | undefined {
    const kept = this.#kept.get(key)
    if (kept === undefined) return undefined
    this.#kept.delete(key)
    this.#kept.set(key, kept)
    return kept.value
  }

  /** `characters` of the text that `key` stands for; the key is that text unless told otherwise. */
  keep(key: string, value: Value, characters: number = key.length): void {
    if (characters > LONGEST_KEPT_TEXT) return
    this.leave(key)
    this.#kept.set(key, { value, characters })
    this.#characters += characters
    for (const oldest of this.#kept.keys()) {
      if (this.#characters <= KEPT_CHARACTERS) break
      this.leave(oldest)
    }
  }

  leave(key: string): boolean {
    const kept = this.#kept.get(key)
    if (kept === undefined) return false
    this.#characters -= kept.characters
    return this.#kept.delete(key)
  }
}

/**
 * Parses what the gateway's own plan asks of a subgraph. It is not validated again: the plan was made from the
 * same supergraph the subgraph was composed into.
 */
export const parsedDocuments = (): ((text: string) => DocumentNode) => {
  const documents = new RecentlyUsed<DocumentNode>()
  return (text) => {
    const known = documents.get(text)
    if (known !== undefined) return known
    const document = parse(text, { noLocation: true })
    documents.keep(text, document)
    return document
  }
}
