/** The browser of a test run: one that is named, else Chromium on the PATH, installed first where that is possible. */
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { installWithApt, isExecutable, onPath } from './installing.ts'

const HOW_TO_INSTALL = [
  'The tests of the sandbox need Chromium, and there is none: CHROMIUM_PATH is not set, and chromium is not on the PATH.',
  'Install it (Debian: sudo apt-get install -y chromium; macOS: brew install --cask chromium),',
  'or name one: CHROMIUM_PATH=/path/to/chrome npx -y pnpm@12 test',
].join('\n')

/** Names under which systems install it. */
const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

const findChromium = (): string | null => {
  const given = process.env['CHROMIUM_PATH']
  if (given === undefined || given === '') return COMMANDS.map(onPath).find((path) => path !== null) ?? null
  if (isExecutable(given)) return given
  throw new Error('CHROMIUM_PATH names no program. Correct it, or unset it.')
}

/** Where it cannot be installed nothing happens: the tests that need it say how. */
export const provideChromium = async (): Promise<void> => {
  if (findChromium() !== null) return
  const failure = await installWithApt('chromium')
  if (failure !== null) console.error(`${failure}\n${HOW_TO_INSTALL}`)
}

/** It asks nobody anything of its own accord, so that every request is the page's. Its profile is new each time. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const openChromium = async (): Promise<Browser> => {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error(HOW_TO_INSTALL)
  return chromium.launch({ executablePath, headless: true, args: QUIET })
}
