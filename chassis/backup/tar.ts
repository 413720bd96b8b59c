/**
 * Backups are plain tar files, so that whoever has lost everything else can still open them with `tar --zstd -xf`.
 * Only what backups need: files and directories with short names, as POSIX calls it ustar.
 */
import { Fault } from '../fault.ts'

const BLOCK = 512
const NAME_LENGTH = 100
const CHECKSUM_AT = 148
const CHECKSUM_LENGTH = 8
const OCTAL_SIZE_DIGITS = 11
/** Eleven octal digits, 8 GiB; PostgreSQL cuts its files at 1 GiB, and exports are cut by their writer. */
const LARGEST_FILE = 8 ** OCTAL_SIZE_DIGITS - 1

export type TarEntry = {
  readonly path: string
  readonly kind: 'file' | 'directory'
  /** Bytes; 0 for a directory. */
  readonly size: number
  readonly mode: number
}

const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`

const checksum = (header: Buffer): number => {
  let sum = 0
  for (const [at, byte] of header.entries()) {
    const isOwnField = at >= CHECKSUM_AT && at < CHECKSUM_AT + CHECKSUM_LENGTH
    sum += isOwnField ? ' '.charCodeAt(0) : byte
  }
  return sum
}

/** The block before the bytes of an entry. Throws `Fault` for what the format cannot name. */
export const tarHeader = ({ path, kind, size, mode }: TarEntry): Buffer => {
  const name = kind === 'directory' ? `${path}/` : path
  if (Buffer.byteLength(name) > NAME_LENGTH || size > LARGEST_FILE) {
    throw new Fault('INTERNAL', `${path} is too long, or too large, for the archive.`)
  }
  const header = Buffer.alloc(BLOCK)
  header.write(name, 0)
  header.write(octal(mode & 0o7777, 7), 100)
  header.write(octal(0, 7), 108)
  header.write(octal(0, 7), 116)
  header.write(octal(size, OCTAL_SIZE_DIGITS), 124)
  header.write(octal(0, OCTAL_SIZE_DIGITS), 136)
  header.write(kind === 'directory' ? '5' : '0', 156)
  header.write('ustar', 257)
  header.write('00', 263)
  header.write(`${checksum(header).toString(8).padStart(6, '0')}\0 `, CHECKSUM_AT)
  return header
}

/** What fills the last block of an entry of this size. */
export const tarPadding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK)

/** Two empty blocks end an archive. */
export const TAR_END: Buffer = Buffer.alloc(2 * BLOCK)

const damaged = (what: string): Fault => new Fault('INTERNAL', `The archive is damaged: ${what}.`)

const textAt = (header: Buffer, from: number, length: number): string =>
  header.toString('utf8', from, from + length).split('\0')[0] ?? ''

const numberAt = (header: Buffer, from: number, length: number): number =>
  Number.parseInt(textAt(header, from, length).trim() || '0', 8)

const entryOf = (header: Buffer): TarEntry => {
  if (numberAt(header, CHECKSUM_AT, CHECKSUM_LENGTH) !== checksum(header)) {
    throw damaged('a header does not have its checksum')
  }
  const kind = textAt(header, 156, 1)
  if (kind !== '0' && kind !== '5') throw damaged(`it has an entry of the kind ${kind}`)
  const name = textAt(header, 0, NAME_LENGTH)
  const path = name.endsWith('/') ? name.slice(0, -1) : name
  if (path.startsWith('/') || path.split('/').includes('..')) throw damaged(`it names ${path}`)
  return {
    path,
    kind: kind === '5' ? 'directory' : 'file',
    size: numberAt(header, 124, OCTAL_SIZE_DIGITS + 1),
    mode: numberAt(header, 100, 8),
  }
}

/** Hands out exactly as many bytes as are asked for, in pieces as they come. */
const byteReader = (source: AsyncIterable<Uint8Array>) => {
  const pieces = source[Symbol.asyncIterator]()
  let rest: Buffer = Buffer.alloc(0)
  const some = async (): Promise<boolean> => {
    while (rest.length === 0) {
      const next = await pieces.next()
      if (next.done === true) return false
      rest = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength)
    }
    return true
  }
  async function* take(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0;) {
      if (!(await some())) throw damaged('it ends too early')
      const piece = rest.subarray(0, left)
      rest = rest.subarray(piece.length)
      left -= piece.length
      yield piece
    }
  }
  const whole = async (length: number): Promise<Buffer> => {
    const taken: Buffer[] = []
    for await (const piece of take(length)) taken.push(piece)
    return Buffer.concat(taken)
  }
  const drain = async (): Promise<void> => {
    for (;;) if ((await pieces.next()).done === true) return
  }
  return { take, whole, drain }
}

/** Reads an archive to its end; `onEntry` reads all bytes of an entry or none. */
export const readTar = async (
  source: AsyncIterable<Uint8Array>,
  onEntry: (entry: TarEntry, bytes: AsyncIterable<Buffer>) => Promise<void>,
): Promise<void> => {
  const reader = byteReader(source)
  for (;;) {
    const header = await reader.whole(BLOCK)
    // A stream that is not read to its end never says that it has one.
    if (header.every((byte) => byte === 0)) return reader.drain()
    const entry = entryOf(header)
    const bytes = reader.take(entry.size)
    await onEntry(entry, bytes)
    // An iterator that was not read to its end is read here; one that was has nothing left.
    for (;;) if ((await bytes.next()).done === true) break
    await reader.whole(tarPadding(entry.size).length)
  }
}
