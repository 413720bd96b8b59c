/** Looks at the raw bytes as they pass: their number, whether they are text, and what the line reader must know. */
import { isUtf8 } from 'node:buffer'
import { ImportFault } from './import-fault.ts'

const QUOTE = 0x22
const UTF8_CONTINUATION_MASK = 0xc0
const UTF8_CONTINUATION = 0x80
/** A UTF-8 character has at most 4 bytes, so that at most 3 of an unfinished one can end a chunk. */
const MAX_UNFINISHED_BYTES = 3

export type ByteWatch = {
  /** Throws TOO_LARGE, BINARY or NOT_UTF8 (UTF-16). */
  readonly pass: (bytes: Buffer) => void
  readonly end: () => void
  readonly byteCount: () => number
  /** A quote has been seen, so that records may run over several lines. */
  readonly quoteSeen: () => boolean
  /** Bytes that are not UTF-8 have been seen, so that U+FFFD in a value means an unreadable character. */
  readonly unreadableSeen: () => boolean
}

const bytesOfCharacter = (lead: number): number => {
  if (lead >= 0xf0) return 4
  if (lead >= 0xe0) return 3
  return lead >= 0xc0 ? 2 : 1
}

/** How many of the last bytes belong to a character whose rest is still to come. */
const unfinishedBytes = (bytes: Buffer): number => {
  for (let back = 1; back <= Math.min(MAX_UNFINISHED_BYTES, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if ((byte & UTF8_CONTINUATION_MASK) === UTF8_CONTINUATION) continue
    return bytesOfCharacter(byte) > back ? back : 0
  }
  return 0
}

const notText = (opening: Buffer, byteOffset: number): ImportFault => {
  const bom = opening.readUInt16BE(0)
  if (bom === 0xfffe || bom === 0xfeff) {
    return new ImportFault(
      'NOT_UTF8',
      'The file is saved as UTF-16 ("Unicode text"). Save it as "CSV UTF-8" and send it again.',
      { encoding: 'UTF-16' },
    )
  }
  const workbook = opening.toString('latin1') === 'PK'
  const message = workbook
    ? 'The file is an Excel workbook, not a CSV file. Save it as "CSV UTF-8" and send it again.'
    : 'The file is not text: it contains zero bytes. Save it as "CSV UTF-8" and send it again.'
  return new ImportFault('BINARY', message, { byteOffset })
}

export const byteWatch = (maxBytes: number): ByteWatch => {
  let count = 0
  let opening = Buffer.alloc(0)
  let unfinished = Buffer.alloc(0)
  let quoteSeen = false
  let unreadableSeen = false
  return {
    pass: (bytes) => {
      if (opening.length < 2) opening = Buffer.concat([opening, bytes.subarray(0, 2)])
      const zero = bytes.indexOf(0)
      if (zero >= 0) throw notText(Buffer.concat([opening, Buffer.alloc(2)]).subarray(0, 2), count + zero)
      count += bytes.length
      if (count > maxBytes) {
        throw new ImportFault(
          'TOO_LARGE',
          `The file is larger than ${maxBytes.toLocaleString('en-US')} bytes. Send it in parts.`,
          { maxBytes },
        )
      }
      quoteSeen ||= bytes.includes(QUOTE)
      if (unreadableSeen) return
      const joined = unfinished.length === 0 ? bytes : Buffer.concat([unfinished, bytes])
      const whole = joined.length - unfinishedBytes(joined)
      unreadableSeen = !isUtf8(joined.subarray(0, whole))
      unfinished = Buffer.from(joined.subarray(whole))
    },
    end: () => {
      if (unfinished.length > 0) unreadableSeen = true
    },
    byteCount: () => count,
    quoteSeen: () => quoteSeen,
    unreadableSeen: () => unreadableSeen,
  }
}
