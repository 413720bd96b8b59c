/**
 * A company out of its file, into a database that does not have it: to look at what was, or to take a company up
 * elsewhere. All of it or nothing; afterwards every table is read again and must give the file's own checksum.
 */
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { clientConfig } from '../database/connection.ts'
import type { ConnectionSettings } from '../database/connection.ts'
import { quotedName, readTenantTables } from '../database/tenant-tables.ts'
import { Fault } from '../fault.ts'
import { readTar } from './tar.ts'
import { TENANT_MANIFEST, asTenant, digestTable, newestMigrations, tenantManifest } from './tenant-export.ts'
import type { ExportedTable, TenantManifest } from './tenant-export.ts'

export type TenantImportRequest = {
  readonly file: string
  /** As the owner of the tables of the database that takes the company; its schema is that of the file. */
  readonly owner: ConnectionSettings
}

/** Throws `Fault` BAD_INPUT when the file does not fit the database, INTERNAL when what came in is not what is in it. */
export const importTenant = async ({ file, owner }: TenantImportRequest): Promise<TenantManifest> => {
  const client = new pg.Client({ ...clientConfig(owner), application_name: 'stormops import' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('begin')
    const manifest = await takeIn(client, file)
    await client.query('commit')
    return manifest
  } finally {
    // What was not committed ends with the connection.
    await client.end()
  }
}

/** What a file says it holds; it comes first in it. */
export const readTenantManifest = async (file: string): Promise<TenantManifest> => {
  let manifest: TenantManifest | null = null
  await readTar(createReadStream(file), async ({ path }, bytes) => {
    if (path === TENANT_MANIFEST) manifest = await manifestOf(bytes)
  })
  return required(manifest, file)
}

const manifestOf = async (bytes: AsyncIterable<Buffer>): Promise<TenantManifest> => {
  const text: Buffer[] = []
  for await (const piece of bytes) text.push(piece)
  return tenantManifest.parse(JSON.parse(Buffer.concat(text).toString('utf8')))
}

const required = (manifest: TenantManifest | null, file: string): TenantManifest => {
  if (manifest === null) throw new Fault('BAD_INPUT', `${file} is no export of a company.`)
  return manifest
}

const takeIn = async (client: pg.Client, file: string): Promise<TenantManifest> => {
  const manifest = await readTenantManifest(file)
  await asTenant(client, manifest.tenantId)
  await requireSameSchema(client, manifest)
  const { tables } = await readTenantTables(client)
  const incoming = new Map(
    [...manifest.shared, ...manifest.tables].map((table) => [`${table.name}.csv.zst`, table]),
  )
  await readTar(createReadStream(file), async ({ path }, bytes) => {
    const table = incoming.get(path)
    if (table !== undefined) await stage(client, table, bytes)
  })
  for (const table of manifest.shared) await moveIn(client, table, 'on conflict do nothing')
  // What was written with them is in the file, too; of rows that come back nobody is to be told again.
  for (const { name } of tables) await client.query(`alter table ${quotedName(name)} disable trigger user`)
  const byName = new Map(manifest.tables.map((table) => [table.name, table]))
  for (const { name } of tables) {
    const table = byName.get(name)
    if (table === undefined) throw new Fault('BAD_INPUT', `The file has no table ${name}.`)
    await moveIn(client, table, '')
  }
  await client.query('set constraints all immediate')
  for (const { name } of tables) await client.query(`alter table ${quotedName(name)} enable trigger user`)
  for (const table of tables) {
    const now = await digestTable(client, table, manifest.tenantId)
    const then = byName.get(table.name)
    if (now.sha256 !== then?.sha256 || now.rows !== then.rows) {
      throw new Fault(
        'INTERNAL',
        `${table.name} came in with ${now.rows} rows that are not the ${then?.rows} of the file.`,
      )
    }
  }
  return manifest
}

const requireSameSchema = async (client: pg.Client, { migrations }: TenantManifest): Promise<void> => {
  const here = await newestMigrations(client)
  const other = Object.entries(migrations).filter(([schema, name]) => here[schema] !== name)
  if (other.length === 0) return
  const [schema = '', name = ''] = other[0] ?? []
  throw new Fault(
    'BAD_INPUT',
    `The file was written at ${schema}/${name}, and this database is at ${schema}/${here[schema] ?? 'nothing'}. ` +
      'Import it into a database of the version that wrote it.',
  )
}

const stagedName = ({ name }: ExportedTable): string => quotedName(`import ${name}`.replaceAll('.', ' '))

/** Rows are copied beside first: under row security PostgreSQL copies nothing straight into a table. */
const stage = async (
  client: pg.Client,
  table: ExportedTable,
  bytes: AsyncIterable<Buffer>,
): Promise<void> => {
  const columns = table.columns.map(quotedName).join(', ')
  await client.query(
    `create temp table ${stagedName(table)} on commit drop as select ${columns} from ${quotedName(table.name)} with no data`,
  )
  const target = client.query(copyFrom(`copy ${stagedName(table)} from stdin (format csv, header match)`))
  await pipeline(Readable.from(bytes), createZstdDecompress(), target)
}

const moveIn = async (client: pg.Client, table: ExportedTable, otherwise: string): Promise<void> => {
  const columns = table.columns.map(quotedName).join(', ')
  await client.query(
    `insert into ${quotedName(table.name)} (${columns}) overriding system value
     select ${columns} from ${stagedName(table)} ${otherwise}`,
  )
}
