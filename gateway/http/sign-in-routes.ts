/** `/sign-in`: the page behind the link of a mail. Its script and its style are files of ours; nothing is inline. */
import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'

const SIGN_IN_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const PARTS = [
  { path: '/sign-in', file: 'page.html', mediaType: 'text/html; charset=utf-8' },
  { path: '/sign-in/page.js', file: 'page.js', mediaType: 'text/javascript; charset=utf-8' },
  { path: '/sign-in/page.css', file: 'page.css', mediaType: 'text/css; charset=utf-8' },
] as const

export const signInRoutes = async (app: FastifyInstance): Promise<void> => {
  for (const { path, file, mediaType } of PARTS) {
    const text = readFileSync(new URL(`../sign-in-page/${file}`, import.meta.url), 'utf8')
    app.get(path, async (_request, reply) =>
      reply.header('content-security-policy', SIGN_IN_POLICY).type(mediaType).send(text),
    )
  }
}
