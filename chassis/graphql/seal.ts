/**
 * How a subgraph knows that the gateway asks. Within one process a sealed context is an object that only the holder of
 * the seal can make, good for one fetch; between processes it is a signature. Neither can be replayed, altered or used
 * for another subgraph.
 */
import { Fault } from '../fault.ts'
import type { FetchBody, FetchContext, SealedContext } from './subgraph.ts'

/** The gateway's side. */
export type Seal = (subgraph: string, context: FetchContext, body: FetchBody) => SealedContext

/** The subgraph's side. Throws `Fault` UNAUTHENTICATED for anything but a fresh seal over this very fetch. */
export type Unseal = (subgraph: string, sealed: SealedContext, body: FetchBody) => FetchContext

export type ProcessSeal = { readonly seal: Seal; readonly unseal: Unseal }

type Sealed = { readonly subgraph: string; readonly context: FetchContext; readonly body: FetchBody }

/** For a gateway and subgraphs in one process, and for nobody else: what is not in its memory was not sealed by it. */
export const processSeal = (): ProcessSeal => {
  const unused = new WeakMap<SealedContext, Sealed>()
  return {
    seal: (subgraph, context, body) => {
      const sealed: SealedContext = Object.freeze({})
      unused.set(sealed, { subgraph, context, body })
      return sealed
    },
    unseal: (subgraph, sealed, body) => {
      const found = unused.get(sealed)
      unused.delete(sealed)
      if (found === undefined || found.subgraph !== subgraph || !isSameBody(found.body, body))
        throw notSealed()
      return found.context
    },
  }
}

/** A process shares its objects, so what is the same object is what was sealed. */
const isSameBody = (one: FetchBody, other: FetchBody): boolean =>
  one.document === other.document &&
  one.operationName === other.operationName &&
  one.variables === other.variables

export const notSealed = (cause?: unknown): Fault =>
  new Fault('UNAUTHENTICATED', 'This part of the platform answers its gateway alone.', { cause })
