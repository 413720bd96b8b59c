/** Sources for tests: a text or bytes, in chunks of a chosen size. */

/** Not a divisor of anything, so that chunks end inside values, quotes, line breaks and characters. */
const ODD_CHUNK_BYTES = 7

export const csvSource = async function* (
  content: string | Uint8Array,
  chunkBytes = ODD_CHUNK_BYTES,
): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    yield bytes.subarray(start, start + chunkBytes)
  }
}

export type ReadFile<Row, Rejection, Tally> = {
  readonly accepted: Row[]
  readonly rejected: Rejection[]
  readonly batchSizes: number[]
  readonly tally: Tally
}

export const readAll = async <Row, Rejection, Tally>(
  batches: AsyncGenerator<{ readonly accepted: Row[]; readonly rejected: Rejection[] }, Tally>,
): Promise<ReadFile<Row, Rejection, Tally>> => {
  const accepted: Row[] = []
  const rejected: Rejection[] = []
  const batchSizes: number[] = []
  for (;;) {
    const step = await batches.next()
    if (step.done === true) return { accepted, rejected, batchSizes, tally: step.value }
    accepted.push(...step.value.accepted)
    rejected.push(...step.value.rejected)
    batchSizes.push(step.value.accepted.length + step.value.rejected.length)
  }
}
