/**
 * Writes to whoever runs the platform that an alert opened or closed. A worker that dies midway is followed by one that
 * begins again: then the mail may come a second time, under the same Message-ID; it never does not come.
 */
import { handleEvent } from '@stormops/chassis/jobs/worker'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import type { SendMail } from '@stormops/chassis/mail/mail'
import { alertWords, isWorthMail } from '../domain/platform-alert.ts'
import type { PlatformAlert } from '../domain/platform-alert.ts'
import { mailPlatformAlert, platformAlertChanged } from './watch-jobs.ts'

export type MailAlertDependencies = {
  readonly find: (alertId: string) => Promise<PlatformAlert | null>
  readonly sendMail: SendMail
  /** Null where nobody is to be written to. */
  readonly operationsMail: string | null
  readonly publicUrl: () => string
}

export const mailPlatformAlertHandler = ({
  find,
  sendMail,
  operationsMail,
  publicUrl,
}: MailAlertDependencies): JobHandler =>
  handleEvent(platformAlertChanged, mailPlatformAlert, async ({ steps, log }, { alertId, news }) => {
    const alert = await find(alertId)
    if (alert === null || operationsMail === null || !isWorthMail(alert.severity)) return
    const words = alertWords(alert, news, publicUrl())
    await steps(`alert:${alertId}`)(`mail-${news.toLowerCase()}`, async () => {
      await sendMail({
        to: operationsMail,
        ...words,
        messageId: `platform-alert-${alertId}-${news.toLowerCase()}`,
      })
      return null
    })
    log.info({ alert: alert.key, news }, 'news of a platform alert was mailed')
  })
