/** The files of a built bundle: what the page starts with, and everything that may be fetched by name. */
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { z } from 'zod'

export const ASSETS_PATH = '/sandbox/assets'
export const MANIFEST_FILE = 'manifest.json'

/** The bundler's own key of the entry. */
const ENTRY = 'main.tsx'

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
}

export type BundleFile = {
  readonly path: string
  readonly mediaType: string
  /** The same, compressed with gzip; null where that gains nothing. */
  readonly gzipPath: string | null
}

export type Bundle = {
  readonly script: string
  readonly styles: readonly string[]
  /** By name. What is not in here cannot be asked for, whatever the address says. */
  readonly files: ReadonlyMap<string, BundleFile>
}

const manifestSchema = z.record(
  z.string(),
  z.object({ file: z.string(), css: z.array(z.string()).default([]) }),
)

/** Throws when the directory holds no whole bundle. */
export const readBundle = (directory: string): Bundle => {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(directory, MANIFEST_FILE), 'utf8')))
  const entry = manifest[ENTRY]
  if (entry === undefined) throw new Error(`The bundle in ${directory} has no entry.`)
  return { script: entry.file, styles: entry.css, files: filesIn(directory) }
}

const filesIn = (directory: string): ReadonlyMap<string, BundleFile> => {
  const names = readdirSync(directory)
  const present = new Set(names)
  return new Map(
    names.flatMap((name): [string, BundleFile][] => {
      const mediaType = MEDIA_TYPES[extname(name)]
      if (mediaType === undefined) return []
      const gzipPath = present.has(`${name}.gz`) ? join(directory, `${name}.gz`) : null
      return [[name, { path: join(directory, name), mediaType, gzipPath }]]
    }),
  )
}
