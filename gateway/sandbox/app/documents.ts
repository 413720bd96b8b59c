/** Every operation that the page itself asks. A test holds them against the graph that clients see. */

export const VIEWER = `query SandboxViewer {
  viewer { actor { id kind } tenant { id slug name } roles }
}`

export const TENANTS = `query SandboxTenants {
  tenants(first: 100) { edges { node { id name } } }
}`

export const REQUEST_MAGIC_LINK = `mutation SandboxRequestMagicLink($input: RequestMagicLinkInput!) {
  requestMagicLink(input: $input) {
    __typename
    ... on RequestMagicLinkSuccess { message }
    ... on UserError { message }
  }
}`

/** The cookie says who asks. */
export const REFRESH_SESSION = `mutation SandboxRefreshSession {
  refreshSession {
    __typename
    ... on RefreshSessionSuccess { session { accessToken expiresAt } }
    ... on UserError { message }
  }
}`

export const SIGN_OUT = `mutation SandboxSignOut {
  signOut { __typename ... on UserError { message } }
}`

export const OPEN_SANDBOX_SESSION = `mutation SandboxOpenSandboxSession($input: OpenSandboxSessionInput!) {
  openSandboxSession(input: $input) {
    __typename
    ... on OpenSandboxSessionSuccess { accessToken expiresAt }
    ... on UserError { message }
  }
}`

export const START_IMPERSONATION = `mutation SandboxStartImpersonation($input: StartImpersonationInput!) {
  startImpersonation(input: $input) {
    __typename
    ... on StartImpersonationSuccess { impersonation { id reason readOnly } accessToken expiresAt }
    ... on UserError { message }
  }
}`

export const END_IMPERSONATION = `mutation SandboxEndImpersonation($input: EndImpersonationInput!) {
  endImpersonation(input: $input) { __typename ... on UserError { message } }
}`
