/** What a browser may do with the sandbox's pages: load our own files, talk to our own address, and nothing else. */

/**
 * Monaco, the editor, writes `<style>` elements, which are given the nonce, and draws marks as text with `style`
 * attributes, which no nonce can name: without `unsafe-inline` for attributes alone there are no selections, no
 * underlined mistakes and no matching brackets. Its fonts, and one image of GraphiQL's, are data in the style sheet.
 */
export const pageHeaders = (nonce: string): Readonly<Record<string, string>> => ({
  'content-security-policy': policy({
    'script-src': "'self'",
    'style-src-elem': `'self' 'nonce-${nonce}'`,
    'style-src-attr': "'unsafe-inline'",
    'connect-src': "'self'",
    'img-src': "'self' data:",
    'font-src': "'self' data:",
    'worker-src': "'self'",
  }),
  ...APART,
})

/** For a page of words alone. */
export const plainPageHeaders = (nonce: string): Readonly<Record<string, string>> => ({
  'content-security-policy': policy({ 'style-src': `'nonce-${nonce}'`, 'img-src': 'data:' }),
  ...APART,
})

/** A worker obeys the policy of its own file: it may load more of ours, and send nothing anywhere. */
export const ASSET_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; script-src 'self'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'public, max-age=31536000, immutable',
}

const APART = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin' }

const policy = (directives: Readonly<Record<string, string>>): string =>
  Object.entries({
    'default-src': "'none'",
    ...directives,
    'frame-ancestors': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
  })
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
