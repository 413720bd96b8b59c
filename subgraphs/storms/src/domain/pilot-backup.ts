/**
 * A pilot collects outcomes for weeks that cannot be collected again, so it begins with a look at the last good backup.
 * An old one, or none, holds nobody up: the crews leave today. It is written down, and the platform's own alert goes to
 * whoever can do something about it.
 */

export type BackupStanding =
  /** UNKNOWN where no backup was ever written down: a platform of an hour, or a server that others back up. */
  { readonly status: 'UNKNOWN' } | { readonly status: 'PASS' | 'WARN'; readonly ageHours: number }

/** A night, and two hours for a backup that begins late or takes long. */
export const OLDEST_BACKUP_HOURS = 26

const HOUR_MS = 3_600_000

export const backupStanding = (lastGoodAt: Date | null, now: Date): BackupStanding => {
  if (lastGoodAt === null) return { status: 'UNKNOWN' }
  const ageHours = Math.max(0, now.getTime() - lastGoodAt.getTime()) / HOUR_MS
  return { status: ageHours > OLDEST_BACKUP_HOURS ? 'WARN' : 'PASS', ageHours }
}

export const backupNote = (standing: BackupStanding): string => {
  switch (standing.status) {
    case 'UNKNOWN':
      return 'UNKNOWN: no backup has been written down yet.'
    case 'PASS':
      return `PASS: the last good backup was ${hours(standing.ageHours)} old.`
    case 'WARN':
      return `WARN: the last good backup was ${hours(standing.ageHours)} old; it should be less than ${OLDEST_BACKUP_HOURS}.`
  }
}

const hours = (age: number): string => `${age.toFixed(1)} hours`
