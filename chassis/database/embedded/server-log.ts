import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  truncateSync,
} from 'node:fs'

/** Some days of a busy development database; the log is for reading, not for keeping. */
const ROTATE_AT_BYTES = 10 * 1024 * 1024

const KEPT_ROTATIONS = 3

/** Enough for the FATAL line with its DETAIL and HINT, and what led there. */
const TAIL_LINES = 20
const TAIL_BYTES = 16 * 1024

/** How often the size is looked at. */
export const ROTATION_CHECK_MS = 60_000

/** PostgreSQL's own log file, written through an inherited descriptor that outlives this process. */
export class ServerLog {
  readonly file: string

  constructor(file: string) {
    this.file = file
  }

  size(): number {
    return statSync(this.file, { throwIfNoEntry: false })?.size ?? 0
  }

  /** Appending is what lets `rotate` truncate the file under the writer. */
  open(): number {
    return openSync(this.file, 'a', 0o640)
  }

  /** Copies and truncates, since the writer keeps its descriptor; a line written in between may be lost. */
  rotate(limit: number = ROTATE_AT_BYTES): void {
    if (this.size() < limit) return
    for (let age = KEPT_ROTATIONS - 1; age >= 1; age -= 1) {
      if (existsSync(`${this.file}.${age}`)) renameSync(`${this.file}.${age}`, `${this.file}.${age + 1}`)
    }
    copyFileSync(this.file, `${this.file}.1`)
    truncateSync(this.file, 0)
  }

  /** The last lines written after the given size of the file. */
  tail(from = 0): string {
    const size = this.size()
    const start = Math.max(size < from ? 0 : from, size - TAIL_BYTES)
    if (size <= start) return ''
    const descriptor = openSync(this.file, 'r')
    try {
      const bytes = Buffer.alloc(size - start)
      const length = readSync(descriptor, bytes, 0, bytes.length, start)
      return bytes.toString('utf8', 0, length).trimEnd().split('\n').slice(-TAIL_LINES).join('\n')
    } finally {
      closeSync(descriptor)
    }
  }
}
