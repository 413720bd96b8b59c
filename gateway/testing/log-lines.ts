/** A log whose lines a test can read. */
import { createLog } from '@stormops/chassis/telemetry/log'
import type { Log } from '@stormops/chassis/telemetry/log'

export type LogLine = Readonly<Record<string, unknown>>

export const logLines = (): {
  readonly log: Log
  readonly lines: () => readonly LogLine[]
  readonly text: () => string
} => {
  const written: string[] = []
  return {
    log: createLog('debug', { write: (line) => void written.push(line) }),
    lines: () => written.map((line): LogLine => JSON.parse(line)),
    text: () => written.join(''),
  }
}
