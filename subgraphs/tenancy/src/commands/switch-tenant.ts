/** Goes on in another company, in the same session. */
import type { PersonWork } from '../context.ts'
import { isLive } from '../domain/session.ts'
import { writeSessionAudit } from './person-actor.ts'
import type { SignedIn } from './person-actor.ts'

export type SwitchTenantResult =
  | { readonly kind: 'ok'; readonly signedIn: SignedIn }
  | { readonly kind: 'not-found' }

export const switchTenant = async (
  work: PersonWork,
  { sessionId, tenantId }: { readonly sessionId: string; readonly tenantId: string },
): Promise<SwitchTenantResult> => {
  const { sessions, persons, clock } = work
  const session = await sessions.maybe(sessionId)
  if (session === null || !isLive(session, clock.now())) return { kind: 'not-found' }
  const memberships = await persons.memberships(session.personId, tenantId)
  const current = memberships.find((one) => one.tenantId === tenantId)
  if (current === undefined) return { kind: 'not-found' }
  await sessions.moveTo(sessionId, current)
  await writeSessionAudit(work, 'switchTenant', { ...session, ...current })
  return { kind: 'ok', signedIn: { session, current, memberships } }
}
