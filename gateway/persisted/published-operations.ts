/** The operations that a company has published, as the gateway asks for them. */
import type { Clock } from '@stormops/chassis/clock'
import type { Actor } from '@stormops/chassis/identity'
import { briefLookups } from './brief-lookups.ts'
import { isHash } from './named-document.ts'

export type PublishedOperation = {
  readonly document: string
  /** Of the one operation that the document holds. */
  readonly name: string
}

/** The company's own people may ask for whatever it has published, a key for what is meant for it. */
export type OperationAsker = { readonly kind: 'company' } | { readonly kind: 'key'; readonly keyId: string }

export type FindOperation = (
  tenantId: string,
  asker: OperationAsker,
  /** Hex sha-256. */
  documentId: string,
) => Promise<PublishedOperation | null>

/** Null for what is unknown, retired, another key's or another company's, and for whoever acts in no company. */
export type PublishedOperations = (
  actor: Actor | null,
  documentId: string,
) => Promise<PublishedOperation | null>

/** Where no company has published anything. */
export const NOTHING_PUBLISHED: FindOperation = async () => null

export const publishedOperations = (
  find: FindOperation,
  clock: Clock,
): PublishedOperations & { readonly forget: (tenantId: string) => void } => {
  const lookups = briefLookups<PublishedOperation>(clock)
  const published: PublishedOperations = async (actor, documentId) => {
    if (actor === null || actor.tenantId === null || !isHash(documentId)) return null
    const { tenantId } = actor
    const asker: OperationAsker =
      actor.kind === 'API_KEY' ? { kind: 'key', keyId: actor.id } : { kind: 'company' }
    // No company's id and no hash holds a white space, so that no two askers share a key.
    const key = `${tenantId} ${documentId} ${asker.kind === 'key' ? asker.keyId : ''}`
    return lookups.find(key, () => find(tenantId, asker, documentId))
  }
  return Object.assign(published, { forget: (tenantId: string) => lookups.forget(`${tenantId} `) })
}
