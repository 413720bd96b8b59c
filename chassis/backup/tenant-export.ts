/**
 * A company's rows as a file: every table that holds any, as CSV, in the order of its key, all of one moment. The
 * tables' owner reads them under the row security of that company, so the file cannot hold anybody else's.
 */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, mkdirSync, rmSync, statSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { z } from 'zod'
import { clientConfig } from '../database/connection.ts'
import type { ConnectionSettings } from '../database/connection.ts'
import { keyOrder, quotedName, readTenantTables } from '../database/tenant-tables.ts'
import type { SharedTable, TenantTable, TenantTables } from '../database/tenant-tables.ts'
import { Fault } from '../fault.ts'
import { syncPath } from './durable-file.ts'
import { TAR_END, tarHeader, tarPadding } from './tar.ts'

const exportedTable = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.number().int(),
  /** Of the CSV, unpacked. */
  sha256: z.string(),
  bytes: z.number().int(),
})

export const tenantManifest = z.object({
  format: z.literal(1),
  tenantId: z.uuid(),
  slug: z.string(),
  takenAt: z.iso.datetime(),
  /** The newest migration of each schema. */
  migrations: z.record(z.string(), z.string()),
  tables: z.array(exportedTable),
  /** Rows that are nobody's, and that rows of the company point to. */
  shared: z.array(exportedTable),
})

export type ExportedTable = z.output<typeof exportedTable>
export type TenantManifest = z.output<typeof tenantManifest>

export const TENANT_MANIFEST = 'manifest.json'

export type TenantExportRequest = {
  /** As the tables' owner. */
  readonly owner: ConnectionSettings
  readonly tenantId: string
  readonly slug: string
  readonly file: string
  readonly now: Date
  readonly signal: AbortSignal
}

/** Rows are copied as they stand; a long copy is ended by the signal, not by the clock of the server. */
const SESSION = `
  set statement_timeout = 0; set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'iso_8601';
  set extra_float_digits = 1; set bytea_output = 'hex'; set client_encoding = 'UTF8'`

/** Sets a session so that the same rows give the same text, and puts it under the row security of one company. */
export const asTenant = async (client: pg.Client, tenantId: string): Promise<void> => {
  await client.query(SESSION)
  await client.query(`select set_config('app.tenant_id', $1, false)`, [tenantId])
}

/** Writes the file, whole or not at all, and returns what it holds. */
export const exportTenant = async (request: TenantExportRequest): Promise<TenantManifest> => {
  const { owner, tenantId, slug, file, now, signal } = request
  const client = new pg.Client({ ...clientConfig(owner), application_name: 'stormops export' })
  client.on('error', () => undefined)
  const parts = `${file}.parts`
  mkdirSync(parts, { recursive: true, mode: 0o700 })
  await client.connect()
  try {
    await asTenant(client, tenantId)
    await client.query('begin isolation level repeatable read read only')
    const walk = await readTenantTables(client)
    await requireReadable(client, walk)
    const copy = (table: Copied) => copyTable(client, table, join(parts, `${table.name}.csv.zst`), signal)
    const tables: ExportedTable[] = []
    for (const table of walk.tables) tables.push(await copy(tenantCopy(table, tenantId)))
    const shared: ExportedTable[] = []
    for (const table of walk.shared) shared.push(await copy(sharedCopy(table, walk, tenantId)))
    const migrations = await newestMigrations(client)
    await client.query('commit')
    const manifest: TenantManifest = {
      format: 1,
      tenantId,
      slug,
      takenAt: now.toISOString(),
      migrations,
      tables,
      shared,
    }
    await writeArchive(file, parts, manifest)
    return manifest
  } finally {
    await client.end()
    rmSync(parts, { recursive: true, force: true })
  }
}

const READABLE = `
  select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname || '.' || c.relname = any($1)
     and not exists (select from pg_policy p
                      where p.polrelid = c.oid and p.polpermissive and p.polcmd = '*' and 0 = any(p.polroles))`

/** A table whose rows only some roles see would look empty to its owner, and be kept as empty. */
const requireReadable = async (client: pg.Client, { tables }: TenantTables): Promise<void> => {
  const { rows } = await client.query<{ name: string }>(READABLE, [tables.map(({ name }) => name)])
  const [hidden] = rows
  if (hidden !== undefined)
    throw new Fault('INTERNAL', `${hidden.name} has no policy under which its owner sees it.`)
}

type Copied = { readonly name: string; readonly columns: readonly string[]; readonly select: string }

const literal = (uuid: string): string => {
  if (!/^[0-9a-f-]{36}$/.test(uuid)) throw new Fault('INTERNAL', 'A tenant id must be a UUID.')
  return `'${uuid}'::uuid`
}

