/** The ways to be somebody in the sandbox, from the click to the graph and back, in a real browser. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openChromium } from '../chromium.ts'
import { anEmail, COOKIE, INVITE } from '../tenancy/browser.ts'
import { until } from '@stormops/chassis/testing/until'
import { openWorld } from '../world/world.ts'
import type { TestTenant, World } from '../world/world.ts'
import { answerWith, openSandbox, run, schemaIsThere, signInAs, useToken, write } from './open-sandbox.ts'
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

const roleIs = (page: Page, role: string): Promise<void> =>
  page.locator('.bar .role', { hasText: role }).waitFor()

const nobodyIsSignedIn = (page: Page): Promise<void> => page.getByText('Not signed in').waitFor()

const auditOf = async (of: TestTenant): Promise<readonly any[]> => {
  const { auditEvents } = await of
    .as('OWNER')
    .data('{ auditEvents(first: 5) { edges { node { action subjectId actor { id kind } } } } }')
  return auditEvents.edges.map(({ node }: any) => node)
}

describe('a link by mail', () => {
  const aMember = async (role: string): Promise<string> => {
    const email = anEmail('sandbox')
    const { inviteMember } = await tenant.as('OWNER').data(INVITE, { email, role })
    expect(inviteMember.__typename).toBe('InviteMemberSuccess')
    return email
  }

  const requestLink = async (page: Page, email: string): Promise<void> => {
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByLabel('E-mail address').fill(email)
    await page.getByRole('button', { name: 'Send the link' }).click()
    await page.getByText('this page goes on by itself').waitFor()
  }

  /** Follows the link of the mail, as whoever develops does. */
  const openLink = async (page: Page, email: string): Promise<void> => {
    const mail = page.getByRole('listitem').filter({ hasText: email }).getByText('Sign in to StormOps Graph')
    await until(async () => {
      await page.goto(`${world.url}/dev/mail`)
      return (await mail.count()) > 0
    })
    await mail.click()
    await page.getByRole('link', { name: `${world.url}/sign-in` }).click()
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText(`You are signed in to ${tenant.name}.`).waitFor()
  }

  it('signs in the page that asked for it, and every other one by the cookie, until somebody signs out', async () => {
    const { page, complaints } = sandbox
    const email = await aMember('ANALYST')
    await requestLink(page, email)
    const other = await page.context().newPage()
    await openLink(other, email)
    await roleIs(page, 'ANALYST')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await other.getByRole('link', { name: 'Go to the sandbox' }).click()
    await roleIs(other, 'ANALYST')
    await page.evaluate('sessionStorage.clear()')
    await page.reload()
    await roleIs(page, 'ANALYST')
    expect(await page.locator('.bar .company').innerText()).toBe(tenant.name)
    await schemaIsThere(page)
    await other.getByRole('button', { name: 'Sign out' }).click()
    await nobodyIsSignedIn(other)
    await nobodyIsSignedIn(page)
    const cookies = () => page.context().cookies(`${world.url}/graphql`)
    await expect.poll(async () => (await cookies()).map(({ name }) => name)).not.toContain(COOKIE)
    await page.reload()
    await nobodyIsSignedIn(page)
    expect(complaints).toEqual([])
  })

  it('that was ended elsewhere signs the page out, in words', async () => {
    const { page } = sandbox
    const email = await aMember('CREW')
    await requestLink(page, email)
    await openLink(await page.context().newPage(), email)
    await roleIs(page, 'CREW')
    await page.context().clearCookies()
    await page.evaluate('sessionStorage.clear()')
    await page.reload()
    await nobodyIsSignedIn(page)
    await expect.poll(() => page.evaluate<number>(`Number('stormops.signed-in' in localStorage)`)).toBe(0)
  })
})

describe('trying a role', () => {
  it('offers an owner what the platform grants, shows the graph as that role, and goes back', async () => {
    const { page, complaints } = sandbox
    const own = await world.tenant()
    await signInAs(page, own.name, 'OWNER')
    await page.getByRole('button', { name: 'Switch' }).click()
    const roles = page.getByRole('group', { name: 'Try as' }).getByRole('button')
    expect(await roles.allInnerTexts()).toEqual(['ANALYST', 'CREW', 'BILLING', 'VIEWER', 'PARTNER'])
    await roles.filter({ hasText: 'VIEWER' }).click()
    await roleIs(page, 'VIEWER')
    await page.getByText('You see what this role sees').waitFor()
    await write(page, 'query Asked { viewer { actor { id } roles } }')
    await run(page)
    expect(await answerWith(page, '"VIEWER"')).toContain('usr_sandbox_owner')
    expect(await auditOf(own)).toContainEqual({
      action: 'tenancy.openSandboxSession',
      subjectId: 'VIEWER',
      actor: { id: 'usr_sandbox_owner', kind: 'USER' },
    })
    await page.getByRole('button', { name: 'Switch' }).click()
    await page.getByRole('group', { name: 'Sign in as' }).waitFor()
    expect(await page.getByRole('group', { name: 'Try as' }).count()).toBe(0)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Go back' }).click()
    await roleIs(page, 'OWNER')
    await page.getByRole('button', { name: 'Sign out' }).waitFor()
    expect(complaints).toEqual([])
  })

  it('is for nobody who does not manage the company', async () => {
    const { page } = sandbox
    await signInAs(page, tenant.name, 'ANALYST')
    await page.getByRole('button', { name: 'Switch' }).click()
    await page.getByRole('heading', { name: 'With a token' }).waitFor()
    expect(await page.getByRole('group', { name: 'Try as' }).count()).toBe(0)
  })
})

