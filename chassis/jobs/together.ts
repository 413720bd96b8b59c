/** Many small writes as few statements: one is under way at a time, and whoever comes meanwhile shares the next. */
import { Fault } from '../fault.ts'

type Waiting<Item, Result> = { readonly item: Item } & Pick<
  PromiseWithResolvers<Result>,
  'resolve' | 'reject'
>

/** The most items of one statement. */
const MOST_ITEMS = 200

/** `write` gives a result for each item, in their order; when it fails, each of them failed. */
export const together = <Item, Result>(
  write: (items: readonly Item[]) => Promise<readonly Result[]>,
): ((item: Item) => Promise<Result>) => {
  let waiting: Waiting<Item, Result>[] = []
  let writing = false
  const flush = async (): Promise<void> => {
    writing = true
    // Whatever else comes in this turn of the event loop comes along.
    await new Promise((resolve) => setImmediate(resolve))
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST_ITEMS)
      waiting = waiting.slice(MOST_ITEMS)
      await settle(batch, write)
    }
    writing = false
  }
  return (item) => {
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    waiting.push({ item, resolve, reject })
    if (!writing) void flush()
    return promise
  }
}

const settle = async <Item, Result>(
  batch: readonly Waiting<Item, Result>[],
  write: (items: readonly Item[]) => Promise<readonly Result[]>,
): Promise<void> => {
  try {
    const results = await write(batch.map(({ item }) => item))
    for (const [place, { resolve, reject }] of batch.entries()) {
      const result = results[place]
      if (result === undefined) reject(new Fault('INTERNAL', 'A write left one of its items out.'))
      else resolve(result)
    }
  } catch (error) {
    for (const { reject } of batch) reject(error)
  }
}
