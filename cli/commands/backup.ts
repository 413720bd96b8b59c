/** `backup now|list|verify|prune|export`: what the clock does every night, by hand. */
import { resolve } from 'node:path'
import { exportTenant } from '@stormops/chassis/backup/tenant-export'
import { readConfig } from '@stormops/chassis/config'
import type { Command } from 'commander'
import { stopSignal, withBackups } from '../backup-session.ts'
import { findDatabaseHome, openDatabaseHome } from '../database-home.ts'
import { ownerOfTenant, tenantOfSlug } from '../tenant-lookup.ts'
import { printLine } from '../terminal.ts'
import { createLog } from '@stormops/chassis/telemetry/log'

type JsonOption = { readonly json?: boolean }

const MEGABYTE = 1024 * 1024

const size = (bytes: number): string => `${(bytes / MEGABYTE).toFixed(1)} MB`

export const backupCommand = (program: Command): void => {
  const backup = program.command('backup').description('copies of the database, and proof that they work')
  backup
    .command('now')
    .description('back up everything: the whole server where it is the embedded one, and every company')
    .option('--json', 'print JSON')
    .action(now)
  backup
    .command('list')
    .description('what there is to go back to')
    .option('--json', 'print JSON')
    .action(list)
  backup
    .command('verify [backup]')
    .description('restore a base backup into a scratch server and compare every table; the newest by default')
    .option('--json', 'print JSON')
    .action(verify)
  backup
    .command('prune')
    .description('take away what retention does not keep')
    .option('--json', 'print JSON')
    .action(prune)
  backup
    .command('export')
    .description('write one company to a file')
    .requiredOption('--tenant <slug>', 'the company')
    .option('--to <file>', 'default SLUG.tar')
    .option('--json', 'print JSON')
    .action(exportOne)
}

const now = async ({ json }: JsonOption): Promise<void> => {
  const config = readConfig(process.env)
  await withBackups(config, async ({ desk }, signal) => {
    const base = desk.hasBase ? await desk.backUpBase(signal) : null
    const companies = await desk.exportCompanies(signal)
    if (json === true) {
      const { files, ...told } = base ?? { files: [] }
      return printLine(
        JSON.stringify({ base: base === null ? null : { ...told, files: files.length }, companies }),
      )
    }
    if (base === null) printLine('The server is not ours: its provider takes its base backups.')
    else printLine(`Base backup ${base.id}: ${base.files.length} files, ${size(base.archive.bytes)}.`)
    printLine(`Companies ${companies.id}: ${companies.companies.length} files, ${size(companies.bytes)}.`)
  })
}

const list = async ({ json }: JsonOption): Promise<void> => {
  const config = readConfig(process.env)
  await withBackups(config, async ({ desk }) => {
    const bases = desk
      .bases()
      .map(({ manifest: { id, startedAt, endedAt, archive, timeline }, verified }) => ({
        id,
        startedAt,
        endedAt,
        bytes: archive.bytes,
        timeline,
        verifiedAt: verified?.at ?? null,
      }))
    const companies = desk
      .exports()
      .map(({ id, endedAt, bytes, companies: of }) => ({ id, endedAt, bytes, companies: of.length }))
    if (json === true) return printLine(JSON.stringify({ bases, companies }))
    for (const { id, endedAt, bytes, verifiedAt } of bases) {
      printLine(
        `base       ${id}  ended ${endedAt}  ${size(bytes)}  ${verifiedAt === null ? 'not verified' : `verified ${verifiedAt}`}`,
      )
    }
    for (const { id, endedAt, bytes, companies: count } of companies) {
      printLine(`companies  ${id}  ended ${endedAt}  ${size(bytes)}  ${count} files`)
    }
    if (bases.length + companies.length === 0)
      printLine('There is no backup yet. `stormops backup now` makes one.')
  })
}

const verify = async (id: string | undefined, { json }: JsonOption): Promise<void> => {
  const config = readConfig(process.env)
  await withBackups(config, async ({ desk }, signal) => {
    const { backup, tables, rows } = await desk.verify(id ?? null, signal)
    const told = { id: backup.manifest.id, tables, rows }
    printLine(
      json === true
        ? JSON.stringify(told)
        : `The backup ${told.id} and the log since then are the live database: ${tables} tables, ${rows} rows.`,
    )
  })
}

const prune = async ({ json }: JsonOption): Promise<void> => {
  const config = readConfig(process.env)
  await withBackups(config, async ({ desk }) => {
    await desk.packLog()
    const gone = desk.prune()
    if (json === true) return printLine(JSON.stringify(gone))
    printLine(
      `Taken away: ${gone.bases.length} base backups, ${gone.exports.length} nights of companies, ${gone.wal} pieces of the log.`,
    )
  })
}

const exportOne = async (options: JsonOption & { tenant: string; to?: string }): Promise<void> => {
  const config = readConfig(process.env)
  const running = findDatabaseHome(config)
  const own = running === null ? await openDatabaseHome(config, createLog('silent')) : null
  const home = running ?? own
  if (home === null) return
  try {
    const { id: tenantId, slug } = await tenantOfSlug(config, options.tenant)
    const file = resolve(options.to ?? `${slug}.tar`)
    const owner = await ownerOfTenant(config, home, tenantId)
    const manifest = await exportTenant({
      owner,
      tenantId,
      slug,
      file,
      now: new Date(),
      signal: stopSignal(),
    })
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    printLine(
      options.json === true
        ? JSON.stringify({ file, ...manifest })
        : `${slug}: ${rows} rows of ${manifest.tables.length} tables in ${file}.`,
    )
  } finally {
    await own?.stop()
  }
}
