/**
 * Builds the sandbox's page, as a process of its own with the lowest priority, so that whoever asks the graph
 * meanwhile does not wait for it:
 *
 *     node build-bundle.ts CACHE_DIRECTORY HASH
 *
 * It builds beside the place and moves the whole there at the end. Of several that build at once one is first, and
 * the others throw their own away.
 */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { APP_DIRECTORY } from './bundle-sources.ts'
import { ASSETS_PATH, MANIFEST_FILE } from './bundle-files.ts'

/** What is smaller gains nothing. */
const COMPRESSED_FROM_BYTES = 1_024
const GZIP_LEVEL = 9
const COMPRESSIBLE = /\.(js|css|ttf)$/

/** Milliseconds after which a draft belongs to a process that was killed. */
const STALE_DRAFT_MS = 3_600_000
const DRAFT = '.draft-'

const buildInto = async (directory: string): Promise<void> => {
  await build({
    configFile: false,
    envFile: false,
    root: APP_DIRECTORY,
    base: `${ASSETS_PATH}/`,
    mode: 'production',
    logLevel: 'error',
    publicDir: false,
    // Workers come from our own address as modules; nothing is made of text at run time.
    worker: { format: 'es' },
    build: {
      outDir: directory,
      emptyOutDir: false,
      assetsDir: '',
      // Its size would be the page's: as files, fonts are fetched when a letter needs them.
      assetsInlineLimit: 0,
      manifest: MANIFEST_FILE,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: Number.MAX_SAFE_INTEGER,
      rolldownOptions: {
        input: join(APP_DIRECTORY, 'main.tsx'),
        // GraphiQL tells the console of each worker it starts.
        treeshake: { manualPureFunctions: ['console.info'] },
      },
    },
  })
  for (const file of readdirSync(directory)) compress(join(directory, file))
}

const compress = (file: string): void => {
  if (!COMPRESSIBLE.test(file) || statSync(file).size < COMPRESSED_FROM_BYTES) return
  writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: GZIP_LEVEL }))
}

const removeStaleDrafts = (cache: string): void => {
  for (const name of readdirSync(cache).filter((entry) => entry.includes(DRAFT))) {
    const draft = join(cache, name)
    const changed = statSync(draft, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
    if (Date.now() - changed > STALE_DRAFT_MS) rmSync(draft, { recursive: true, force: true })
  }
}

const moveInto = (draft: string, place: string): void => {
  try {
    renameSync(draft, place)
  } catch (error) {
    // Somebody else was first with the very same bundle.
    if (!existsSync(join(place, MANIFEST_FILE))) throw error
  }
}

const [cache, hash] = process.argv.slice(2)
if (cache === undefined || hash === undefined) throw new Error('Say where to build to, and the hash.')
// Whatever the server runs as: React for development is slower, larger, and tells its console so.
process.env['NODE_ENV'] = 'production'
setPriority(constants.priority.PRIORITY_LOW)
removeStaleDrafts(cache)
const draft = mkdtempSync(join(cache, `${hash}${DRAFT}`))
try {
  await buildInto(draft)
  moveInto(draft, join(cache, hash))
} finally {
  rmSync(draft, { recursive: true, force: true })
}
