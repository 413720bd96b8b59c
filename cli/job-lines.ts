/** Jobs, alerts and figures as lines for the terminal. */
import type { Alert, ListedJob, ShownJob, Stats, Watched } from './job-documents.ts'
import { heading, inPercent } from './terminal.ts'

const SECOND_MS = 1_000
const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** `3 s`, `12 min`, `5 h`, `2 d`. */
export const inTime = (seconds: number): string => {
  if (seconds < MINUTE) return `${seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds)} s`
  if (seconds < HOUR) return `${Math.round(seconds / MINUTE)} min`
  return seconds < DAY ? `${Math.round(seconds / HOUR)} h` : `${Math.round(seconds / DAY)} d`
}

const ago = (instant: string, now: Date): string =>
  `${inTime(Math.max(0, now.getTime() - Date.parse(instant)) / SECOND_MS)} ago`

/** Columns as wide as their widest cell; the last is as long as it is. */
const aligned = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  return rows.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}

const ERROR_LENGTH = 60

const shortened = (text: string): string =>
  text.length <= ERROR_LENGTH ? text : `${text.slice(0, ERROR_LENGTH - 1)}…`

const whose = ({ tenantId }: ListedJob): readonly string[] =>
  tenantId === undefined ? [] : [tenantId ?? 'the platform']

/** `noun` is what there are none of, where there are none. */
export const listLines = (
  jobs: readonly ListedJob[],
  { noun, more, now }: { readonly noun: string; readonly more: boolean; readonly now: Date },
): readonly string[] => {
  if (jobs.length === 0) return [`No ${noun}.`]
  const [first] = jobs
  const isStaff = first?.tenantId !== undefined
  const head = ['JOB', 'KIND', 'STATE', 'TRIES', ...(isStaff ? ['COMPANY'] : []), 'ASKED FOR', 'ERROR']
  return [
    ...aligned([
      head,
      ...jobs.map((job) => [
        job.id,
        job.name,
        job.isDead ? 'DEAD' : job.state,
        String(job.attempts),
        ...whose(job),
        ago(job.createdAt, now),
        shortened(job.error ?? ''),
      ]),
    ]),
    ...(more ? ['There are more: ask with a higher --limit, or say which.'] : []),
  ]
}

export const jobLines = (job: ShownJob): readonly string[] => {
  const { queuedForSeconds: queued, durationSeconds: took } = job
  const times = [
    `asked for ${job.createdAt}`,
    ...(queued === null ? [] : [`waited ${inTime(queued)}`]),
    ...(took === null ? [] : [`took ${inTime(took)}`]),
  ]
  return [
    heading(`${job.name}  ${job.isDead ? 'DEAD' : job.state}`),
    `  ${job.id}${whose(job)
      .map((company) => `  of ${company}`)
      .join('')}`,
    `  ${times.join(', ')}`,
    `  payload ${job.payload}`,
    ...(job.error === null ? [] : [`  error: ${job.error}`]),
    ...(job.rerunOf === null ? [] : [`  does ${job.rerunOf.id} again`]),
    ...job.reruns.map(({ id, state }) => `  done again by ${id} (${state})`),
    ...(job.cancelAskedAt === null ? [] : [`  called off ${job.cancelAskedAt}`]),
    ...(job.steps.length === 0
      ? []
      : [
          'Steps of what it works on',
          ...aligned(
            job.steps.map(({ name, status, attempts, error }) => [
              `  ${name}`,
              status,
              `${attempts}×`,
              error ?? '',
            ]),
          ),
        ]),
    'What happened',
    ...aligned(
      job.events.map(({ at, kind, attempt, message }) => [
        `  ${at}`,
        kind,
        attempt === 0 ? '' : `try ${attempt}`,
        message ?? '',
      ]),
    ),
    ...nextLines(job),
  ]
}

/** What can be done about it now, to copy. */
const nextLines = ({ id, canRerun, canCancel }: ShownJob): readonly string[] => [
  ...(canRerun ? [`Do it again:  stormops jobs rerun ${id}`] : []),
  ...(canCancel ? [`Call it off:  stormops jobs cancel ${id}`] : []),
]

/** A worker watches every minute; by then somebody should have. */
const UNWATCHED_MS = 3 * MINUTE * SECOND_MS

export const isWatched = ({ at, watchedAt }: Watched): boolean =>
  watchedAt !== null && Date.parse(at) - Date.parse(watchedAt) < UNWATCHED_MS

const watchLine = (watched: Watched): string => {
  const { at, watchedAt } = watched
  if (watchedAt === null) return 'not yet: a worker does so every minute'
  const when = ago(watchedAt, new Date(at))
  return isWatched(watched) ? when : `${when}, so nobody watches now: look whether a worker runs`
}

const alertLine = (alert: Alert, now: Date): readonly string[] => {
  const { closedAt, openedAt, runbook, acknowledgedBy } = alert
  const when = closedAt === null ? `opened ${ago(openedAt, now)}` : `closed ${ago(closedAt, now)}`
  const noted = acknowledgedBy === null ? '' : `, noted by ${acknowledgedBy}`
  return [
    `${alert.severity}  ${alert.key}  ${when}`,
    `  ${alert.detail}`,
    `  ${alert.id}, what to do: docs/operate.md#${runbook}${noted}`,
  ]
}

export const alertLines = (alerts: readonly Alert[], watched: Watched): readonly string[] => [
  ...alerts.flatMap((alert) => alertLine(alert, new Date(watched.at))),
  ...(alerts.length === 0 && isWatched(watched)
    ? ['No alerts: everything that is watched is within bounds.']
    : []),
  ...(isWatched(watched) ? [] : [`Watched ${watchLine(watched)}`]),
]

export const statsLines = (stats: Stats, now: Date): readonly string[] => {
  const { lastHour, scaling } = stats
  const rate = (share: number | null): string => (share === null ? 'too few to tell' : inPercent(share))
  return [
    `Workers   ${stats.busy} of ${stats.capacity} places taken. ${scaling.advice}: ${scaling.reason}`,
    ...stats.workers.map(
      ({ host, processNumber, isLive, busy, capacity, seenAt }) =>
        `  ${host}:${processNumber}  ${isLive ? `${busy} of ${capacity}` : 'gone'}  seen ${ago(seenAt, now)}`,
    ),
    `Waiting   ${stats.queueDepth} jobs${stats.oldestSeconds === null ? '' : `, the first for ${inTime(stats.oldestSeconds)}`}`,
    ...aligned(
      stats.queues.map(({ name, ready, active }) => [`  ${name}`, `${ready} waiting`, `${active} under way`]),
    ),
    `Last hour ${lastHour.succeeded} attempts succeeded, ${lastHour.failed + lastHour.gaveUp + lastHour.lost} failed (${rate(lastHour.failureRate)})`,
    `Webhooks  failed within the hour: ${rate(stats.webhookFailureRate)}`,
    `Dead      ${stats.deadLetters} dead letters`,
    ...(stats.unreachableCells.length === 0
      ? []
      : [`Missing   the figures of ${stats.unreachableCells.join(', ')}, which cannot be reached`]),
    `Watched   ${watchLine(stats)}`,
    ...(stats.openAlerts.length === 0
      ? ['Alerts    none']
      : [
          'Alerts',
          ...stats.openAlerts.map(({ key, severity, detail }) => `  ${severity}  ${key}  ${detail}`),
        ]),
  ]
}
