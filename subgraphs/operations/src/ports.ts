/** What operations needs of others. */
import type { SendMail } from '@stormops/chassis/mail/mail'
import type { PlatformProbe } from '@stormops/chassis/platform-probe'

export type OperationsPorts = {
  /** Of all other subgraphs in this process; asked for each time, since they are opened one by one. */
  readonly probes: () => readonly PlatformProbe[]
  readonly sendMail: SendMail
  /** Who is written to of platform alerts; null for nobody. */
  readonly operationsMail: string | null
  readonly publicUrl: () => string
}
