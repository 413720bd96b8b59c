/** What clients asked, kept once it was found fit. */
import type { DocumentStore } from '@apollo/server'
import type { DocumentNode } from 'graphql'
import { RecentlyUsed } from '@stormops/chassis/graphql/parsed-documents'

export { LONGEST_KEPT_TEXT, parsedDocuments, RecentlyUsed } from '@stormops/chassis/graphql/parsed-documents'

/** What clients asked, once it is parsed, measured and valid: Apollo Server keeps nothing else here, by a hash. */
export const askedDocuments = (): DocumentStore => {
  const documents = new RecentlyUsed<DocumentNode>()
  return {
    get: async (hash) => documents.get(hash),
    set: async (hash, document) => {
      const { loc } = document
      // Without a text its size is unknown, and what is of no known size is not kept.
      if (loc !== undefined) documents.keep(hash, document, loc.source.body.length)
    },
    delete: async (hash) => documents.leave(hash),
  }
}
