/**
 * A CSV file as records with the line each one starts on. Pulls one chunk of the source at a time and hands out its
 * records before it asks for the next, so that nothing is read ahead and nothing piles up.
 */
import { isUtf8 } from 'node:buffer'
import { CsvError, parse } from 'csv-parse'
import { byteWatch } from './byte-watch.ts'
import type { ByteWatch } from './byte-watch.ts'
import { headerDelimiter, headerEnd } from './csv-header.ts'
import type { Delimiter } from './csv-header.ts'
import { ImportFault } from './import-fault.ts'
import type { ImportLimits } from './import-limits.ts'
import { MAX_FILE_BYTES, MAX_RECORD_BYTES } from './import-limits.ts'

export type CsvRecord = {
  /** Physical line on which the record starts; the file's first line is 1. */
  readonly line: number
  /** Physical lines the record runs over. */
  readonly lines: number
  readonly fields: readonly string[]
  /** Some of its bytes are not UTF-8. */
  readonly unreadable: boolean
  /** A value starts with a quote and runs over a line's end: its quote was closed by one that opens a later value. */
  readonly strayQuote: boolean
}

/** A source may hand over its whole file as one chunk; its records are still made a few hundred at a time. */
const SLICE_BYTES = 64 * 1024

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf])
const REPLACEMENT_CHARACTER = '\ufffd'
const LINE_BREAK = /\r\n|\r|\n/g

const slices = function* (chunk: Uint8Array): Generator<Buffer> {
  const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
    yield bytes.subarray(start, start + SLICE_BYTES)
  }
}

const lineTooLong = (line: number, maxRecordBytes: number): ImportFault =>
  new ImportFault(
    'LINE_TOO_LONG',
    `Line ${line} is longer than ${maxRecordBytes.toLocaleString('en-US')} bytes. Usually a quote (") opened there is never closed.`,
    { line, maxRecordBytes },
  )

const asFault = (error: unknown, line: number, maxRecordBytes: number): unknown => {
  if (!(error instanceof CsvError)) return error
  if (error.code === 'CSV_MAX_RECORD_SIZE') return lineTooLong(line, maxRecordBytes)
  if (error.code !== 'CSV_QUOTE_NOT_CLOSED') return error
  const message = `The quote (") opened in the record that starts on line ${line} is never closed.`
  return new ImportFault('UNCLOSED_QUOTE', message, { line }, error)
}

type RecordReader = {
  /** Records that these bytes complete. */
  readonly read: (bytes: Buffer) => AsyncGenerator<CsvRecord[]>
  readonly finish: () => AsyncGenerator<CsvRecord[]>
  readonly close: () => void
}

type LineNumbers = {
  readonly nextLine: () => number
  readonly numbered: (fields: string[]) => CsvRecord
}

/** Counts lines by the breaks inside values, which is exact for every mixture of line ends. */
const lineNumbers = (watch: ByteWatch): LineNumbers => {
  let nextLine = 1
  return {
    nextLine: () => nextLine,
    numbered: (fields) => {
      let lines = 1
      let strayQuote = false
      if (watch.quoteSeen()) {
        for (const field of fields) {
          if (!field.includes('\n') && !field.includes('\r')) continue
          lines += field.match(LINE_BREAK)?.length ?? 0
          strayQuote ||= field.startsWith('"')
        }
      }
      const unreadable =
        watch.unreadableSeen() && fields.some((field) => field.includes(REPLACEMENT_CHARACTER))
      const record = { line: nextLine, lines, fields, unreadable, strayQuote }
      nextLine += lines
      return record
    },
  }
}

