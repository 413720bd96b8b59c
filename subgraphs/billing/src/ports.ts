/** What billing needs of the world outside it; a composition root decides what each of these is. */
import type { SendMail } from '@stormops/chassis/mail/mail'

export type BillingPorts = {
  readonly sendMail: SendMail
  /** Where people reach the platform; links begin with it. */
  readonly publicUrl: () => string
  /** The plan of a company may be another from now on; whoever remembers it asks again. */
  readonly planChanged: (tenantId: string) => void
}
