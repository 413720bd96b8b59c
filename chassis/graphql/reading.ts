/**
 * Reads of one fetch. They share one read-only transaction, begun by the first of them; DataLoaders bundle what
 * many fields ask for into one query, and answer in the order of the question with null for what is not there.
 */
import DataLoader from 'dataloader'
import { told } from '../database/database-faults.ts'
import type { Database } from '../database/database.ts'
import type { Tx } from '../database/transaction.ts'
import { Fault } from '../fault.ts'

export type Reading = {
  /** Runs in the fetch's read transaction. */
  readonly read: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  /** A loader by id; `find` gives what it found, in any order. */
  readonly loaderById: <Item extends { readonly id: string }>(
    find: (tx: Tx, ids: readonly string[]) => Promise<readonly Item[]>,
  ) => DataLoader<string, Item | null>
  /** A loader by any key; `find` gives a map from the keys it found. */
  readonly loaderByKey: <Value>(
    find: (tx: Tx, keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
  ) => DataLoader<string, Value | null>
  /** Forgets everything read so far; after something was changed. */
  readonly forget: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Ids one query asks for at most; a page of a hundred with a few fields each stays far below. */
const LARGEST_BATCH = 1_000

type Held = { readonly tx: Promise<Tx>; readonly end: () => Promise<void> }

/** `tenantId` null reads nothing: every read throws UNAUTHENTICATED. `signal` ends what is being read. */
export const openReading = (
  database: Pick<Database, 'withTenant'>,
  tenantId: string | null,
  signal?: AbortSignal,
): Reading => {
  let held: Held | null = null
  let isClosed = false
  const loaders: { clearAll: () => unknown }[] = []

  const transaction = (): Promise<Tx> => {
    if (tenantId === null) {
      return Promise.reject(new Fault('UNAUTHENTICATED', 'Sign in to a company to see its data.'))
    }
    if (isClosed) return Promise.reject(new Fault('TIMEOUT', 'Nobody waits for this answer any more.'))
    held ??= hold(database, tenantId, signal)
    return held.tx
  }
  const release = async (): Promise<void> => {
    const ending = held
    held = null
    await ending?.end()
  }
  const loader = <Value>(batch: (keys: readonly string[]) => Promise<readonly (Value | null)[]>) => {
    const made = new DataLoader<string, Value | null>((keys) => batch(keys), { maxBatchSize: LARGEST_BATCH })
    loaders.push(made)
    return made
  }
  return {
    read: async (work) => inWords(work(await transaction())),
    loaderById: (find) =>
      loader(async (ids) => {
        const found = new Map((await inWords(find(await transaction(), ids))).map((item) => [item.id, item]))
        return ids.map((id) => found.get(id) ?? null)
      }),
    loaderByKey: (find) =>
      loader(async (keys) => {
        const found = await inWords(find(await transaction(), keys))
        return keys.map((key) => found.get(key) ?? null)
      }),
    forget: async () => {
      for (const made of loaders) made.clearAll()
      await release()
    },
    close: async () => {
      isClosed = true
      await release()
    },
  }
}

/** A statement that was cancelled or took too long is no defect, and says so. */
const inWords = <T>(work: Promise<T>): Promise<T> =>
  work.catch((cause: unknown) => Promise.reject(told(cause)))

/** Keeps a read-only transaction open until `end`. */
const hold = (
  database: Pick<Database, 'withTenant'>,
  tenantId: string,
  signal: AbortSignal | undefined,
): Held => {
  const ready = Promise.withResolvers<Tx>()
  const release = Promise.withResolvers<void>()
  const ended = database
    .withTenant(
      tenantId,
      async (tx) => {
        ready.resolve(tx)
        await release.promise
      },
      { readOnly: true, ...(signal === undefined ? {} : { signal }) },
    )
    .catch((error: unknown) => ready.reject(error))
  return {
    tx: ready.promise,
    end: async () => {
      release.resolve()
      await ended
    },
  }
}
