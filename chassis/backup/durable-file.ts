/** A file that is said to exist survives the power going out: its bytes and its name are on the disk. */
import { createWriteStream } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress } from 'node:zlib'

export const syncPath = async (path: string): Promise<void> => {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Whole or not at all. */
export const writeDurably = async (file: string, text: string): Promise<void> => {
  const part = `${file}.part`
  const handle = await open(part, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(part, file)
  await syncPath(dirname(file))
}

/** Compresses as it writes, with no more in memory than a few pieces. Replaces what has the name. */
export const writeCompressed = async (
  file: string,
  pieces: AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): Promise<void> => {
  const part = `${file}.part`
  const options = signal === undefined ? {} : { signal }
  await pipeline(
    Readable.from(pieces),
    createZstdCompress(),
    createWriteStream(part, { mode: 0o600 }),
    options,
  )
  await syncPath(part)
  await rename(part, file)
  await syncPath(dirname(file))
}
