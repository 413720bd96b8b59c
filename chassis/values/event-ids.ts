/**
 * The ids of events: UUIDs in version 7 that rise within a process. Their random bits are drawn once for a process, and
 * a counter tells events of one millisecond apart (RFC 9562, 6.2), since to draw new ones for each event costs more than
 * everything else that is done for it. Nobody has to guess them: they are no secret.
 */
import { randomBytes } from 'node:crypto'
import type { NewId } from './ids.ts'

/** The version stands before the counter, whose three hex digits are all there is room for. */
const VERSION_AND_COUNTER = 0x7000
const LAST_COUNT = 0xfff

/** `now` in milliseconds since the epoch; when it goes back, ids go on from where they were. */
export const eventIds = (now: () => number): NewId => {
  const tail = processTail()
  let millisecond = 0
  let count = 0
  let head = ''
  const begin = (instant: number): void => {
    millisecond = instant
    count = 0
    const digits = instant.toString(16).padStart(12, '0')
    head = `${digits.slice(0, 8)}-${digits.slice(8)}`
  }
  return () => {
    const instant = now()
    if (instant > millisecond) begin(instant)
    else if (count === LAST_COUNT) begin(millisecond + 1)
    else count += 1
    return `${head}-${(VERSION_AND_COUNTER + count).toString(16)}-${tail}`
  }
}

/** 62 random bits after the two of the variant. */
const processTail = (): string => {
  const bytes = randomBytes(8)
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x80
  const digits = bytes.toString('hex')
  return `${digits.slice(0, 4)}-${digits.slice(4)}`
}
