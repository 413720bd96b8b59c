/** Documents parsed once and kept by their text, the least recently used leaving first. */
import { parse } from 'graphql'
import type { DocumentNode } from 'graphql'

/**
 * A parsed document takes some hundred times the memory of its text, so what is kept is bounded by characters:
 * a million of them are 500 to 2,000 operations of the usual size, and about 100 MB at worst.
 */
const KEPT_CHARACTERS = 1_000_000

/** One operation longer than this is parsed each time, so that a few giants do not push out all others. */
const LONGEST_KEPT_TEXT = 20_000

export class RecentlyUsed<Value> {
  readonly #kept = new Map<string, Value>()
  #characters = 0

  get(text: string): Value | undefined {
    const value = this.#kept.get(text)
    if (value === undefined) return undefined
    this.#kept.delete(text)
    this.#kept.set(text, value)
    return value
  }

  keep(text: string, value: Value): void {
    if (text.length > LONGEST_KEPT_TEXT) return
    this.#leave(text)
    this.#kept.set(text, value)
    this.#characters += text.length
    for (const oldest of this.#kept.keys()) {
      if (this.#characters <= KEPT_CHARACTERS) break
      this.#leave(oldest)
    }
  }

  #leave(text: string): void {
    if (this.#kept.delete(text)) this.#characters -= text.length
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