describe('staff in a company’s place', () => {
  const REASON = 'They cannot find their storm, ticket 4711.'
  const IMPERSONATIONS = '{ impersonations { edges { node { role reason readOnly endedAt } } } }'

  it('look and change nothing, say so above the editor, and go back', async () => {
    const { page } = sandbox
    const own = await world.tenant()
    await signInAs(page, own.name, 'STAFF')
    await page.getByRole('button', { name: 'Switch' }).click()
    const place = page.locator('.sign-in section').filter({ hasText: 'In a company’s place' })
    await place.getByRole('combobox', { name: 'Company' }).selectOption({ label: own.name })
    await place.getByLabel('Role').selectOption('ADMIN')
    await place.getByLabel('Reason').fill(REASON)
    await place.getByRole('button', { name: 'Start' }).click()
    await roleIs(page, 'ADMIN')
    const notice = page.locator('.notice.place')
    expect(await notice.innerText()).toContain(
      `You act in ${own.name}’s place, read-only. Its audit says why: “${REASON}”`,
    )
    await write(page, 'mutation Change { createApiKey(input: { name: "Mine" }) { __typename } }')
    await run(page)
    // An admin may make keys: it is the impersonation that may not.
    await answerWith(page, 'This impersonation can only look.')
    expect(await answerWith(page, 'FORBIDDEN')).not.toContain('"data"')
    await page.reload()
    await notice.waitFor()
    await page.getByRole('button', { name: 'Go back' }).click()
    await roleIs(page, 'STAFF')
    expect(await notice.count()).toBe(0)
    const grants = async () =>
      (await own.as('OWNER').data(IMPERSONATIONS)).impersonations.edges.map(({ node }: any) => node)
    await until(async () => (await grants())[0]?.endedAt !== null)
    expect(await grants()).toEqual([
      { role: 'ADMIN', reason: REASON, readOnly: true, endedAt: expect.any(String) },
    ])
  })

  it('need a reason that says something', async () => {
    const { page } = sandbox
    await signInAs(page, tenant.name, 'STAFF')
    await page.getByRole('button', { name: 'Switch' }).click()
    await page.getByLabel('Reason').fill(`   ${'x'.repeat(9)}   `)
    await page.getByRole('button', { name: 'Start' }).click()
    const words = await page.locator('.sign-in').getByRole('alert').innerText()
    expect(words).toMatch(/10/)
    await roleIs(page, 'STAFF')
  })
})

describe('in production', () => {
  let production: World
  let company: TestTenant
  let opened: OpenSandbox
  beforeAll(async () => {
    production = await openWorld({
      introspection: 'administrators',
      sandbox: { mode: 'graphiql', development: false },
    })
    production.platform.sandboxBundle.prepare()
    expect((await production.platform.sandboxBundle.settled()).kind).toBe('ready')
    company = await production.tenant()
    opened = await openSandbox(browser, production.url)
  })
  afterAll(async () => {
    await opened?.close()
    await production?.close()
  })

  it('whoever has no business with the schema is told so, and asks all the same', async () => {
    const { page } = opened
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'With a link by e-mail' }).waitFor()
    expect(await page.getByRole('group', { name: 'Sign in as' }).count()).toBe(0)
    await page.keyboard.press('Escape')
    await useToken(page, company.as('VIEWER').token)
    await page.locator('.notice').getByText('Only administrators may ask how this graph is shaped.').waitFor()
    await write(page, 'query Asked { tenant { name } }')
    await run(page)
    await answerWith(page, company.name)
  })

  it('an admin reads the documentation', async () => {
    const { page } = opened
    await useToken(page, company.as('ADMIN').token)
    await roleIs(page, 'ADMIN')
    await schemaIsThere(page)
    expect(await page.locator('.notice').count()).toBe(0)
  })
})
