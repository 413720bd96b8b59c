/**
 * An operation that is published once and asked for by the sha-256 of its document from then on. Partners may ask for
 * nothing else, so what is published is checked before: that the id is the document's own, and what the gateway says.
 */
import { sha256Hex } from '@stormops/chassis/values/canonical'

export type PersistedOperation = {
  readonly id: string
  readonly apiKeyId: string | null
  /** Hex sha-256 of the document's text in UTF-8. */
  readonly documentId: string
  readonly name: string
  readonly document: string
  readonly publishedAt: Date
  readonly publishedBy: string
  readonly retiredAt: Date | null
}

/** An operation as somebody gives it to publish it. */
export type GivenOperation = { readonly id: string; readonly document: string }

/** What one request may publish; a product has a few dozen operations, the largest a few hundred. */
export const MOST_OPERATIONS_OF_A_REQUEST = 500

/** Bytes in UTF-8. The gateway stops reading a document at 5,000 tokens, which are fewer. */
export const LARGEST_DOCUMENT = 65_536

/** Operations of one company that can be asked for; more are a build that publishes without ever retiring. */
export const MOST_LIVE_OPERATIONS = 5_000

const DOCUMENT_ID = /^(?:sha256:)?([0-9a-f]{64})$/i

/** What is wrong with an operation before its document is read, or null. */
export const givenFault = ({ id, document }: GivenOperation): string | null => {
  const bytes = Buffer.byteLength(document)
  if (bytes > LARGEST_DOCUMENT) {
    return `The document has ${bytes.toLocaleString('en')} bytes; ${LARGEST_DOCUMENT.toLocaleString('en')} are the most.`
  }
  const hash = DOCUMENT_ID.exec(id)?.[1]?.toLowerCase()
  if (hash === undefined) return 'The id must be sha256: and the 64 hex digits of the document’s sha-256.'
  const actual = sha256Hex(document)
  return hash === actual ? null : `The id is not the document’s own, which is sha256:${actual}.`
}
