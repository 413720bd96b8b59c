/** Tells somebody that they were taken into a company, and where to sign in. */
import type { Tx } from '@stormops/chassis/database/transaction'
import { handleJob } from '@stormops/chassis/jobs/worker'
import type { JobHandler } from '@stormops/chassis/jobs/worker'
import type { SendMail } from '@stormops/chassis/mail/mail'
import type { Member } from '../domain/member.ts'
import { sendInvitation } from './mail-jobs.ts'
import { pageUnder } from './send-sign-in-link.ts'

export type InvitationDependencies = {
  readonly inTenant: <T>(tenantId: string, work: (tx: Tx) => Promise<T>) => Promise<T>
  readonly invited: (tx: Tx, memberId: string) => Promise<Invited | null>
  readonly sendMail: SendMail
  readonly publicUrl: () => string
}

export type Invited = { readonly member: Member; readonly company: string }

/** Who was removed before the mail left gets none. */
export const sendInvitationHandler = (dependencies: InvitationDependencies): JobHandler =>
  handleJob(sendInvitation, async ({ tenantId }, { memberId }) => {
    const { inTenant, invited, sendMail, publicUrl } = dependencies
    const found = await inTenant(tenantId, (tx) => invited(tx, memberId))
    if (found === null) return
    // The same name each time: whoever ended after sending sends the same mail once more.
    await sendMail({ ...invitationMail(found, publicUrl()), messageId: `invitation.${memberId}` })
  })

/** A name is one line, whatever somebody called the company. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ')

const invitationMail = ({ member, company }: Invited, publicUrl: string) => ({
  to: member.email,
  subject: `You are a member of ${oneLine(company)} on StormOps Graph`,
  text: `${oneLine(company)} has taken you in as ${member.role}.

Sign in with this address, without a password:

${pageUnder(publicUrl, '/sign-in')}
`,
})
