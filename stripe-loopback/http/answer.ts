/** What goes back over the wire. */
export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type Asked = {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly query: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
}

/** So that production can refuse to talk to it. */
export const MARK = { 'x-stripe-loopback': 'true' } as const

export const json = (status: number, body: object, headers: Answer['headers'] = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(body, null, 2),
})

/** An address of somebody else's is written as headers must be: without blanks, line ends and letters of other scripts. */
export const redirect = (to: string): Answer => ({
  status: 303,
  headers: { location: URL.canParse(to) ? new URL(to).href : to },
  body: '',
})
