/** What is served at `/sandbox`, to whom, and with which headers. */
import { request } from 'node:http'
import { globSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createLog } from '@stormops/chassis/telemetry/log'
import { bundleCache } from '@stormops/gateway/sandbox/bundle'
import type { BundleCache } from '@stormops/gateway/sandbox/bundle'
import { sandboxRoutes } from '@stormops/gateway/sandbox/sandbox-routes'
import { startServer } from '../../gateway/testing/running-server.ts'
import type { RunningServer } from '../../gateway/testing/running-server.ts'
import { openWorld } from '../world/world.ts'
import type { TestTenant, World } from '../world/world.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

const post = (world: World, body: unknown, headers: Record<string, string> = JSON_TYPE): Promise<Response> =>
  fetch(`${world.url}/sandbox/token`, { method: 'POST', headers, body: JSON.stringify(body) })

/** With headers that fetch does not let anybody choose. */
const postAs = (url: string, headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const sent = request(
      `${url}/sandbox/token`,
      { method: 'POST', headers: { ...JSON_TYPE, ...headers } },
      (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      },
    )
    sent.once('error', reject)
    sent.end(JSON.stringify({ tenant: null, role: 'STAFF' }))
  })

describe('in development', () => {
  let world: World
  let tenant: TestTenant
  let slug: string
  beforeAll(async () => {
    world = await openWorld({ sandbox: { mode: 'graphiql', development: true } })
    world.platform.sandboxBundle.prepare()
    await world.platform.sandboxBundle.settled()
    tenant = await world.tenant()
    slug = (await tenant.as('OWNER').data('{ tenant { slug } }')).tenant.slug
  })
  afterAll(() => world?.close())

  it('the page may load our own files only, and is never kept', async () => {
    const response = await fetch(`${world.url}/sandbox`)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-store')
    const policy = response.headers.get('content-security-policy') ?? ''
    const nonce = /'nonce-([\w-]+)'/.exec(policy)?.[1] ?? ''
    expect(nonce.length).toBeGreaterThan(15)
    expect(policy.split('; ').toSorted()).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'none'",
      "font-src 'self' data:",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "img-src 'self' data:",
      "script-src 'self'",
      "style-src-attr 'unsafe-inline'",
      `style-src-elem 'self' 'nonce-${nonce}'`,
      "worker-src 'self'",
    ])
    expect(await response.text()).toContain(`content="${nonce}"`)
    expect((await (await fetch(`${world.url}/sandbox`)).text()).includes(nonce)).toBe(false)
  })

  it('its files are kept for ever, compressed, and nothing beside them can be asked for', async () => {
    const page = await (await fetch(`${world.url}/sandbox`)).text()
    const script = /src="(\/sandbox\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? ''
    const style = /href="(\/sandbox\/assets\/[^"]+\.css)"/.exec(page)?.[1] ?? ''
    for (const [path, type] of [
      [script, 'text/javascript; charset=utf-8'],
      [style, 'text/css; charset=utf-8'],
    ] as const) {
      const response = await fetch(`${world.url}${path}`, { headers: { 'accept-encoding': 'gzip' } })
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toBe(type)
      expect(response.headers.get('content-encoding')).toBe('gzip')
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      const compressed = await response.text()
      const whole = await fetch(`${world.url}${path}`, { headers: { 'accept-encoding': 'identity' } })
      expect(whole.headers.get('content-encoding')).toBeNull()
      expect(await whole.text()).toBe(compressed)
    }
    for (const path of [
      'manifest.json',
      '..%2Fmanifest.json',
      '%2e%2e%2f%2e%2e%2fpackage.json',
      'x.js',
      '..%5cx.js',
    ]) {
      expect([path, (await fetch(`${world.url}/sandbox/assets/${path}`)).status]).toEqual([path, 404])
    }
  })

  it('gives a token of a quarter of an hour that works', async () => {
    const response = await post(world, { tenant: slug, role: 'BILLING' })
    expect(response.status).toBe(200)
    const { accessToken, expiresAt }: any = await response.json()
    expect(Math.abs(Date.parse(expiresAt) - Date.now() - 900_000)).toBeLessThan(60_000)
    const { viewer } = await world.client(accessToken).data('{ viewer { tenant { id } roles } }')
    expect(viewer).toEqual({ tenant: { id: tenant.id }, roles: ['BILLING'] })
  })

  it('gives none without a line in the audit, one for each', async () => {
    const other = await world.tenant()
    const { slug } = (await other.as('OWNER').data('{ tenant { slug } }')).tenant
    await post(world, { tenant: slug, role: 'CREW' })
    await post(world, { tenant: slug, role: 'CREW' })
    const { auditEvents } = await other.as('OWNER').data('{ auditEvents { edges { node { action } } } }')
    const actions = auditEvents.edges.map(({ node }: any) => node.action)
    expect(actions.filter((action: string) => action === 'tenancy.openSandboxSession')).toHaveLength(2)
  })

  it.each([
    ['a company that is not there', { tenant: 'nobody-at-all', role: 'OWNER' }, 404],
    ['a role that is none', { tenant: 'x', role: 'KING' }, 400],
    ['staff of a company', { tenant: 'x', role: 'STAFF' }, 400],
    ['an owner of nothing', { tenant: null, role: 'OWNER' }, 400],
    ['nothing', {}, 400],
    ['a list', [], 400],
  ])('gives none for %s', async (_name, body, status) => {
    expect((await post(world, body)).status).toBe(status)
  })

  it('gives none to a form or a page of somebody else, nor under somebody else’s name', async () => {
    const body = { tenant: slug, role: 'OWNER' }
    expect((await post(world, body, { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await post(world, body, { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(
      415,
    )
    expect(await postAs(world.url, { 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await postAs(world.url, { 'sec-fetch-site': 'same-site' })).toBe(403)
    expect(await postAs(world.url, { 'x-forwarded-for': '203.0.113.7' })).toBe(403)
    expect(await postAs(world.url, { host: 'rebound.example.com' })).toBe(403)
    expect(await postAs(world.url, { 'sec-fetch-site': 'same-origin', host: 'localhost' })).toBe(200)
  })
})

describe('in production', () => {
  it('serves the page, and gives nobody a token or a list of companies', async () => {
    const world = await openWorld({ sandbox: { mode: 'graphiql', development: false } })
    try {
      expect((await fetch(`${world.url}/sandbox`)).status).toBe(200)
      expect((await post(world, { tenant: null, role: 'STAFF' })).status).toBe(404)
      expect((await fetch(`${world.url}/sandbox/companies`)).status).toBe(404)
      expect(await (await fetch(`${world.url}/sandbox/settings`)).json()).toMatchObject({
        developmentSignIn: false,
      })
    } finally {
      await world.close()
    }
  })
})

describe('SANDBOX', () => {
  const idle = bundleCache({ log: createLog('silent'), directory: () => tmpdir() })
  const serverWith = (
    mode: 'apollo' | 'off',
    publicUrl = 'https://graph.example.com',
  ): Promise<RunningServer> =>
    startServer(
      {},
      {
        routes: sandboxRoutes({
          mode,
          bundle: idle,
          development: null,
          examples: [],
          publicUrl: () => publicUrl,
        }),
      },
    )
  let server: RunningServer
  afterEach(() => server.stop())

  it('apollo links to Apollo’s with our endpoint, loads nothing and opens no CORS', async () => {
    server = await serverWith('apollo')
    const { status, headers, text } = await server.send({ method: 'GET', path: '/sandbox' })
    expect(status).toBe(200)
    expect(text).toContain(
      'href="https://studio.apollographql.com/sandbox/explorer?endpoint=https%3A%2F%2Fgraph.example.com%2Fgraphql"',
    )
    expect(text).not.toMatch(/<(script|iframe|img|link rel="stylesheet")/)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })

  it('off serves nothing', async () => {
    server = await serverWith('off')
    for (const path of ['/sandbox', '/sandbox/', '/sandbox/settings', '/sandbox/assets/main.js']) {
      expect((await server.send({ method: 'GET', path })).status).toBe(404)
    }
  })
})

describe('the bundle', () => {
  const directory = mkdtempSync(join(tmpdir(), 'stormops-bundle-'))
  const cache = (): BundleCache => bundleCache({ log: createLog('silent'), directory: () => directory })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  it('is built once by two at the same time, while whoever comes early waits on a page', async () => {
    const [one, other] = [cache(), cache()]
    const server = await startServer(
      {},
      {
        routes: sandboxRoutes({
          mode: 'graphiql',
          bundle: one,
          development: null,
          examples: [],
          publicUrl: () => 'http://127.0.0.1',
        }),
      },
    )
    try {
      other.prepare()
      const early = await server.send({ method: 'GET', path: '/sandbox' })
      expect(early.status).toBe(200)
      expect(early.text).toContain('http-equiv="refresh"')
      expect(early.text).not.toContain('<script')
      expect([(await one.settled()).kind, (await other.settled()).kind]).toEqual(['ready', 'ready'])
      expect(readdirSync(directory)).toHaveLength(1)
      expect((await server.send({ method: 'GET', path: '/sandbox' })).text).toContain('<div id="sandbox">')
      const scripts = globSync('**/*.js', { cwd: directory }).map((file) =>
        readFileSync(join(directory, file), 'utf8'),
      )
      expect(scripts.length).toBeGreaterThan(10)
      expect(scripts.filter((script) => script.includes('React DevTools'))).toEqual([])
      const later = cache()
      later.prepare()
      expect(later.state().kind).toBe('ready')
    } finally {
      await server.stop()
      await Promise.all([one.stop(), other.stop()])
    }
  })

  it('that cannot be built is said so, and a build that is not wanted any more is given up', async () => {
    const nowhere = bundleCache({ log: createLog('silent'), directory: () => join(directory, 'missing') })
    nowhere.prepare()
    expect((await nowhere.settled()).kind).toBe('failed')
    const abandoned = mkdtempSync(join(tmpdir(), 'stormops-bundle-'))
    const stopped = bundleCache({ log: createLog('silent'), directory: () => abandoned })
    stopped.prepare()
    await stopped.stop()
    expect(stopped.state().kind).toBe('building')
    rmSync(abandoned, { recursive: true, force: true })
  })
})