const columnList = (columns: readonly string[], alias: string): string =>
  columns.map((column) => `${alias}.${quotedName(column)}`).join(', ')

/** What a table holds of a company, in the order of its key: to be written, and to be compared. */
export const tenantCopy = (table: TenantTable, tenantId: string): Copied => ({
  name: table.name,
  columns: table.columns,
  select: `select ${columnList(table.columns, 't')} from ${quotedName(table.name)} t
           where t.${quotedName(table.tenantColumn)} = ${literal(tenantId)} order by ${keyOrder(table.key)}`,
})

const sharedCopy = (table: SharedTable, walk: TenantTables, tenantId: string): Copied => ({
  name: table.name,
  columns: table.columns,
  select: `select ${columnList(table.columns, 't')} from ${quotedName(table.name)} t
           where ${isPointedTo(table, walk, tenantId, 't')} order by ${keyOrder(table.key)}`,
})

const isPointedTo = (table: SharedTable, walk: TenantTables, tenantId: string, alias: string): string =>
  table.from
    .map(({ table: from, pairs }) => {
      const inner = `${alias}_`
      const meets = pairs.map(
        ([here, there]) => `${inner}.${quotedName(here)} = ${alias}.${quotedName(there)}`,
      )
      const tenants = walk.tables.find(({ name }) => name === from)
      const shared = walk.shared.find(({ name }) => name === from)
      const whose =
        shared === undefined
          ? `${inner}.${quotedName(tenants?.tenantColumn ?? 'tenant_id')} = ${literal(tenantId)}`
          : isPointedTo(shared, walk, tenantId, inner)
      return `exists (select from ${quotedName(from)} ${inner} where ${[...meets, whose].join(' and ')})`
    })
    .join(' or ')

/** Counts and hashes what passes through. */
const digesting = () => {
  const hash = createHash('sha256')
  let bytes = 0
  const stream = new Transform({
    transform: (piece: Buffer, _encoding, done) => {
      hash.update(piece)
      bytes += piece.length
      done(null, piece)
    },
  })
  return { stream, result: () => ({ sha256: hash.digest('hex'), bytes }) }
}

const csvOf = (select: string): string => `copy (${select}) to stdout (format csv, header)`

const copyTable = async (
  client: pg.Client,
  { name, columns, select }: Copied,
  file: string,
  signal: AbortSignal,
): Promise<ExportedTable> => {
  const source = client.query(copyTo(csvOf(select)))
  const { stream, result } = digesting()
  await pipeline(source, stream, createZstdCompress(), createWriteStream(file, { mode: 0o600 }), { signal })
  return { name, columns: [...columns], rows: source.rowCount, ...result() }
}

/** The same figures of a table as it is now, without keeping the rows. */
export const digestTable = async (
  client: pg.Client,
  table: TenantTable,
  tenantId: string,
): Promise<Pick<ExportedTable, 'rows' | 'sha256' | 'bytes'>> => {
  const source = client.query(copyTo(csvOf(tenantCopy(table, tenantId).select)))
  const { stream, result } = digesting()
  stream.resume()
  await pipeline(source, stream)
  return { rows: source.rowCount, ...result() }
}

const MIGRATED_SCHEMAS = `
  select n.nspname as schema from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relname = 'migration' and c.relkind = 'r' and n.nspname !~ '^pg' order by 1`

export const newestMigrations = async (client: pg.Client): Promise<Record<string, string>> => {
  const { rows } = await client.query<{ schema: string }>(MIGRATED_SCHEMAS)
  const newest: Record<string, string> = {}
  for (const { schema } of rows) {
    const names = await client.query<{ name: string }>(
      `select name from ${quotedName(schema)}.migration order by id desc limit 1`,
    )
    newest[schema] = names.rows[0]?.name ?? ''
  }
  return newest
}

const writeArchive = async (file: string, parts: string, manifest: TenantManifest): Promise<void> => {
  const part = `${file}.part`
  const handle = await open(part, 'w', 0o600)
  try {
    const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
    await handle.writeFile(tarHeader({ path: TENANT_MANIFEST, kind: 'file', size: text.length, mode: 0o600 }))
    await handle.writeFile(text)
    await handle.writeFile(tarPadding(text.length))
    for (const { name } of [...manifest.shared, ...manifest.tables]) {
      const path = `${name}.csv.zst`
      const { size } = statSync(join(parts, path))
      await handle.writeFile(tarHeader({ path, kind: 'file', size, mode: 0o600 }))
      for await (const piece of createReadStream(join(parts, path))) await handle.writeFile(piece as Buffer)
      await handle.writeFile(tarPadding(size))
    }
    await handle.writeFile(TAR_END)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(part, file)
  await syncPath(dirname(file))
}
