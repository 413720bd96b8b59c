/**
 * A database that was restored to an earlier moment goes on as a new timeline. What was backed up after that moment on
 * the old one is not part of its past: the log does not lead from there to where it is now.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Where the newest timeline left each of those before it. */
export type Lineage = { readonly newest: number; readonly leftAt: ReadonlyMap<number, bigint> }

export type OnTimeline = { readonly timeline: number; readonly stopLsn: string }

const HISTORY = /^([0-9A-F]{8})\.history$/
const HEXADECIMAL = 16

/** `16/B374D848` as the number of bytes that it stands for. */
export const lsnBytes = (lsn: string): bigint => {
  const [high = '0', low = '0'] = lsn.split('/')
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`)
}

/** The lines of PostgreSQL's own file: a timeline, where it was left, and why. */
export const lineageOf = (newest: number, history: string): Lineage => ({
  newest,
  leftAt: new Map(
    history
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([timeline = '', lsn = '']) => /^\d+$/.test(timeline) && /^[0-9A-F]+\/[0-9A-F]+$/i.test(lsn))
      .map(([timeline = '', lsn = '']) => [Number(timeline), lsnBytes(lsn)]),
  ),
})

/** Of the newest timeline in an archive of the log; the first one has no history. */
export const archivedLineage = (wal: string): Lineage => {
  const names = existsSync(wal) ? readdirSync(wal).filter((name) => HISTORY.test(name)) : []
  const newest = names.toSorted().at(-1)
  if (newest === undefined) return lineageOf(1, '')
  const timeline = Number.parseInt(HISTORY.exec(newest)?.[1] ?? '1', HEXADECIMAL)
  return lineageOf(timeline, readFileSync(join(wal, newest), 'utf8'))
}

/** Whether the log leads from the end of a backup to the newest timeline. */
export const isInLine = ({ newest, leftAt }: Lineage, { timeline, stopLsn }: OnTimeline): boolean => {
  if (timeline === newest) return true
  const left = leftAt.get(timeline)
  return left !== undefined && lsnBytes(stopLsn) <= left
}
