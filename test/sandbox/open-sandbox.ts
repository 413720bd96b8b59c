/** The sandbox in a real browser, with everything written down that a page may not do. */
import type { Browser, Page } from 'playwright-core'

export type OpenSandbox = {
  readonly page: Page
  /** Bodies of what the page asked the graph. */
  readonly asked: readonly string[]
  /** Addresses asked for that are not the server's. */
  readonly elsewhere: readonly string[]
  /** Errors in the console, exceptions, breaches of the page's policy and dialogs. */
  readonly complaints: readonly string[]
  readonly close: () => Promise<void>
}

/** What a page writes in the answer pane is text of an editor, with spaces that do not break. */
const plain = (text: string): string => text.replaceAll('\u00A0', ' ')

/** Milliseconds one thing may take to appear, on a machine that does much beside. */
const PATIENCE_MS = 20_000

export const openSandbox = async (browser: Browser, url: string): Promise<OpenSandbox> => {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read'],
  })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  const elsewhere: string[] = []
  const asked: string[] = []
  const complaints: string[] = []
  context.on('request', (request) => {
    const address = request.url()
    if (!address.startsWith(`${url}/`) && !/^(data|blob):/.test(address)) elsewhere.push(address)
    if (address === `${url}/graphql`) asked.push(request.postData() ?? '')
  })
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.goto(`${url}/sandbox`)
  await editorIsThere(page)
  return { page, asked, elsewhere, complaints, close: () => context.close() }
}

export const editorIsThere = async (page: Page): Promise<void> => {
  await page.locator('.graphiql-query-editor .view-line').first().waitFor()
}

/** One click in the dialog. */
export const signInAs = async (page: Page, company: string, role: string): Promise<void> => {
  await page.getByRole('button', { name: /^(Sign in|Switch)$/ }).click()
  await page.getByLabel('Company').first().selectOption({ label: company })
  await page
    .getByRole('group', { name: 'Sign in as' })
    .getByRole('button', { name: role, exact: true })
    .click()
  await page.locator('.bar .role', { hasText: role }).waitFor()
}

/** A token from elsewhere. */
export const useToken = async (page: Page, token: string): Promise<void> => {
  await page.getByRole('button', { name: /^(Sign in|Switch)$/ }).click()
  await page.getByLabel('Token', { exact: true }).fill(token)
  await page.getByRole('button', { name: 'Use it' }).click()
}

/** As if pasted: an editor that helps while one types would close every bracket twice. */
const paste = async (page: Page, editor: string, text: string): Promise<void> => {
  await page.locator(`${editor} .view-lines`).click()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.insertText(text)
}

/** `query` has a name: the page has read the new text once its tab is called so. */
export const write = async (page: Page, query: string): Promise<void> => {
  await paste(page, '.graphiql-query-editor', query)
  const name = /^(?:query|mutation) (\w+)/.exec(query)?.[1] ?? ''
  await page.locator('[role=tab][aria-selected=true]', { hasText: name }).waitFor()
}

/** What the browser keeps for longer than the tab, as one text. */
export const kept = (page: Page): Promise<string> =>
  page.evaluate<string>('JSON.stringify({ ...localStorage })')

/** Tabs are kept half a second after they were changed. */
export const keptTabs = (page: Page): Promise<string> =>
  page.evaluate<string>(`localStorage.getItem('graphiql:tabState') ?? ''`)

export const writeHeaders = async (page: Page, headers: string): Promise<void> => {
  await page.getByRole('button', { name: 'Headers' }).click()
  await paste(page, '.graphiql-editor-tool .graphiql-editor:not(.hidden)', headers)
}

export const run = (page: Page): Promise<void> => page.getByRole('button', { name: /^Execute query/ }).click()

/** The text of the answer pane once it holds `expected`; throws when that does not come to be. */
export const answerWith = async (page: Page, expected: string): Promise<string> => {
  const pane = page.locator('.result-window .view-lines')
  await pane.filter({ hasText: new RegExp(escaped(expected)) }).waitFor()
  return plain(await pane.innerText())
}

/** Spaces in the pane do not break, so any space will do. */
const escaped = (text: string): string =>
  text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(' ', String.raw`\s`)

export const showPane = (page: Page, title: string): Promise<void> =>
  page.getByRole('button', { name: `Show ${title}` }).click()

/** Shows the documentation, and waits for what only the schema says. */
export const schemaIsThere = async (page: Page): Promise<void> => {
  const closed = page.getByRole('button', { name: 'Show Documentation Explorer' })
  if ((await closed.count()) > 0) await closed.click()
  await page.locator('.graphiql-doc-explorer').getByText('Query', { exact: true }).waitFor()
}
