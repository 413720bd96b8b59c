/**
 * One file of the spool. Lines are added at its end, read back from where reading stopped, and once all of them are
 * written to the ledger the file is removed. Everything here may throw what the disk answers.
 */
import {
  appendFileSync,
  closeSync,
  ftruncateSync,
  openSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { markLine, readLine } from './spool-line.ts'
import type { SpoolLine } from './spool-line.ts'

export type Segment = {
  /** Names it also when another process takes it over. */
  readonly id: string
  readonly path: string
  /** Null once nothing more is added to it. */
  descriptor: number | null
  /** Bytes of whole lines. */
  size: number
  /** Bytes that were read into memory, or never left it. */
  read: number
  /** Operations in memory that are not written yet. */
  held: number
  /** Operations that are not in memory; a guess where lines are damaged. */
  unread: number
}

/** Fails when there is such a file. */
export const createSegment = (path: string, id: string): Segment => {
  const descriptor = openSync(path, 'ax', PRIVATE)
  return { id, path, descriptor, size: 0, read: 0, held: 0, unread: 0 }
}

/** Whoever else has an account on the machine is not told who asked what. */
const PRIVATE = 0o600

/** Adds whole lines, all or none. After it threw, the segment takes no more. */
export const append = (segment: Segment, lines: string): void => {
  const { descriptor, size } = segment
  if (descriptor === null) throw new Error('The segment is sealed.')
  try {
    const taken = writeSync(descriptor, lines, null, 'latin1')
    if (taken < lines.length) throw new Error(`The disk took ${taken} of ${lines.length} bytes.`)
    segment.size += lines.length
  } catch (cause) {
    cutTo(descriptor, size)
    seal(segment)
    throw cause
  }
}

/** Best effort: lines that stay although nobody counts them are written once more by whoever adopts them. */
const cutTo = (descriptor: number, size: number): void => {
  try {
    ftruncateSync(descriptor, size)
  } catch {
    // A disk that does not even let go is told by the append that failed.
  }
}

export const seal = (segment: Segment): void => {
  if (segment.descriptor === null) return
  closeSync(segment.descriptor)
  segment.descriptor = null
}

/** Notes that everything before `written` is in the ledger. */
export const mark = (segment: Segment, written: number): void => {
  const line = markLine(written)
  const isRead = segment.read === segment.size
  if (segment.descriptor === null) {
    // A file that is gone must not come back as a mark of nothing.
    statSync(segment.path)
    appendFileSync(segment.path, line)
    segment.size += line.length
  } else {
    append(segment, line)
  }
  if (isRead) segment.read = segment.size
}

export const remove = (segment: Segment): void => {
  seal(segment)
  rmSync(segment.path, { force: true })
}

export type PlacedLine = {
  readonly line: SpoolLine
  /** In bytes from the beginning of the file; the end includes the line break. */
  readonly start: number
  readonly end: number
  readonly bytes: Buffer
}

/** Lines from where reading stopped, at most `bytes` of them, and puts `read` behind the last. */
export const readOn = async (segment: Segment, bytes: number): Promise<readonly PlacedLine[]> => {
  const start = segment.read
  const wanted = Math.min(bytes, segment.size - start)
  const file = await open(segment.path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(wanted), 0, wanted, start)
    const chunk = buffer.subarray(0, bytesRead)
    const whole = chunk.lastIndexOf(LINE_BREAK) + 1
    // No line is that long, so this is damage, which ends wherever the chunk does.
    const lines = whole === 0 ? [damagedAt(chunk, start)] : linesIn(chunk.subarray(0, whole), start)
    segment.read = bytesRead === 0 ? segment.size : start + (whole === 0 ? bytesRead : whole)
    return bytesRead === 0 ? [] : lines
  } finally {
    await file.close()
  }
}

const LINE_BREAK = 0x0a

const damagedAt = (bytes: Buffer, start: number): PlacedLine => ({
  line: { kind: 'damaged' },
  start,
  end: start + bytes.length,
  bytes,
})

const linesIn = (bytes: Buffer, offset: number): readonly PlacedLine[] => {
  const lines: PlacedLine[] = []
  let start = 0
  while (start < bytes.length) {
    const end = bytes.indexOf(LINE_BREAK, start) + 1
    if (end === 0) break
    const text = bytes.subarray(start, end)
    const line = readLine(text.toString('latin1', 0, text.length - 1))
    lines.push({ line, start: offset + start, end: offset + end, bytes: text })
    start = end
  }
  return lines
}

/**
 * A segment of a process that is gone, with what it left to do. A last line that broke off is cut away: its process
 * ended before the answer left, or another line would follow.
 */
export const adoptSegment = async (path: string, id: string): Promise<Segment> => {
  const bytes = await readFile(path)
  const size = bytes.lastIndexOf(LINE_BREAK) + 1
  const lines = linesIn(bytes.subarray(0, size), 0)
  if (size < bytes.length) truncateSync(path, size)
  let read = 0
  for (const { line } of lines) if (line.kind === 'mark') read = Math.max(read, Math.min(line.written, size))
  const unread = lines.filter(({ line, start }) => line.kind === 'operation' && start >= read).length
  return { id, path, descriptor: null, size, read, held: 0, unread }
}

/** Whether lines were added behind our back, which are then to be read. */
export const hasGrown = (segment: Segment): boolean => {
  const { size } = statSync(segment.path, { throwIfNoEntry: false }) ?? { size: 0 }
  if (size <= segment.size) return false
  segment.size = size
  return true
}
