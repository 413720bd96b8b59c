/** What tenancy needs of whoever puts the platform together, to sign people in. */
import type { TokenClaims } from '@stormops/chassis/identity'
import type { SendMail } from '@stormops/chassis/mail/mail'

export type SignInNeeds = {
  /** Signs what a person works with for some seconds. */
  readonly signToken: (claims: TokenClaims, lifetimeSeconds: number) => Promise<string>
  readonly sendMail: SendMail
  /** Where people reach the platform; links begin with it. */
  readonly publicUrl: () => string
  /** What refresh tokens and hashes of addresses are derived from; another one signs everybody out. */
  readonly secret: string
}
