/**
 * The nightly files of all companies, in whichever database each lives: a directory a night, which exists once its own
 * manifest does. A cell that is away costs its companies their files, and no other company.
 */
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
  /** Cells of which companies have no file of this night. */
  missing: z.array(z.string()).default([]),
})

export type CompanyExports = z.output<typeof exportsManifest> & { readonly directory: string }

type ExportedCompany = CompanyExports['companies'][number]

export type Company = { readonly id: string; readonly slug: string }

const exportsOf = (root: string): string => join(root, 'companies')

/** Companies that are no more than their id are named by it. */
const fileName = ({ id, slug }: Company): string => `${/^[a-z0-9-]+$/.test(slug) ? slug : id}.tar`

/** A database in which companies live. */
export type ExportSource = {
  readonly cell: string
  /** As the tables' owner. */
  readonly owner: ConnectionSettings
  readonly companies: () => Promise<readonly Company[]>
}

export type ExportsRequest = {
  readonly sources: readonly ExportSource[]
  readonly root: string
  readonly now: () => Date
  readonly signal: AbortSignal
}

export type Night = {
  readonly exports: CompanyExports
  /** What became of each cell; one that was not exported is among the `missing`. */
  readonly cells: readonly CellExports[]
}

export type CellExports = {
  readonly cell: string
  readonly companies: number
  readonly bytes: number
  /** Null where all of its companies were written. */
  readonly failure: unknown
}

/** One after the other, so that the platform has its connections. Leaves nothing when it throws. */
export const exportCompanies = async (request: ExportsRequest): Promise<Night> => {
  const { root, now } = request
  const startedAt = now()
  const id = backupId(startedAt)
  const directory = join(exportsOf(root), id)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  try {
    const written = new Map<string, ExportedCompany>()
    const cells = await exportCells(request, directory, written)
    const manifest = {
      format: 1 as const,
      id,
      startedAt: startedAt.toISOString(),
      endedAt: now().toISOString(),
      bytes: cells.reduce((sum, { bytes }) => sum + bytes, 0),
      companies: [...written.values()],
      missing: cells.flatMap(({ cell, failure }) => (failure === null ? [] : [cell])),
    }
    await writeDurably(join(directory, MANIFEST_NAME), `${JSON.stringify(manifest, null, 2)}\n`)
    return { exports: { ...manifest, directory }, cells }
  } catch (error) {
    rmSync(directory, { recursive: true, force: true })
    throw error
  }
}

type Written = Map<string, ExportedCompany>

const exportCells = async (
  request: ExportsRequest,
  directory: string,
  written: Written,
): Promise<readonly CellExports[]> => {
  const { sources, signal } = request
  const [only] = sources
  if (sources.length === 1 && only !== undefined) {
    const bytes = await exportSource(request, only, directory, written)
    return [{ cell: only.cell, companies: written.size, bytes, failure: null }]
  }
  const cells = new Map<string, CellExports>()
  // Once more for who moved meanwhile from a cell that was still to come to one that was done.
  for (const source of [...sources, ...sources]) {
    const { cell } = source
    const before = cells.get(cell) ?? { cell, companies: 0, bytes: 0, failure: null }
    if (before.failure !== null) continue
    const had = written.size
    try {
      const bytes = before.bytes + (await exportSource(request, source, directory, written))
      cells.set(cell, { ...before, companies: before.companies + written.size - had, bytes })
    } catch (failure) {
      signal.throwIfAborted()
      cells.set(cell, { ...before, failure })
    }
  }
  const all = [...cells.values()]
  if (all.every(({ failure }) => failure !== null)) throw all[0]?.failure
  return all
}

/** Returns how many bytes were written. */
const exportSource = async (
  { now, signal }: ExportsRequest,
  { owner, companies }: ExportSource,
  directory: string,
  written: Written,
): Promise<number> => {
  let bytes = 0
  for (const company of await companies()) {
    signal.throwIfAborted()
    const { slug, id: tenantId } = company
    if (written.has(tenantId)) continue
    const file = join(directory, fileName(company))
    const { tables } = await exportTenant({ owner, tenantId, slug, file, now: now(), signal })
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    if (rows === 0) {
      // It moved since it was listed, and is found where it lives now.
      rmSync(file)
      continue
    }
    bytes += statSync(file).size
    written.set(tenantId, { slug, tenantId, rows, file: fileName(company) })
  }
  return bytes
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
