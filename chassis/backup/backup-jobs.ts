/** Backups by the clock: every night all there is, and every week the proof that it can be had back. */
import { z } from 'zod'
import { DEFAULT_TIMEOUT_SECONDS, defineJob } from '../jobs/define-job.ts'
import { handleJob } from '../jobs/worker.ts'
import type { JobHandler } from '../jobs/worker.ts'
import type { BackupDesk } from './backup-desk.ts'
import { BACKUP_TIME_ZONE } from './backup-desk.ts'

/** Terabytes take hours; what takes longer than the night needs a person. */
const TIMEOUT_SECONDS = 6 * 3_600

/** At an hour that no change of the clocks leaves out or repeats. */
export const backUpJob = defineJob({
  name: 'platform.back-up',
  payload: z.object({}),
  retries: 2,
  timeoutSeconds: TIMEOUT_SECONDS,
  schedule: { cron: '30 3 * * *', timeZone: BACKUP_TIME_ZONE },
})

export const verifyBackupJob = defineJob({
  name: 'platform.verify-backup',
  payload: z.object({}),
  retries: 2,
  timeoutSeconds: TIMEOUT_SECONDS,
  schedule: { cron: '30 5 * * 0', timeZone: BACKUP_TIME_ZONE },
})

/** Of the log, so that it takes little room until the night. */
export const packLogJob = defineJob({
  name: 'platform.pack-log',
  payload: z.object({}),
  retries: 0,
  timeoutSeconds: DEFAULT_TIMEOUT_SECONDS,
  schedule: { cron: '*/5 * * * *', timeZone: 'UTC' },
})

export const backupHandlers = (desk: BackupDesk): readonly JobHandler[] => {
  const nightly = handleJob(backUpJob, async ({ signal, log }) => {
    // One kind that fails keeps nobody from having the other.
    const [base] = await Promise.allSettled([desk.hasBase ? desk.backUpBase(signal) : Promise.resolve()])
    const [companies] = await Promise.allSettled([desk.exportCompanies(signal)])
    log.info(desk.prune(), 'old backups taken away')
    for (const done of [companies, base]) if (done.status === 'rejected') throw done.reason
  })
  if (!desk.hasBase) return [nightly]
  return [
    nightly,
    handleJob(verifyBackupJob, async ({ signal }) => {
      await desk.verify(null, signal)
    }),
    handleJob(packLogJob, async () => {
      await desk.packLog()
    }),
  ]
}
