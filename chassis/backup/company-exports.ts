/** The nightly files of all companies: a directory a night, which exists once its own manifest does. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { ConnectionSettings } from '../database/connection.ts'
import { MANIFEST_NAME, backupId } from './base-manifest.ts'
import { writeDurably } from './durable-file.ts'
import { exportTenant } from './tenant-export.ts'

const exportsManifest = z.object({
  format: z.literal(1),
  id: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  bytes: z.number().int(),
  companies: z.array(
    z.object({ slug: z.string(), tenantId: z.uuid(), rows: z.number().int(), file: z.string() }),
  ),
})

export type CompanyExports = z.output<typeof exportsManifest> & { readonly directory: string }

export type Company = { readonly id: string; readonly slug: string }

const exportsOf = (root: string): string => join(root, 'companies')

/** Companies that are no more than their id are named by it. */
const fileName = ({ id, slug }: Company): string => `${/^[a-z0-9-]+$/.test(slug) ? slug : id}.tar`

export type ExportsRequest = {
  readonly owner: ConnectionSettings
  readonly root: string
  readonly companies: () => Promise<readonly Company[]>
  readonly now: () => Date
  readonly signal: AbortSignal
}

/** One after the other, so that the platform has its connections. Leaves nothing when it throws. */
export const exportCompanies = async (request: ExportsRequest): Promise<CompanyExports> => {
  const { owner, root, companies, now, signal } = request
  const startedAt = now()
  const id = backupId(startedAt)
  const directory = join(exportsOf(root), id)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  try {
    const written: CompanyExports['companies'] = []
    let bytes = 0
    for (const company of await companies()) {
      signal.throwIfAborted()
      const { slug, id: tenantId } = company
      const file = join(directory, fileName(company))
      const { tables } = await exportTenant({ owner, tenantId, slug, file, now: now(), signal })
      bytes += statSync(file).size
      const rows = tables.reduce((sum, table) => sum + table.rows, 0)
      written.push({ slug, tenantId, rows, file: fileName(company) })
    }
    const manifest = {
      format: 1 as const,
      id,
      startedAt: startedAt.toISOString(),
      endedAt: now().toISOString(),
      bytes,
      companies: written,
    }
    await writeDurably(join(directory, MANIFEST_NAME), `${JSON.stringify(manifest, null, 2)}\n`)
    return { ...manifest, directory }
  } catch (error) {
    rmSync(directory, { recursive: true, force: true })
    throw error
  }
}

const nights = (root: string): readonly string[] =>
  existsSync(exportsOf(root)) ? readdirSync(exportsOf(root)).toSorted() : []

/** No night lasts so long: whoever began this does not go on with it. */
const UNFINISHED_AFTER_MS = 24 * 3_600_000

/** Directories that an interrupted night left. */
export const unfinishedExports = (root: string, now: Date): readonly string[] =>
  nights(root)
    .map((name) => join(exportsOf(root), name))
    .filter((directory) => !existsSync(join(directory, MANIFEST_NAME)))
    .filter((directory) => now.getTime() - statSync(directory).mtimeMs > UNFINISHED_AFTER_MS)

/** The oldest first. */
export const companyExports = (root: string): readonly CompanyExports[] => {
  const names = nights(root)
  return names.flatMap((name) => {
    const directory = join(exportsOf(root), name)
    const file = join(directory, MANIFEST_NAME)
    return existsSync(file)
      ? [{ ...exportsManifest.parse(JSON.parse(readFileSync(file, 'utf8'))), directory }]
      : []
  })
}