const openReader = (delimiter: Delimiter, maxRecordBytes: number, watch: ByteWatch): RecordReader => {
  const parser = parse({
    delimiter,
    // All three at once: files that were pasted together mix them.
    record_delimiter: ['\r\n', '\n', '\r'],
    // A wrong number of values costs its line, not the file.
    relax_column_count: true,
    // 6" gutter: a quote inside an unquoted value is a character like any other. The price is strayQuote.
    relax_quotes: true,
    max_record_size: maxRecordBytes,
  })
  // Every failure also arrives through write's callback or the last iteration; unheard it would end the process.
  parser.on('error', () => {})
  const { nextLine, numbered } = lineNumbers(watch)
  let openBytes = 0

  const completed = (): CsvRecord[] => {
    const records: CsvRecord[] = []
    // Without a header of its own the parser gives each record as its fields.
    const next = (): string[] | null => parser.read() as string[] | null
    for (let fields = next(); fields !== null; fields = next()) {
      records.push(numbered(fields))
    }
    return records
  }

  return {
    read: async function* (bytes) {
      const written = new Promise<Error | null>((resolve) =>
        parser.write(bytes, (error) => resolve(error ?? null)),
      )
      const records = completed()
      const error = await written
      if (records.length > 0) yield records
      if (error !== null) throw asFault(error, nextLine(), maxRecordBytes)
      // The parser counts characters of values only: a line of nothing but delimiters would grow for ever.
      openBytes = records.length > 0 ? 0 : openBytes + bytes.length
      if (openBytes > maxRecordBytes) throw lineTooLong(nextLine(), maxRecordBytes)
    },
    finish: async function* () {
      parser.end()
      const records: CsvRecord[] = []
      let failure: unknown = null
      try {
        for await (const fields of parser as AsyncIterable<string[]>) records.push(numbered(fields))
      } catch (error) {
        failure = error
      }
      if (records.length > 0) yield records
      if (failure !== null) throw asFault(failure, nextLine(), maxRecordBytes)
    },
    close: () => {
      parser.destroy()
    },
  }
}

/** Header bytes without the byte-order mark, once the header is whole; opens the reader for its delimiter. */
const headOf = (
  bytes: Buffer,
  atEnd: boolean,
  maxRecordBytes: number,
): { readonly delimiter: Delimiter; readonly bytes: Buffer } | null => {
  const marked = bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK)
  const text = marked ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes
  const end = headerEnd(text) ?? (atEnd ? text.length : null)
  if (end === null) {
    if (bytes.length > maxRecordBytes) throw lineTooLong(1, maxRecordBytes)
    return null
  }
  const header = text.subarray(0, end)
  if (!isUtf8(header)) {
    throw new ImportFault(
      'NOT_UTF8',
      'The first line has characters that are not UTF-8. Save the file as "CSV UTF-8" and send it again.',
      { line: 1 },
    )
  }
  return { delimiter: headerDelimiter(header.toString('utf8')), bytes: text }
}

/**
 * Records in groups, a slice of the file at a time; a blank line is a record of one empty field. Throws ImportFault
 * (TOO_LARGE, BINARY, NOT_UTF8, LINE_TOO_LONG, UNCLOSED_QUOTE) after handing out what was whole before it.
 * A chunk must not be overwritten by the source before the next one is asked for has been read.
 */
export const csvRecords = async function* (
  source: AsyncIterable<Uint8Array>,
  limits: ImportLimits = {},
): AsyncGenerator<CsvRecord[], void> {
  const maxRecordBytes = limits.maxRecordBytes ?? MAX_RECORD_BYTES
  const watch = byteWatch(limits.maxBytes ?? MAX_FILE_BYTES)
  let head = Buffer.alloc(0)
  let reader: RecordReader | null = null
  try {
    for await (const chunk of source) {
      for (const slice of slices(chunk)) {
        watch.pass(slice)
        if (reader !== null) {
          yield* reader.read(slice)
          continue
        }
        head = Buffer.concat([head, slice])
        const opened = headOf(head, false, maxRecordBytes)
        if (opened === null) continue
        reader = openReader(opened.delimiter, maxRecordBytes, watch)
        yield* reader.read(opened.bytes)
      }
    }
    watch.end()
    if (reader === null) {
      const opened = headOf(head, true, maxRecordBytes)
      if (opened === null || opened.bytes.length === 0) return
      reader = openReader(opened.delimiter, maxRecordBytes, watch)
      yield* reader.read(opened.bytes)
    }
    yield* reader.finish()
  } finally {
    reader?.close()
  }
}
