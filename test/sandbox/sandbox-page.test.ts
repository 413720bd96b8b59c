/** What somebody does with the sandbox, in a real browser. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openChromium } from '../chromium.ts'
import { openWorld } from '../world/world.ts'
import type { TestTenant, World } from '../world/world.ts'
import {
  answerWith,
  editorIsThere,
  openSandbox,
  run,
  schemaIsThere,
  showPane,
  signInAs,
  useToken,
  write,
  writeHeaders,
  kept,
} from './open-sandbox.ts'
import type { OpenSandbox } from './open-sandbox.ts'

let world: World
let browser: Browser
let tenant: TestTenant
let sandbox: OpenSandbox

beforeAll(async () => {
  world = await openWorld({ sandbox: { mode: 'graphiql', development: true } })
  world.platform.sandboxBundle.prepare()
  browser = await openChromium()
  expect((await world.platform.sandboxBundle.settled()).kind).toBe('ready')
  tenant = await world.tenant()
})
beforeEach(async () => {
  sandbox = await openSandbox(browser, world.url)
})
afterEach(async () => {
  await sandbox?.close()
  expect(sandbox?.elsewhere).toEqual([])
})
afterAll(async () => {
  await browser?.close()
  await world?.close()
})

describe('the page', () => {
  it('loads without an error, and asks the graph nothing before somebody signs in', async () => {
    const { page, complaints, elsewhere, asked } = sandbox
    await page.locator('.notice').getByText('Sign in to ask the graph.').waitFor()
    await write(page, 'query Typed { viewer { roles } }')
    await showPane(page, 'Documentation Explorer')
    await page.reload()
    await editorIsThere(page)
    await page.getByText('Not signed in').waitFor()
    expect(asked).toEqual([])
    expect(complaints).toEqual([])
    expect(elsewhere).toEqual([])
  })

  it('helps whoever signed in without a request to anybody else or a breach of its policy', async () => {
    const { page, complaints, elsewhere } = sandbox
    await signInAs(page, tenant.name, 'VIEWER')
    await schemaIsThere(page)
    await write(page, 'query Typed { vie }')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Control+Space')
    await page.locator('.suggest-widget').getByRole('option', { name: 'viewer' }).waitFor()
    expect(page.workers().length).toBeGreaterThan(0)
    expect(page.workers().map((worker) => new URL(worker.url()).origin)).toEqual(
      page.workers().map(() => world.url),
    )
    expect(complaints).toEqual([])
    expect(elsewhere).toEqual([])
  })

  it('has no serious fault for whoever cannot see or point, in what is ours', async () => {
    const { page } = sandbox
    await signInAs(page, tenant.name, 'OWNER')
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
    const seriousIn = (place: string): Promise<string[]> =>
      page.evaluate<string[]>(
        `axe.run('${place}').then(({ violations, incomplete, passes }) => [
          ...(passes.some(({ id }) => id === 'color-contrast') ? [] : ['no contrast was measured']),
          ...[...violations, ...incomplete.filter(({ id }) => id === 'color-contrast')]
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(({ id, nodes }) => id + ': ' + nodes.map(({ html, any }) => html + (any[0]?.message ?? '')).join(' ')),
        ])`,
      )
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme })
      expect(await seriousIn('.bar')).toEqual([])
      await page.getByRole('button', { name: 'Switch' }).click()
      const roles = page.getByRole('group', { name: 'Sign in as' })
      await roles.getByRole('button', { name: 'CREW', disabled: false }).waitFor()
      expect(await seriousIn('.sign-in')).toEqual([])
      await page.keyboard.press('Escape')
      await showPane(page, 'Saved operations')
      expect(await seriousIn('.saved')).toEqual([])
      await page.getByRole('button', { name: 'Hide Saved operations' }).click()
    }
  })

  it('follows the system from light to dark and back, the editor too', async () => {
    const { page } = sandbox
    const colour = (): Promise<string> =>
      page.evaluate<string>(
        `getComputedStyle([...document.querySelectorAll('.graphiql-query-editor span[class^=mtk]')].at(-1)).color`,
      )
    await page.emulateMedia({ colorScheme: 'light' })
    const light = await colour()
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(colour).not.toBe(light)
    await page.emulateMedia({ colorScheme: 'light' })
    await expect.poll(colour).toBe(light)
  })

  it('reads the schema once for each who sees another graph, and forgets it with the last', async () => {
    const { page, asked } = sandbox
    const schemasRead = (): number => asked.filter((body) => body.includes('IntrospectionQuery')).length
    await signInAs(page, tenant.name, 'OWNER')
    await schemaIsThere(page)
    expect(schemasRead()).toBe(1)
    await signInAs(page, tenant.name, 'CREW')
    await expect.poll(schemasRead).toBe(2)
    await schemaIsThere(page)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.locator('.graphiql-doc-explorer').getByText('No GraphQL schema available').waitFor()
    expect(schemasRead()).toBe(2)
  })
})

describe('signing in', () => {
  it('as a role takes one click in development, shows data, and is in the company’s audit', async () => {
    const { page, complaints } = sandbox
    await signInAs(page, tenant.name, 'ANALYST')
    expect(await page.locator('.bar .company').innerText()).toBe(tenant.name)
    await write(page, 'query Asked { viewer { tenant { name } roles } }')
    await run(page)
    expect(await answerWith(page, tenant.name)).toContain('"ANALYST"')
    const { auditEvents } = await tenant
      .as('OWNER')
      .data('{ auditEvents(first: 5) { edges { node { action actor { id kind } } } } }')
    expect(auditEvents.edges.map(({ node }: any) => node)).toContainEqual({
      action: 'tenancy.openSandboxSession',
      actor: { id: 'stf_sandbox', kind: 'STAFF' },
    })
    expect(complaints).toEqual([])
  })

  it('as staff belongs to no company', async () => {
    const { page } = sandbox
    await signInAs(page, tenant.name, 'STAFF')
    expect(await page.locator('.bar .company').innerText()).toBe('The platform')
    await write(page, 'query Asked { tenants(first: 1) { edges { node { name } } } }')
    await run(page)
    await answerWith(page, '"edges"')
  })

  it('shows how long the token lasts, keeps it through a reload, and forgets it with the tab', async () => {
    const { page } = sandbox
    await signInAs(page, tenant.name, 'VIEWER')
    const timer = page.getByRole('timer')
    expect(await timer.innerText()).toMatch(/^Token expires in 1[45]:\d\d$/)
    await page.reload()
    await page.locator('.bar .role', { hasText: 'VIEWER' }).waitFor()
    expect(await kept(page)).not.toContain('eyJ')
    expect(page.url()).toBe(`${world.url}/sandbox`)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('Not signed in').waitFor()
    expect(await page.evaluate<number>('sessionStorage.length')).toBe(0)
  })

  it('with a pasted token works, and says of one that has ended that it has', async () => {
    const { page } = sandbox
    await useToken(page, tenant.as('CREW').token)
    await page.locator('.bar .role', { hasText: 'CREW' }).waitFor()
    await useToken(page, `e30.${Buffer.from(JSON.stringify({ exp: 1_000 })).toString('base64url')}.e30`)
    await page.getByText('Token expired').waitFor()
    await page.locator('.bar .problem').getByText('Sign in again').waitFor()
    expect(await page.locator('.bar .company').count()).toBe(0)
  })
})

describe('asking', () => {
  it('for what the role may not see shows the refusal in the pane', async () => {
    const { page } = sandbox
    await signInAs(page, tenant.name, 'CREW')
    await write(page, 'query Asked { property(id: "prp_1") { id uplift } }')
    await run(page)
    const answer = await answerWith(page, 'FORBIDDEN')
    expect(answer).toContain('"coordinate": "Property.uplift"')
    expect(answer).not.toContain('"data"')
  })

  it('sends what the header editor says, and keeps it nowhere', async () => {
    const { page } = sandbox
    await signInAs(page, tenant.name, 'OWNER')
    await write(page, 'query Asked { viewer { roles } }')
    await writeHeaders(page, '{ "x-request-id": "chosen-by-a-person" }')
    const sent = page.waitForRequest((request) => request.postData()?.includes('Asked') ?? false)
    await run(page)
    expect((await sent).headers()['x-request-id']).toBe('chosen-by-a-person')
    await answerWith(page, 'chosen-by-a-person')
    await expect.poll(() => kept(page)).toContain('roles')
    expect(await kept(page)).not.toContain('chosen-by-a-person')
  })

  it('finds fields in the documentation and in the explorer', async () => {
    const { page } = sandbox
    await signInAs(page, tenant.name, 'OWNER')
    await showPane(page, 'Documentation Explorer')
    await page.locator('.graphiql-doc-explorer').getByText('Query', { exact: true }).click()
    await page.locator('.graphiql-doc-explorer').getByText('auditChain', { exact: true }).waitFor()
    await showPane(page, 'GraphiQL Explorer')
    await page.locator('.graphiql-explorer-root').getByText('auditChain', { exact: true }).waitFor()
    await write(page, 'query Chosen { viewer { roles } }')
    await page.locator('.graphiql-explorer-root').getByText('plans', { exact: true }).click()
    await page.locator('.graphiql-query-editor').getByText('plans').waitFor()
    expect(await page.locator('.graphiql-query-editor .view-lines').innerText()).toMatch(
      /plans[^]*viewer|viewer[^]*plans/,
    )
  })

  it('is in the history after a reload', async () => {
    const { page } = sandbox
    await signInAs(page, tenant.name, 'OWNER')
    await write(page, 'query RememberMe { viewer { roles } }')
    await run(page)
    await answerWith(page, 'OWNER')
    await page.reload()
    await editorIsThere(page)
    await showPane(page, 'History')
    await page.locator('.graphiql-history').getByText('RememberMe').click()
    expect(await page.getByRole('tab', { selected: true }).innerText()).toBe('RememberMe')
  })
})

/** A name that would run if it were ever taken for markup. */
const HOSTILE = '<img src=x onerror=alert(1)>'

describe('a name that is markup', () => {
  it('of a company is shown as it is', async () => {
    const { page, complaints } = sandbox
    await world.tenant({ name: HOSTILE })
    await signInAs(page, HOSTILE, 'OWNER')
    expect(await page.locator('.bar .company').innerText()).toBe(HOSTILE)
    await write(page, 'query Asked { tenant { name } }')
    await run(page)
    await answerWith(page, HOSTILE)
    expect(await page.locator('img[src="x"]').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  it('of a saved operation is shown as it is', async () => {
    const { page, complaints } = sandbox
    await showPane(page, 'Saved operations')
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(HOSTILE)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: HOSTILE, exact: true }).click()
    expect(await page.locator('img[src="x"]').count()).toBe(0)
    expect(complaints).toEqual([])
  })
})
