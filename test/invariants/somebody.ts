/** A person of a company who is signed in, with another session, another link, and another member beside them. */
import { anEmail, INVITE, requestLink, signIn } from '../tenancy/browser.ts'
import type { TestTenant, World } from '../world/world.ts'

export type Somebody = {
  readonly accessToken: string
  /** Of a link that was not used. */
  readonly linkToken: string
  /** Another of the same person. */
  readonly session: string
  /** Somebody else of the company. */
  readonly member: string
}

export const somebodyOf = async (world: World, tenant: TestTenant): Promise<Somebody> => {
  const email = anEmail()
  const owner = tenant.as('OWNER')
  await owner.data(INVITE, { email, role: 'OWNER' })
  const { inviteMember } = await owner.data(INVITE, { email: anEmail(), role: 'VIEWER' })
  const { browser, token } = await signIn(world, email)
  await signIn(world, email)
  const linkToken = await requestLink(world, email)
  const { sessions } = await browser.data(`{ sessions { id current } }`, {}, token)
  return {
    accessToken: token,
    linkToken,
    session: sessions.find(({ current }: any) => current === false).id,
    member: inviteMember.member.id,
  }
}
