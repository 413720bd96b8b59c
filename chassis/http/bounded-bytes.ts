/** Reads a stream into memory, up to a limit: what comes over a network is as long as its sender likes. */

/** Null for more than `most` bytes, whatever was said of their number. */
export const boundedBytes = async (stream: AsyncIterable<Buffer>, most: number): Promise<Buffer | null> => {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stream) {
    length += chunk.length
    if (length > most) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
}
