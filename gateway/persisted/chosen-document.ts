/**
 * Which document a request means. Partners may ask for what their company published and for nothing else; everybody
 * else may send a text, name what is published, or name what was registered before.
 */
import { Fault } from '@stormops/chassis/fault'
import type { Actor } from '@stormops/chassis/identity'
import { idOfDocument, isHash } from './named-document.ts'
import type { NamedDocument } from './named-document.ts'
import type { CountPersisted } from './persisted-metrics.ts'
import type { PublishedOperations } from './published-operations.ts'
import type { RegisteredTexts } from './registered-texts.ts'

export type AskedDocument = {
  readonly actor: Actor | null
  /** Undefined when the request only names it. */
  readonly text: string | undefined
  readonly named: NamedDocument | null
}

export type ChosenDocument =
  /** The text as it was sent; to be registered under `registerAs` once it has passed every stage. */
  | { readonly kind: 'sent'; readonly registerAs: string | null }
  /** `operationName` is known of what was published. */
  | { readonly kind: 'kept'; readonly text: string; readonly operationName: string | null }
  | { readonly kind: 'refused'; readonly fault: Fault; readonly isApolloMiss: boolean }

export type ChoiceOptions = {
  readonly published: PublishedOperations
  readonly registered: RegisteredTexts
  readonly count: CountPersisted
}

/** Throws what the lookups throw. */
export const chooseDocument = (asked: AskedDocument, options: ChoiceOptions): Promise<ChosenDocument> =>
  asked.actor?.kind === 'API_KEY' ? ofPartner(asked, options) : ofAnybodyElse(asked, options)

const refused = (fault: Fault, isApolloMiss = false): ChosenDocument => ({
  kind: 'refused',
  fault,
  isApolloMiss,
})

const ofPartner = async (
  { actor, text, named }: AskedDocument,
  { published, count }: ChoiceOptions,
): Promise<ChosenDocument> => {
  if (text !== undefined || named === null) {
    count('published', 'refused')
    const message =
      'An API key asks for published operations alone: send the id of one as documentId, and no query.'
    return refused(new Fault('PERSISTED_DOCUMENT_ID_REQUIRED', message))
  }
  const operation = await published(actor, named.id)
  count('published', operation === null ? 'miss' : 'hit')
  if (operation === null) return refused(notPublished(named.id))
  return { kind: 'kept', text: operation.document, operationName: operation.name }
}

const ofAnybodyElse = async (asked: AskedDocument, options: ChoiceOptions): Promise<ChosenDocument> => {
  const { text, named } = asked
  if (named === null) return { kind: 'sent', registerAs: null }
  if (text === undefined) return keptDocument(asked.actor, named, options)
  if (named.way === 'document-id') {
    return refused(new Fault('BAD_INPUT', 'Send a documentId or a query, not both.'))
  }
  if (idOfDocument(text) === named.id) return { kind: 'sent', registerAs: named.id }
  options.count('registered', 'refused')
  return refused(new Fault('BAD_INPUT', 'sha256Hash is not the sha-256 of the query.'))
}

const keptDocument = async (
  actor: Actor | null,
  named: NamedDocument,
  { published, registered, count }: ChoiceOptions,
): Promise<ChosenDocument> => {
  const text = isHash(named.id) ? await registered.find(actor, named.id) : null
  if (text !== null) {
    count('registered', 'hit')
    return { kind: 'kept', text, operationName: null }
  }
  const operation = await published(actor, named.id)
  if (operation !== null) {
    count('published', 'hit')
    return { kind: 'kept', text: operation.document, operationName: operation.name }
  }
  if (named.way === 'hash') {
    count('registered', 'miss')
    return refused(new Fault('PERSISTED_QUERY_NOT_FOUND', APOLLO_MISS), true)
  }
  count('published', 'miss')
  return refused(notPublished(named.id))
}

/** Apollo's clients for iOS and Android know a miss by this very message, and then send the text. */
const APOLLO_MISS = 'PersistedQueryNotFound'

const notPublished = (id: string): Fault =>
  new Fault(
    'PERSISTED_QUERY_NOT_FOUND',
    isHash(id)
      ? 'Your company has published no operation with this documentId that you may ask for.'
      : 'A documentId is sha256: and the 64 hex digits of the document’s sha-256; this is the id of nothing.',
  )
