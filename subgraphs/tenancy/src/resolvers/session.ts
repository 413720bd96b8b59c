import type { EveryField, FieldsBeyond } from '@stormops/chassis/graphql/resolver-types'
import { invalidInput, notFound } from '@stormops/chassis/graphql/results'
import { Fault, unreachable } from '@stormops/chassis/fault'
import { revokeSession, signOut } from '../commands/end-session.ts'
import type { SignedIn } from '../commands/person-actor.ts'
import { redeemMagicLink } from '../commands/redeem-magic-link.ts'
import { refreshSession } from '../commands/refresh-session.ts'
import { requestMagicLink } from '../commands/request-magic-link.ts'
import { switchTenant } from '../commands/switch-tenant.ts'
import { personIds, sessionIds, tenantIds } from '../context.ts'
import type { SigningIn, TenancyContext } from '../context.ts'
import { ACCESS_TOKEN_SECONDS } from '../domain/session.ts'
import type { Membership, Session } from '../domain/session.ts'
import { LINK_MINUTES } from '../domain/sign-in-link.ts'
import type { MutationResolvers, QueryResolvers, SessionResolvers } from '../generated/resolvers.ts'

type Mutations =
  | 'requestMagicLink'
  | 'redeemMagicLink'
  | 'refreshSession'
  | 'signOut'
  | 'revokeSession'
  | 'switchTenant'

export const sessionMutations: Pick<EveryField<MutationResolvers>, Mutations> = {
  requestMagicLink: async (_root, { input }, { signingIn }) => {
    const result = await signingIn.inIdentity((work) => requestMagicLink(work, input))
    switch (result.kind) {
      case 'ok':
        return { __typename: 'RequestMagicLinkSuccess', message: LINK_ON_ITS_WAY }
      case 'invalid':
        return invalidInput(result)
      default:
        return unreachable(result)
    }
  },
  redeemMagicLink: async (_root, { input }, { signingIn }) => {
    const { token, tenantId: asked } = input
    const tenantId = asked === null || asked === undefined ? null : tenantIds.decode(asked)
    if (asked && tenantId === null) return notFound('company', asked)
    const { userAgent } = signingIn
    const result = await signingIn.inIdentity((work) => redeemMagicLink(work, { token, tenantId, userAgent }))
    switch (result.kind) {
      case 'ok':
        keepSignedIn(signingIn, result.signedIn)
        return {
          __typename: 'RedeemMagicLinkSuccess',
          session: await signedInSession(signingIn, result.signedIn),
        }
      case 'link-invalid':
        return { __typename: 'SignInLinkInvalid', message: LINK_INVALID }
      case 'not-found':
        return notFound('company', asked ?? '')
      default:
        return unreachable(result)
    }
  },
  refreshSession: async (_root, { input }, { signingIn }) => {
    const given = input?.refreshToken ?? null
    const token = signingIn.refreshTokens.read(given ?? signingIn.cookie ?? '')
    const result =
      token === null
        ? ({ kind: 'refused' } as const)
        : await signingIn.inIdentity((work) => refreshSession(work, token))
    if (result.kind === 'refused') {
      if (given === null) signingIn.setCookie(null)
      throw new Fault('UNAUTHENTICATED', 'You are not signed in any more. Ask for a new link.')
    }
    keepSignedIn(signingIn, result.signedIn)
    return {
      __typename: 'RefreshSessionSuccess',
      session: await signedInSession(signingIn, result.signedIn),
    }
  },
  signOut: async (_root, _arguments, context) => {
    const { signingIn } = context
    const sessionId =
      context.maybeActor?.sessionId ?? signingIn.refreshTokens.read(signingIn.cookie ?? '')?.sessionId ?? null
    const endedAt = await signingIn.inIdentity((work) => signOut(work, sessionId))
    signingIn.setCookie(null)
    if (sessionId !== null) context.ports.accessChanged({ kind: 'session-ended', sessionId })
    return { __typename: 'SignOutSuccess', endedAt }
  },
  revokeSession: async (_root, { input }, context) => {
    const sessionId = sessionIds.decode(input.sessionId)
    if (sessionId === null) return notFound('session', input.sessionId)
    const personId = personOf(context)
    const result = await context.signingIn.inIdentity((work) => revokeSession(work, { personId, sessionId }))
    switch (result.kind) {
      case 'ok':
        context.ports.accessChanged({ kind: 'session-ended', sessionId })
        return { __typename: 'RevokeSessionSuccess', sessionId: input.sessionId }
      case 'not-found':
        return notFound('session', input.sessionId)
      default:
        return unreachable(result)
    }
  },
  switchTenant: async (_root, { input }, { actor, signingIn }) => {
    const { sessionId } = actor()
    if (sessionId === null) {
      throw new Fault('FORBIDDEN', 'Only who signed in can change to another company; this token is for one.')
    }
    const tenantId = tenantIds.decode(input.tenantId)
    if (tenantId === null) return notFound('company', input.tenantId)
    const result = await signingIn.inIdentity((work) => switchTenant(work, { sessionId, tenantId }))
    switch (result.kind) {
      case 'ok':
        return {
          __typename: 'SwitchTenantSuccess',
          session: await signedInSession(signingIn, result.signedIn),
        }
      case 'not-found':
        return notFound('company', input.tenantId)
      default:
        return unreachable(result)
    }
  },
}

export const sessionQueries: Pick<EveryField<QueryResolvers>, 'sessions'> = {
  sessions: async (_root, _arguments, context) => {
    const personId = personOf(context)
    if (personId === null) return []
    const found = await context.signingIn.inIdentity(({ sessions, clock }) =>
      sessions.liveOf(personId, clock.now()),
    )
    return [...found]
  },
}

export const sessionResolvers: FieldsBeyond<Session, SessionResolvers> = {
  id: ({ id }) => sessionIds.encode(id),
  current: ({ id }, _arguments, { actor }) => actor().sessionId === id,
}

const LINK_ON_ITS_WAY = `If this is the address of a member, a link is on its way to it. It works once, for ${LINK_MINUTES} minutes.`
const LINK_INVALID = `This link was used before, is older than ${LINK_MINUTES} minutes, or is not one of ours. Ask for a new one.`

/** The person who asks, by what the token says; null for a key, or a token made without signing in. */
const personOf = ({ actor }: TenancyContext): string | null => {
  const { id, sessionId } = actor()
  return sessionId === null ? null : personIds.decode(id)
}

const keepSignedIn = (
  { refreshTokens, setCookie }: SigningIn,
  { session: { id, generation, expiresAt } }: SignedIn,
): void => setCookie({ value: refreshTokens.write({ sessionId: id, generation }), expiresAt })

const signedInSession = async (signingIn: SigningIn, { session, current, memberships }: SignedIn) => {
  // The token is signed for whole seconds, counted from the one that has begun.
  const begun = Math.floor(signingIn.now().getTime() / 1000)
  const claims = {
    subject: personIds.encode(session.personId),
    kind: 'USER' as const,
    tenantId: current.tenantId,
    role: current.role,
    sessionId: session.id,
  }
  return {
    accessToken: await signingIn.signToken(claims, ACCESS_TOKEN_SECONDS),
    expiresAt: new Date((begun + ACCESS_TOKEN_SECONDS) * 1000),
    tenant: signedInTenant(current),
    tenants: memberships.map(signedInTenant),
  }
}

const signedInTenant = ({ tenantId, slug, name, status, role }: Membership) => ({
  id: tenantIds.encode(tenantId),
  slug,
  name,
  status,
  role,
})
