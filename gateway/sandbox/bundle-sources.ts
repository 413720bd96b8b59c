/** What the sandbox's page is made of. Its hash names the bundle, so a bundle is never older than its sources. */
import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

export const APP_DIRECTORY = fileURLToPath(new URL('app/', import.meta.url))
export const BUILD_PROGRAM = fileURLToPath(new URL('build-bundle.ts', import.meta.url))

/** Packages that end up in the page, or that make it. */
const PACKAGES = [
  '@graphiql/plugin-explorer',
  '@graphiql/plugin-history',
  '@graphiql/react',
  'graphiql',
  'graphql',
  'react',
  'react-dom',
  'vite',
]

/** Characters; enough that two versions on one machine never meet. */
const HASH_LENGTH = 20

const manifest = z.object({ version: z.string() })

export const bundleHash = (): string => {
  const require = createRequire(import.meta.url)
  const hash = createHash('sha256')
  for (const name of PACKAGES) {
    hash.update(`${name}@${manifest.parse(require(`${name}/package.json`)).version}\n`)
  }
  for (const file of globSync('**/*.{ts,tsx,css}', { cwd: APP_DIRECTORY }).toSorted()) {
    hash.update(`\n${file}\n`).update(readFileSync(join(APP_DIRECTORY, file)))
  }
  return hash.update(readFileSync(BUILD_PROGRAM)).digest('hex').slice(0, HASH_LENGTH)
}
