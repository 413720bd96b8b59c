/** Operations somebody keeps in the sandbox, in a real browser. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openChromium } from '../chromium.ts'
import { openWorld } from '../world/world.ts'
import type { World } from '../world/world.ts'
import { editorIsThere, keptTabs, openSandbox, showPane, signInAs, write } from './open-sandbox.ts'
import type { OpenSandbox } from './open-sandbox.ts'

let world: World
let browser: Browser
let sandbox: OpenSandbox
const directory = mkdtempSync(join(tmpdir(), 'stormops-operations-'))

beforeAll(async () => {
  world = await openWorld({ sandbox: { mode: 'graphiql', development: true } })
  world.platform.sandboxBundle.prepare()
  browser = await openChromium()
  expect((await world.platform.sandboxBundle.settled()).kind).toBe('ready')
})
beforeEach(async () => {
  sandbox = await openSandbox(browser, world.url)
})
afterEach(() => sandbox?.close())
afterAll(async () => {
  await browser?.close()
  await world?.close()
  rmSync(directory, { recursive: true, force: true })
})

const save = async (page: Page, query: string, name: string): Promise<void> => {
  await write(page, query)
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('button', { name, exact: true }).waitFor()
}

const names = (page: Page): Promise<string[]> =>
  page.getByRole('list', { name: 'Yours' }).locator('.name').allInnerTexts()

describe('a saved operation', () => {
  it('is there after a reload, and opens beside what is being written', async () => {
    const { page, complaints } = sandbox
    await showPane(page, 'Saved operations')
    await save(page, 'query Kept { viewer { roles } }', 'My roles')
    await write(page, 'query Other { viewer { scopes } }')
    await expect.poll(() => keptTabs(page)).toContain('Other')
    await page.reload()
    await editorIsThere(page)
    await page.getByRole('button', { name: 'My roles', exact: true }).click()
    await page.locator('.graphiql-query-editor').getByText('Kept').waitFor()
    // A tab is named a moment after its text is there.
    await expect.poll(() => page.getByRole('tab').allInnerTexts()).toEqual(['Other', 'Kept'])
    expect(complaints).toEqual([])
  })

  it('is called something else, deleted, and brought back', async () => {
    const { page } = sandbox
    await showPane(page, 'Saved operations')
    await save(page, 'query Roles { viewer { roles } }', 'First')
    await page.getByRole('button', { name: 'Rename First' }).click()
    await page.getByLabel('New name of First').fill('Second')
    await page.getByRole('button', { name: 'Rename', exact: true }).click()
    expect(await names(page)).toEqual(['Second'])
    await page.getByRole('button', { name: 'Delete Second' }).click()
    expect(await names(page)).toEqual([])
    await page.getByRole('button', { name: 'Undo' }).click()
    expect(await names(page)).toEqual(['Second'])
  })

  it('belongs to the company it was saved in', async () => {
    const { page } = sandbox
    const [one, other] = [await world.tenant(), await world.tenant()]
    await showPane(page, 'Saved operations')
    await signInAs(page, one.name, 'OWNER')
    await page.locator('.saved .hint', { hasText: one.name }).waitFor()
    await save(page, 'query Roles { viewer { roles } }', 'Of one')
    await signInAs(page, other.name, 'OWNER')
    await page.locator('.saved .hint', { hasText: other.name }).waitFor()
    expect(await names(page)).toEqual([])
    await signInAs(page, one.name, 'VIEWER')
    await page.getByRole('button', { name: 'Of one', exact: true }).waitFor()
  })

  it('goes to a colleague as a file', async () => {
    const { page, complaints } = sandbox
    await showPane(page, 'Saved operations')
    await save(page, 'query Shared { viewer { roles } }', 'To share')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as a file' }).click(),
    ])
    const file = join(directory, 'operations.json')
    await download.saveAs(file)
    expect(JSON.parse(readFileSync(file, 'utf8')).operations).toEqual([
      { name: 'To share', query: 'query Shared { viewer { roles } }', variables: '' },
    ])
    const colleague = await openSandbox(browser, world.url)
    await showPane(colleague.page, 'Saved operations')
    await colleague.page.getByLabel('Open a file').setInputFiles(file)
    await colleague.page.getByRole('button', { name: 'To share', exact: true }).waitFor()
    await colleague.close()
    expect(complaints).toEqual([])
  })

  it('comes from no file that holds something else', async () => {
    const { page } = sandbox
    const file = join(directory, 'other.json')
    writeFileSync(file, '{"operations": {"name": "not a list"}}')
    await showPane(page, 'Saved operations')
    await page.getByLabel('Open a file').setInputFiles(file)
    await page.getByText('This file holds no operations of the sandbox.').waitFor()
    expect(await names(page)).toEqual([])
  })
})
