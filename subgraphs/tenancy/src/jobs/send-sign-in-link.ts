/** Sends a link to sign in to whoever asked for one, if the address is a member's anywhere. */
import { failpoint } from '@stormops/chassis/failpoint'
import { handleJob } from '@stormops/chassis/jobs/worker'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import type { SendMail } from '@stormops/chassis/mail/mail'
import type { InIdentity } from '../context.ts'
import {
  linkTokenHash,
  LINK_MINUTES,
  minutesAfter,
  minutesBefore,
  newLinkToken,
} from '../domain/sign-in-link.ts'
import { sendSignInLink } from './mail-jobs.ts'

export type MailJobDependencies = {
  readonly inIdentity: InIdentity
  readonly sendMail: SendMail
  /** Where people reach the platform. */
  readonly publicUrl: () => string
}

/** What ended is kept a day, for whoever looks into a complaint. */
const KEPT_MINUTES = 24 * 60

type Letter = { readonly to: string; readonly token: string; readonly expiresAt: Date }

/** A second attempt makes a second token: the first was kept nowhere. */
export const sendSignInLinkHandler = ({ inIdentity, sendMail, publicUrl }: MailJobDependencies): JobHandler =>
  handleJob(sendSignInLink, async ({ log }, { requestId }) => {
    const letter = await inIdentity(async ({ persons, clock, newId }): Promise<Letter | null> => {
      const request = await persons.maybeRequest(requestId)
      const person = request === null ? null : await persons.personOfMember(request.email)
      if (person === null) return null
      const token = newLinkToken()
      const createdAt = clock.now()
      const expiresAt = minutesAfter(createdAt, LINK_MINUTES)
      const link = { id: newId(), hash: linkTokenHash(token), personId: person.id, createdAt, expiresAt }
      await persons.insertLink(link)
      return { to: person.email, token, expiresAt }
    })
    if (letter !== null) await sendMail(signInMail(letter, publicUrl()))
    await failpoint('tenancy.sign-in-link.mailed')
    await inIdentity(async ({ persons, clock }) => {
      await persons.forgetAddress(requestId)
      await persons.sweep(minutesBefore(clock.now(), KEPT_MINUTES))
    })
    log.info({ sent: letter !== null }, 'a link to sign in was asked for')
  })

/** The address of a page under the platform's own, which may itself have a path. */
export const pageUnder = (publicUrl: string, page: string): string =>
  `${publicUrl.replace(/\/+$/, '')}${page}`

const signInMail = ({ to, token, expiresAt }: Letter, publicUrl: string) => ({
  to,
  subject: 'Sign in to StormOps Graph',
  text: `Somebody, most likely you, asked to sign in to StormOps Graph with this address.

Follow this link and press the button. It works once, until ${expiresAt.toISOString().slice(11, 16)} UTC:

${pageUnder(publicUrl, '/sign-in')}#token=${token}

If it was not you, leave it be: nobody gets in without this link.
`,
})
