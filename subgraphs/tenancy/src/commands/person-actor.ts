/** Somebody who is signing in, or going on: no gateway has said yet who they are, the session does. */
import type { Actor } from '@stormops/chassis/identity'
import { scopesOf } from '@stormops/chassis/permission'
import type { PersonWork } from '../context.ts'
import type { Membership, Session } from '../domain/session.ts'
import { personIds, sessionIds } from '../domain/ids.ts'

const personActor = ({ personId, tenantId, role, id }: ActingSession): Actor => ({
  kind: 'USER',
  id: personIds.encode(personId),
  tenantId,
  role,
  scopes: scopesOf(role),
  sessionId: id,
  impersonation: null,
})

type ActingSession = Pick<Session, 'id' | 'personId' | 'tenantId' | 'role'>

/** Writes what happened to a session into the audit of the company it works for, in the same transaction. */
export const writeSessionAudit = (
  { tx, writeAudit, requestId }: PersonWork,
  action: string,
  session: ActingSession,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> =>
  tx.actFor(session.tenantId, (inTenant) =>
    writeAudit(inTenant, {
      action: `tenancy.${action}`,
      actor: personActor(session),
      requestId,
      subjectKind: 'session',
      subjectId: sessionIds.encode(session.id),
      detail,
    }),
  )

/** What a person who is signed in goes on with. */
export type SignedIn = {
  readonly session: Pick<Session, 'id' | 'personId' | 'generation' | 'expiresAt'>
  readonly current: Membership
  readonly memberships: readonly Membership[]
}
