/** The pages as people meet them: in a real browser, with the keyboard, in the light and in the dark. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openChromium } from '../test/chromium.ts'
import { BANNER } from './pages/layout.ts'
import { DECLINING, aCustomer, aPrice, anOpenInvoice, openForTest } from './testing/open-loopback.ts'
import type { Opened } from './testing/open-loopback.ts'

let browser: Browser
let opened: Opened
beforeAll(async () => {
  browser = await openChromium()
  opened = await openForTest()
})
afterAll(async () => {
  await browser.close()
  await opened.loopback.close()
})

let context: BrowserContext
let page: Page
let complaints: string[]
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 900, height: 700 } })
  page = await context.newPage()
  page.setDefaultTimeout(20_000)
  complaints = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
})
afterEach(async () => {
  await context.close()
})

/** Kept when somebody wants to look at it. */
const look = async (name: string): Promise<void> => {
  const folder = process.env['LOOPBACK_PICTURES']
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Faults of any weight, once it is certain that contrast was measured. */
const faults = async (): Promise<readonly string[]> => {
  await page.evaluate(AXE)
  return page.evaluate<string[]>(
    `axe.run().then(({ violations, passes }) => [
      ...(passes.some(({ id }) => id === 'color-contrast') ? [] : ['no contrast was measured']),
      ...violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')),
    ])`,
  )
}

const aCheckout = async (customer: string | null): Promise<string> => {
  const price = await aPrice(opened.stripe, 50_000)
  const session = await opened.stripe.checkout.sessions.create({
    mode: 'subscription',
    ...(customer === null ? {} : { customer }),
    line_items: [{ price: price.id, quantity: 3 }],
    success_url: `${opened.loopback.url}/?paid={CHECKOUT_SESSION_ID}`,
    cancel_url: `${opened.loopback.url}/?left=yes`,
  })
  return session.url ?? ''
}

describe.each(['light', 'dark'] as const)('in the %s', (colorScheme) => {
  beforeEach(async () => {
    await page.emulateMedia({ colorScheme })
  })

  it('the page of a checkout has no fault for whoever cannot see or point', async () => {
    await page.goto(await aCheckout(null))
    expect(await page.getByText(BANNER).isVisible()).toBe(true)
    expect(await faults()).toEqual([])
    await look(`checkout-${colorScheme}`)
    await page.getByRole('button', { name: 'Fail' }).click()
    await page.getByRole('alert').waitFor()
    expect(await faults()).toEqual([])
    await look(`checkout-declined-${colorScheme}`)
  })

  it('the portal has no fault for whoever cannot see or point', async () => {
    const customer = await aCustomer(opened.stripe, DECLINING)
    const paid = await anOpenInvoice(opened.stripe, customer.id)
    await anOpenInvoice(opened.stripe, customer.id)
    await opened.stripe.invoices.pay(paid.id, { paid_out_of_band: true })
    const { url } = await opened.stripe.billingPortal.sessions.create({
      customer: customer.id,
      return_url: 'https://app.example.com/billing',
    })
    await page.goto(url)
    expect(await faults()).toEqual([])
    await look(`portal-${colorScheme}`)
    await page.getByRole('button', { name: /^Pay / }).click()
    await page.getByRole('alert').waitFor()
    expect(await faults()).toEqual([])
    await look(`portal-declined-${colorScheme}`)
  })
})

describe('somebody', () => {
  it('pays, and comes back to where they were sent from', async () => {
    const customer = await aCustomer(opened.stripe, null)
    await page.goto(await aCheckout(customer.id))
    await page.getByRole('button', { name: 'Pay' }).click()
    await page.waitForURL(/\?paid=cs_test_/)
    expect((await opened.stripe.subscriptions.list({ customer: customer.id })).data[0]?.status).toBe('active')
    expect(complaints).toEqual([])
  })

  it('has to give a mail address before paying, and none to leave', async () => {
    await page.goto(await aCheckout(null))
    await page.getByRole('button', { name: 'Pay' }).click()
    expect(page.url()).toContain('/pay/')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.waitForURL(/\?left=yes/)
    expect(complaints).toEqual([])
  })

  it('changes the card with the keyboard alone, and pays with it', async () => {
    const customer = await aCustomer(opened.stripe, DECLINING)
    const invoice = await anOpenInvoice(opened.stripe, customer.id)
    const { url } = await opened.stripe.billingPortal.sessions.create({ customer: customer.id })
    await page.goto(url)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('status').waitFor()
    await page.getByRole('button', { name: `Pay ${invoice.number}` }).click()
    await page.getByText('The invoice is paid.').waitFor()
    expect((await opened.stripe.invoices.retrieve(invoice.id)).status).toBe('paid')
    expect(complaints).toEqual([])
  })

  it('with a narrow screen sees everything without moving the page aside', async () => {
    await page.setViewportSize({ width: 320, height: 640 })
    const customer = await aCustomer(opened.stripe)
    await page.goto(await aCheckout(customer.id))
    const overflow = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    )
    expect(overflow).toBe(0)
    await look('checkout-narrow')
  })
})
