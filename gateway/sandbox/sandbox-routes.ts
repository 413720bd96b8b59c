/** `/sandbox`: a page to try the graph with, and in development the tokens to try it as somebody. */
import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { unreachable } from '@stormops/chassis/fault'
import { isRole } from '@stormops/chassis/permission'
import type { Role } from '@stormops/chassis/permission'
import { z } from 'zod'
import { HttpRefusal } from '../http/errors.ts'
import type { BundleCache } from './bundle.ts'
import { ASSETS_PATH } from './bundle-files.ts'
import { ASSET_HEADERS, pageHeaders, plainPageHeaders } from './content-security.ts'
import { requireOwnPage } from './development-requests.ts'
import type { ExampleOperation } from './example-operations.ts'
import { apolloPage, failedPage, sandboxPage, waitingPage } from './pages.ts'

export type SandboxMode = 'graphiql' | 'apollo' | 'off'

export type DevelopmentToken = { readonly accessToken: string; readonly expiresAt: string }

/** What a person who develops may be without signing in. Given only where the environment is development. */
export type DevelopmentSignIn = {
  readonly companies: () => Promise<readonly { readonly slug: string; readonly name: string }[]>
  /** Leaves a line in the company's audit. `slug` is null for staff. Throws NOT_FOUND. */
  readonly developmentToken: (slug: string | null, role: Role) => Promise<DevelopmentToken>
}

export type SandboxOptions = {
  readonly mode: SandboxMode
  readonly bundle: BundleCache
  readonly development: DevelopmentSignIn | null
  readonly examples: readonly ExampleOperation[]
  /** Where the graph is reached from outside; asked for each time. */
  readonly publicUrl: () => string
}

export const sandboxRoutes =
  (options: SandboxOptions) =>
  async (app: FastifyInstance): Promise<void> => {
    if (options.mode === 'off') return
    app.get('/sandbox/', (_request, reply) => reply.redirect('/sandbox', 308))
    if (options.mode === 'apollo') {
      app.get('/sandbox', async (_request, reply) => {
        const nonce = newNonce()
        return html(reply, plainPageHeaders(nonce), apolloPage(nonce, `${options.publicUrl()}/graphql`))
      })
      return
    }
    pageRoutes(app, options)
    if (options.development !== null) developmentRoutes(app, options.development)
  }

const pageRoutes = (app: FastifyInstance, { bundle, examples, development }: SandboxOptions): void => {
  app.get('/sandbox', async (_request, reply) => {
    bundle.prepare()
    return showPage(reply, bundle)
  })
  app.get<{ Params: { file: string } }>(`${ASSETS_PATH}/:file`, (request, reply) =>
    sendAsset(request, reply, bundle),
  )
  app.get('/sandbox/settings', async () => ({ developmentSignIn: development !== null, examples }))
}

const showPage = (reply: FastifyReply, cache: BundleCache): FastifyReply => {
  const nonce = newNonce()
  const state = cache.state()
  switch (state.kind) {
    case 'ready':
      return html(reply, pageHeaders(nonce), sandboxPage(state.bundle, nonce))
    case 'missing':
    case 'building':
      return html(reply, plainPageHeaders(nonce), waitingPage(nonce))
    case 'failed':
      return html(reply.code(503), plainPageHeaders(nonce), failedPage(nonce))
    default:
      return unreachable(state)
  }
}

const sendAsset = async (
  request: FastifyRequest<{ Params: { file: string } }>,
  reply: FastifyReply,
  cache: BundleCache,
): Promise<FastifyReply> => {
  const state = cache.state()
  const file = state.kind === 'ready' ? state.bundle.files.get(request.params.file) : undefined
  if (file === undefined) throw new HttpRefusal(404, 'There is no such file of the sandbox.')
  const gzip = file.gzipPath !== null && acceptsGzip(request.headers['accept-encoding'])
  reply.headers(ASSET_HEADERS).header('vary', 'accept-encoding').type(file.mediaType)
  if (gzip) reply.header('content-encoding', 'gzip')
  return reply.send(createReadStream(gzip && file.gzipPath !== null ? file.gzipPath : file.path))
}

const acceptsGzip = (header: string | string[] | undefined): boolean =>
  String(header ?? '')
    .split(',')
    .some((coding) => /^\s*(gzip|\*)\s*($|;\s*q=(0?\.0*[1-9]|1))/i.test(coding))

const wanted = z.object({ tenant: z.string().min(1).max(200).nullable(), role: z.string() })

const developmentRoutes = (app: FastifyInstance, development: DevelopmentSignIn): void => {
  // A form of somebody else's page can send text, and not JSON.
  app.removeContentTypeParser('text/plain')
  app.get('/sandbox/companies', async (request, reply) => {
    requireOwnPage(request)
    return reply.send({ companies: await development.companies() })
  })
  app.post('/sandbox/token', async (request, reply) => {
    requireOwnPage(request)
    const { tenant, role } = readWanted(request.body)
    return reply.send(await development.developmentToken(tenant, role))
  })
}

/** Throws `HttpRefusal` 400. Whoever is staff is of no company, and everybody else is of one. */
const readWanted = (body: unknown): { readonly tenant: string | null; readonly role: Role } => {
  const { data } = wanted.safeParse(body)
  if (data === undefined || !isRole(data.role) || (data.role === 'STAFF') !== (data.tenant === null)) {
    throw new HttpRefusal(400, 'Send a tenant’s short name and a role, or null and STAFF.')
  }
  return { tenant: data.tenant, role: data.role }
}

const html = (reply: FastifyReply, headers: Readonly<Record<string, string>>, text: string): FastifyReply =>
  reply.headers(headers).type('text/html; charset=utf-8').send(text)

const NONCE_BYTES = 16
const newNonce = (): string => randomBytes(NONCE_BYTES).toString('base64url')
