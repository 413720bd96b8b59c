/** Signing in as somebody else: links, cookies and refresh tokens that are guessed, used again or sent from elsewhere. */
import { randomBytes } from 'node:crypto'
import { askWith, send } from './scene.ts'
import type { Attack, Scene } from './scene.ts'

const REFRESH =
  'mutation { refreshSession { __typename ... on RefreshSessionSuccess { session { accessToken } } } }'

const refreshing = (
  name: string,
  headers: Readonly<Record<string, string>>,
  status = 200,
  code = 'UNAUTHENTICATED',
): Attack => ({
  name: `a refresh ${name}`,
  send: (scene: Scene) =>
    send(
      scene,
      'POST',
      '/graphql',
      { 'content-type': 'application/json', ...headers },
      JSON.stringify({ query: REFRESH }),
    ),
  status,
  code,
  reachesSubgraph: true,
})

const A_SESSION = '018f2b1c-0000-7000-8000-000000000001'

export const SIGN_IN_ATTACKS: readonly Attack[] = [
  refreshing('without a cookie', {}),
  refreshing('with a made-up cookie', {
    cookie: `stormops_refresh=${randomBytes(32).toString('base64url')}`,
  }),
  refreshing('with a session and no code', { cookie: `stormops_refresh=${A_SESSION}.1.` }),
  refreshing('with a session and a guessed code', {
    cookie: `stormops_refresh=${A_SESSION}.1.${randomBytes(32).toString('base64url')}`,
  }),
  refreshing('with a negative generation', {
    cookie: `stormops_refresh=${A_SESSION}.-1.${randomBytes(32).toString('base64url')}`,
  }),
  refreshing('with a statement for a cookie', { cookie: `stormops_refresh=' or 1=1 --` }),
  refreshing('with a cookie of a hundred kilobytes cut by the server', {
    cookie: `stormops_refresh=${'a'.repeat(8_000)}`,
  }),
  {
    name: 'a refresh by a form of another page',
    send: (scene) =>
      send(
        scene,
        'POST',
        '/graphql',
        {
          'content-type': 'text/plain',
          cookie: `stormops_refresh=${A_SESSION}.1.x`,
          origin: 'https://evil.example',
        },
        JSON.stringify({ query: REFRESH }),
      ),
    status: 415,
    code: 'BAD_INPUT',
  },
  {
    name: 'a link redeemed by following it',
    send: (scene) =>
      send(
        scene,
        'GET',
        `/graphql?query=${encodeURIComponent('mutation { redeemMagicLink(input: { token: "x" }) { __typename } }')}`,
        { 'apollo-require-preflight': '1' },
      ),
    status: 405,
    code: 'BAD_INPUT',
  },
  {
    name: 'nobody who ends somebody’s session',
    send: (scene) =>
      askWith(
        scene,
        null,
        'mutation ($id: ID!) { revokeSession(input: { sessionId: $id }) { __typename } }',
        {
          id: `ses_${A_SESSION.replaceAll('-', '')}`,
        },
      ),
    status: 401,
    code: 'UNAUTHENTICATED',
  },
  {
    name: 'nobody who invites themselves',
    send: (scene) =>
      askWith(
        scene,
        null,
        'mutation { inviteMember(input: { email: "a@b.example", role: OWNER }) { __typename } }',
      ),
    status: 401,
    code: 'UNAUTHENTICATED',
  },
  {
    name: 'an analyst who promotes themselves',
    send: ({ ...scene }) =>
      askWith(
        scene,
        scene.victim.as('ANALYST').token,
        'mutation { changeMemberRole(input: { memberId: "mem_x", role: OWNER }) { __typename } }',
      ),
    status: 403,
    code: 'FORBIDDEN',
  },
  {
    name: 'an owner who acts as staff',
    send: (scene) =>
      askWith(
        scene,
        scene.attacker.as('OWNER').token,
        'mutation ($id: ID!) { startImpersonation(input: { tenantId: $id, role: OWNER, reason: "To see what they do" }) { __typename } }',
        { id: scene.victim.id },
      ),
    status: 403,
    code: 'FORBIDDEN',
  },
]
