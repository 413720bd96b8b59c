/** The HTML of the sandbox: the page itself, what shows while it is built, and the way to Apollo's. */
import { ASSETS_PATH } from './bundle-files.ts'
import type { Bundle } from './bundle-files.ts'

/** Seconds until a page that waits looks again. */
export const LOOK_AGAIN_SECONDS = 1

/** Where Apollo serves its own sandbox. */
const APOLLO_SANDBOX = 'https://studio.apollographql.com/sandbox/explorer'

/** Drawn with the page, since a file of its own would be one more request. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%230f4c5c'/%3E%3Cpath d='M18 4 8 18h7l-2 10 11-15h-7z' fill='%23ffd166'/%3E%3C/svg%3E"

export const sandboxPage = ({ script, styles }: Bundle, nonce: string): string =>
  page({
    title: 'Sandbox · StormOps Graph',
    head: [
      // The page reads the nonce here and gives it to the style elements its editor writes.
      `<meta name="style-nonce" content="${nonce}">`,
      ...styles.map((file) => `<link rel="stylesheet" href="${ASSETS_PATH}/${file}">`),
      `<script type="module" src="${ASSETS_PATH}/${script}"></script>`,
    ],
    body: '<div id="sandbox"></div><noscript>The sandbox needs JavaScript.</noscript>',
  })

export const waitingPage = (nonce: string): string =>
  plainPage(nonce, {
    title: 'Starting the sandbox',
    head: [`<meta http-equiv="refresh" content="${LOOK_AGAIN_SECONDS}">`],
    words:
      '<p>The page is being put together, which takes a few seconds and happens once for each version. It opens here as soon as it is there.</p>',
  })

export const failedPage = (nonce: string): string =>
  plainPage(nonce, {
    title: 'The sandbox could not be built',
    head: [],
    words:
      '<p>The server’s log says why. Reload this page to try again; the graph itself answers at <code>/graphql</code> all the same.</p>',
  })

/** A link and not a frame: Apollo's page needs requests from its own address, which this server lets nobody send. */
export const apolloPage = (nonce: string, endpoint: string): string =>
  plainPage(nonce, {
    title: 'Apollo Sandbox',
    head: [],
    words: `<p>This server was started with <code>SANDBOX=apollo</code>. The link opens Apollo’s hosted sandbox with <code>${escapeHtml(endpoint)}</code> as its endpoint.</p>
<p><a class="action" rel="noopener noreferrer" href="${escapeHtml(`${APOLLO_SANDBOX}?endpoint=${encodeURIComponent(endpoint)}`)}">Open Apollo Sandbox</a></p>
<p>That page is Apollo’s, not ours: what you type there, a token included, is typed into it. It asks this server from another origin, which this server refuses (no CORS), so put a proxy of yours before it that allows <code>https://studio.apollographql.com</code>. Without one, use our own sandbox: <code>SANDBOX=graphiql</code>.</p>`,
  })

type PlainPage = { readonly title: string; readonly head: readonly string[]; readonly words: string }

const plainPage = (nonce: string, { title, head, words }: PlainPage): string =>
  page({
    title: `${title} · StormOps Graph`,
    head: [...head, `<style nonce="${nonce}">${PLAIN_STYLE}</style>`],
    body: `<main><h1>${title}</h1>${words}</main>`,
  })

const PLAIN_STYLE = `
:root { color-scheme: light dark }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 16px/1.6 system-ui, sans-serif;
  background: light-dark(#f6f8f9, #10181c); color: light-dark(#16262c, #e6eef0) }
main { max-width: 36rem; padding: 2rem }
h1 { font-size: 1.4rem; margin: 0 0 .5rem }
a.action { display: inline-block; padding: .5rem 1rem; border-radius: .5rem; background: #0f4c5c; color: #fff; text-decoration: none }
code { font-size: .9em; overflow-wrap: anywhere }`

const page = ({
  title,
  head,
  body,
}: {
  readonly title: string
  readonly head: readonly string[]
  readonly body: string
}): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="${ICON}">
${head.join('\n')}
</head>
<body>
${body}
</body>
</html>
`

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter)
