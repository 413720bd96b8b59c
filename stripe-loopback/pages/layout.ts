/** What every page of the loopback looks like: plain, without scripts, and saying first that it is not Stripe. */
import { createHash } from 'node:crypto'
import type { Answer } from '../http/answer.ts'

/** Text that is HTML already. */
export type Html = { readonly html: string }

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '')

type Part = string | number | Html | readonly Html[]

/** A template whose values are escaped, unless they are HTML themselves. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: strings.map((text, at) => text + (at < parts.length ? rendered(parts[at] ?? '') : '')).join(''),
})

const rendered = (part: Part): string => {
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part))
  return 'html' in part ? part.html : part.map((one) => one.html).join('')
}

export const nothing: Html = { html: '' }

export const BANNER = 'This is not Stripe. Nothing is charged.'

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif;
  --ground: #f6f7f9; --card: #fff; --text: #1a1f27; --soft: #4d5866; --line: #c9d0d9; --strong: #0f4c5c; --on-strong: #fff;
  --warn: #ffe08a; --on-warn: #332600; --bad: #9b1c1c; --good: #1b5e20; }
@media (prefers-color-scheme: dark) { :root { --ground: #14181d; --card: #1e242c; --text: #eef1f5; --soft: #b3bdc9;
  --line: #4a5563; --strong: #8fd3e4; --on-strong: #06262e; --bad: #ffb4ab; --good: #a5d6a7; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); }
.banner { margin: 0; padding: 0.75rem 1rem; background: var(--warn); color: var(--on-warn); text-align: center; font-weight: 600; }
main { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 0.75rem; padding: 1.5rem; margin-block: 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 0.25rem; }
h2 { font-size: 1.125rem; margin: 0 0 0.75rem; }
.soft { color: var(--soft); margin: 0; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: start; padding: 0.5rem 0.75rem 0.5rem 0; border-bottom: 1px solid var(--line); vertical-align: middle; }
th { font-weight: 600; color: var(--soft); }
.amount { text-align: end; }
th:last-child, td:last-child { padding-inline-end: 0; }
.money { white-space: nowrap; }
tfoot th, tfoot td { border-bottom: 0; color: var(--text); font-weight: 700; }
form { margin: 0; }
.buttons { display: flex; flex-wrap: wrap; gap: 0.75rem; margin-block-start: 1.5rem; }
button, .button { font: inherit; font-weight: 600; padding: 0.5rem 1.25rem; border-radius: 0.5rem; border: 1px solid var(--strong);
  background: transparent; color: var(--strong); cursor: pointer; text-decoration: none; }
button.main { background: var(--strong); color: var(--on-strong); }
button.small { padding: 0.125rem 0.75rem; }
:focus-visible { outline: 3px solid var(--strong); outline-offset: 2px; }
label { display: block; margin-block: 0.5rem; }
input[type='email'] { display: block; font: inherit; width: 100%; padding: 0.5rem; margin-block-start: 0.25rem; }
fieldset { border: 0; margin: 0; padding: 0; }
legend { padding: 0; font-weight: 600; }
.note { padding: 0.75rem 1rem; border-inline-start: 4px solid var(--good); background: var(--card); margin: 1rem 0 0; }
.note.bad { border-color: var(--bad); }
a { color: var(--strong); }
`

/** Apart from the page, since what is hashed must be what is sent, to the last blank. */
const STYLE_ELEMENT: Html = { html: `<style>${STYLE}</style>` }
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

type Page = {
  readonly title: string
  readonly body: Html
  readonly status?: number
  /** Where a form may lead in the end: a browser looks at redirects after it too. */
  readonly leadsTo?: readonly (string | null)[]
}

const originOf = (url: string | null): readonly string[] => {
  const plain = url?.replaceAll(/[{}]/g, '') ?? ''
  return URL.canParse(plain) ? [new URL(plain).origin] : []
}

export const page = ({ title, body, status = 200, leadsTo = [] }: Page): Answer => {
  const targets = ["'self'", ...leadsTo.flatMap(originOf)].join(' ')
  const policy = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; img-src data:; form-action ${targets}; base-uri 'none'; frame-ancestors 'none'`
  const whole = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · not Stripe</title>
        <link rel="icon" href="data:," />
        ${STYLE_ELEMENT}
      </head>
      <body>
        <header><p class="banner">${BANNER}</p></header>
        <main>${body}</main>
      </body>
    </html> `
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': policy,
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
    body: whole.html,
  }
}

export const plainPage = (status: number, title: string, words: string): Answer =>
  page({
    status,
    title,
    body: html`<section class="card">
      <h1>${title}</h1>
      <p class="soft">${words}</p>
    </section>`,
  })

/** `50000` of `usd` is `$500.00`. */
export const money = (amount: number, currency: string): string => {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency: currency.toUpperCase() })
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

export const day = (seconds: number): string =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' }).format(seconds * 1_000)
