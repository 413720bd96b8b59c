/**
 * People sign in where they are, in the home cell, and then work for a company in whichever cell it lives: what this
 * takes, for requests, for the mails of it, and for whoever asks about a session.
 */
import type { Clock } from '@stormops/chassis/clock'
import type { Database } from '@stormops/chassis/database/database'
import type { FetchContext } from '@stormops/chassis/graphql/subgraph'
import type { ServiceOptions } from '@stormops/chassis/service'
import type { FindStanding } from '@stormops/chassis/session-standing'
import { membershipsElsewhere } from './all-cells.ts'
import type { InIdentity, SigningIn } from './context.ts'
import { refreshTokens } from './domain/refresh-token.ts'
import { sendInvitationHandler } from './jobs/send-invitation.ts'
import { sendSignInLinkHandler } from './jobs/send-sign-in-link.ts'
import { tenantProfile, writeAudit } from './port.ts'
import type { TenancyPorts } from './ports.ts'
import { memberStore } from './store/member-store.ts'
import { personStore } from './store/person-store.ts'
import { sessionStore, standingOf } from './store/session-store.ts'

export type IdentityOf = (requestId: string) => InIdentity

export const identityWork =
  (database: Database, { clock, newId, queue }: ServiceOptions, { secret }: TenancyPorts): IdentityOf =>
  (requestId) =>
  (work) =>
    database.withIdentity((tx) =>
      work({
        tx,
        persons: personStore(tx, membershipsElsewhere(database)),
        sessions: sessionStore(tx, membershipsElsewhere(database)),
        clock,
        newId,
        queue,
        writeAudit,
        secret,
        requestId,
      }),
    )

export const signingInOf = (
  { clock }: ServiceOptions,
  { secret, signToken }: TenancyPorts,
  { refreshToken, userAgent }: FetchContext,
): Omit<SigningIn, 'inIdentity' | 'setCookie'> => ({
  refreshTokens: refreshTokens(secret),
  signToken: (claims, seconds) => signToken(claims, new Date(clock.now().getTime() + seconds * 1000)),
  now: () => clock.now(),
  cookie: refreshToken,
  userAgent: userAgent ?? null,
})

export const mailJobs = (database: Database, identityOf: IdentityOf, needs: TenancyPorts) => [
  sendSignInLinkHandler({ ...needs, inIdentity: identityOf('job') }),
  sendInvitationHandler({
    ...needs,
    inTenant: database.withTenant,
    invited: async (tx, memberId) => {
      const member = await memberStore(tx).maybe(memberId)
      return member === null ? null : { member, company: (await tenantProfile(tx)).name }
    },
  }),
]

export const standingIn =
  (database: Database, clock: Clock): FindStanding =>
  async (sessionId) => {
    const rows = await database.withIdentity((tx) =>
      standingOf(tx, sessionId, clock.now(), membershipsElsewhere(database)),
    )
    const [first] = rows
    if (first === undefined) return null
    return { personId: first.personId, roles: new Map(rows.map(({ tenantId, role }) => [tenantId, role])) }
  }
