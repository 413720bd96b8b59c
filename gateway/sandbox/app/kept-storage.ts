/**
 * Where GraphiQL keeps its tabs and its history: the browser, without request headers. It would write those of every
 * operation that was run into the history, and a header is where a token is.
 */

const PREFIX = 'graphiql:'
const HISTORIES: ReadonlySet<string> = new Set(['graphiql:queries', 'graphiql:favorites'])
const HEADERS = 'graphiql:headers'

const withoutHeaders = (text: string): string =>
  JSON.stringify(JSON.parse(text), (name, value: unknown) => (name === 'headers' ? undefined : value))

export const keptStorage = {
  getItem: (key: string): string | null => localStorage.getItem(key),
  setItem: (key: string, value: string): void => {
    if (key === HEADERS) return
    localStorage.setItem(key, HISTORIES.has(key) ? withoutHeaders(value) : value)
  },
  removeItem: (key: string): void => localStorage.removeItem(key),
  /** GraphiQL's settings offer to clear what it keeps; saved operations are not its own. */
  clear: (): void => {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key)
  },
  get length(): number {
    return localStorage.length
  },
}
