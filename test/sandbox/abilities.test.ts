/** What the sandbox's page asks of a graph about signing in, held against graphs that offer it and one that does not. */
import { buildSchema, parse, validate } from 'graphql'
import type { GraphQLSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { can, documentOf } from '../../gateway/sandbox/app/abilities.ts'
import type { Shape } from '../../gateway/sandbox/app/abilities.ts'

const PROMISED = buildSchema(`
  type Query { viewer: ID }
  interface UserError { message: String! }
  type NotSignedIn implements UserError { message: String! }
  type Session { accessToken: String! expiresAt: String! }
  enum Role { OWNER CREW }
  type Mutation {
    requestMagicLink(input: RequestMagicLinkInput!, idempotencyKey: String): RequestMagicLinkResult
    refreshSession: RefreshSessionResult
    signOut: SignOutResult
    openSandboxSession(input: OpenSandboxSessionInput!, idempotencyKey: String): OpenSandboxSessionResult
    startImpersonation(input: StartImpersonationInput!): StartImpersonationResult
  }
  input RequestMagicLinkInput { email: String! }
  type RequestMagicLinkSuccess { sentAt: String! }
  union RequestMagicLinkResult = RequestMagicLinkSuccess | NotSignedIn
  type RefreshSessionSuccess { session: Session! }
  union RefreshSessionResult = RefreshSessionSuccess | NotSignedIn
  type SignOutSuccess { done: Boolean! }
  union SignOutResult = SignOutSuccess
  input OpenSandboxSessionInput { role: Role! }
  type OpenSandboxSessionSuccess { accessToken: String! expiresAt: String! }
  union OpenSandboxSessionResult = OpenSandboxSessionSuccess | NotSignedIn
  input StartImpersonationInput { tenantId: ID! role: Role! reason: String! }
  type StartImpersonationSuccess { session: Session! }
  union StartImpersonationResult = StartImpersonationSuccess | NotSignedIn
`)

const known = (schema: GraphQLSchema): Shape => ({ kind: 'known', schema })

describe('what a page asks about signing in', () => {
  it.each([
    ['requestMagicLink', { email: 'ann@example.com' }],
    ['refreshSession', {}],
    ['signOut', {}],
    ['openSandboxSession', { role: 'CREW' }],
    [
      'startImpersonation',
      { tenantId: 'ten_1', role: 'CREW', reason: 'A question of theirs.', readOnly: true },
    ],
  ])('%s fits the graph that is promised', (mutation, input) => {
    const { document } = documentOf(known(PROMISED), mutation, input)
    expect(can(known(PROMISED), mutation)).toBe(true)
    expect(validate(PROMISED, parse(document))).toEqual([])
  })

  it.each(['requestMagicLink', 'refreshSession'])('%s fits it also unseen', (mutation) => {
    const { document } = documentOf(
      { kind: 'hidden' },
      mutation,
      mutation === 'refreshSession' ? {} : { email: 'a@b.c' },
    )
    expect(can({ kind: 'hidden' }, mutation)).toBe(true)
    expect(validate(PROMISED, parse(document))).toEqual([])
  })

  it('leaves out what an input does not have', () => {
    const input = { tenantId: 'ten_1', role: 'CREW', reason: 'A question.', readOnly: true }
    expect(documentOf(known(PROMISED), 'startImpersonation', input).variables).toEqual({
      input: { tenantId: 'ten_1', role: 'CREW', reason: 'A question.' },
    })
  })

  it('asks for a token where the graph keeps it', () => {
    expect(documentOf(known(PROMISED), 'startImpersonation', {}).document).toContain('session { accessToken')
    expect(documentOf(known(PROMISED), 'openSandboxSession', {}).document).not.toContain('session {')
  })

  it('is nothing on a graph without it', () => {
    const bare = known(buildSchema('type Query { viewer: ID }'))
    for (const mutation of ['requestMagicLink', 'refreshSession', 'openSandboxSession']) {
      expect(can(bare, mutation)).toBe(false)
      expect(can({ kind: 'asking' }, mutation)).toBe(false)
    }
    expect(can({ kind: 'hidden' }, 'openSandboxSession')).toBe(false)
  })
})
