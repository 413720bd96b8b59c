/** A platform alert says since when a figure of the platform's own is out of bounds, and who has taken note. */
import type { ProbeReading, Severity } from './probe-reading.ts'

export type PlatformAlert = Omit<ProbeReading, 'isBreached'> & {
  readonly id: string
  readonly openedAt: Date
  readonly lastBreachedAt: Date
  readonly closedAt: Date | null
  readonly acknowledgedBy: string | null
  readonly acknowledgedAt: Date | null
}

export type AlertNews = 'OPENED' | 'CLOSED'

/** A hint to scale comes and goes with the day's work; it is for a board, and wakes nobody. */
export const isWorthMail = (severity: Severity): boolean => severity !== 'INFO'

export type AlertWords = { readonly subject: string; readonly text: string }

export const alertWords = (alert: PlatformAlert, news: AlertNews, publicUrl: string): AlertWords => {
  const { severity, summary, detail, key, runbook, openedAt, closedAt } = alert
  const isOver = news === 'CLOSED'
  const lines = [
    ...(isOver ? ['This is over; nothing needs to be done.', ''] : []),
    detail,
    '',
    `Alert: ${key} (${summary})`,
    `Since: ${openedAt.toISOString()}`,
    ...(isOver && closedAt !== null ? [`Until: ${closedAt.toISOString()}`] : []),
    `What to do: docs/operate.md#${runbook}`,
    ...(publicUrl === '' ? [] : [`Platform: ${publicUrl}`]),
  ]
  return {
    subject: `${isOver ? 'Over' : severity}: ${summary}`,
    text: `${lines.join('\n')}\n`,
  }
}
