/** `restore`: the database of another moment, beside the one there is or in its place; `restore tenant`: one company. */
import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { baseBackups, clustersIn } from '@stormops/chassis/backup/base-manifest'
import type { BaseBackup } from '@stormops/chassis/backup/base-manifest'
import { chooseBase, restoreBackup } from '@stormops/chassis/backup/restore'
import type { RestoreTarget } from '@stormops/chassis/backup/restore'
import { swapIn } from '@stormops/chassis/backup/swap-in'
import { importTenant } from '@stormops/chassis/backup/tenant-import'
import { readConfig } from '@stormops/chassis/config'
import type { Config } from '@stormops/chassis/config'
import { connectionFromUrl } from '@stormops/chassis/database/connection'
import { systemIdentifier } from '@stormops/chassis/database/embedded/archive'
import {
  embeddedDataDirectory,
  runningEmbeddedPostgres,
} from '@stormops/chassis/database/embedded/supervisor'
import type { EmbeddedPostgres } from '@stormops/chassis/database/embedded/supervisor'
import { ownerConnection, prepareDatabase } from '@stormops/chassis/database/migrate'
import { Fault } from '@stormops/chassis/fault'
import type { Command } from 'commander'
import { stopSignal } from '../backup-session.ts'
import { wholeAudits } from '../backups.ts'
import { DATABASE_NAME, databaseSecret } from '../database-home.ts'
import { MIGRATIONS } from '../migrations.ts'
import { printLine } from '../terminal.ts'

type RestoreOptions = {
  readonly at?: string
  readonly latest?: boolean
  readonly backup?: string
  readonly into?: string
  readonly replace?: boolean
  readonly json?: boolean
}

export const restoreCommand = (program: Command): void => {
  const restore = program
    .command('restore')
    .description('bring back the database of a moment, into a home of its own or in the place of this one')
    .option('--at <time>', 'the moment, such as 2026-11-21T03:00:00Z')
    .option('--latest', 'everything that was kept')
    .option('--backup <id>', 'begin with this base backup instead of the newest that fits')
    .option('--into <directory>', 'the home to make; it must be empty')
    .option('--replace', 'take the place of the stopped platform of this home; its data is kept aside')
    .option('--json', 'print JSON')
    .action(restoreAll)
  restore
    .command('tenant <file>')
    .description('bring one company out of its file into a database that does not have it')
    .requiredOption('--into-database <url>', 'a scratch database; it is made where it is missing')
    .option('--json', 'print JSON')
    .action(restoreTenant)
}

const restoreAll = async (options: RestoreOptions): Promise<void> => {
  const config = readConfig(process.env)
  const target = targetOf(options)
  requireDestination(config, options)
  mkdirSync(config.home, { recursive: true })
  const data = embeddedDataDirectory(config.home)
  const lostData = existsSync(join(data, 'global', 'pg_control')) ? data : null
  const { directory: root } = config.backups
  const backup = chooseBase(root, knownBackups(root, lostData), target, options.backup ?? null)
  const into = resolve(options.into ?? join(config.home, 'restores', backup.manifest.id))
  const ownLog = target.kind === 'latest' ? lostData : null
  const server = await restoreBackup({ root, backup, target, into, lostData: ownLog, signal: stopSignal() })
  const findings = await auditsOf(server)
  const aside =
    options.replace === true
      ? await swapIn({ home: config.home, restored: into, root, now: new Date() })
      : null
  const told = {
    backup: backup.manifest.id,
    into: options.replace === true ? config.home : into,
    aside,
    findings,
  }
  if (findings.length > 0) process.exitCode = 1
  if (options.json === true) return printLine(JSON.stringify(told))
  printLine(`Restored from ${told.backup} into ${told.into}.`)
  if (aside !== null) printLine(`The data that was there is in ${aside}.`)
  for (const finding of findings) printLine(finding)
  if (findings.length === 0) printLine('The audit of every company is whole.')
}

const auditsOf = async (server: EmbeddedPostgres): Promise<readonly string[]> => {
  const connection = { ...server.connection(DATABASE_NAME, server.adminUser), password: null, tls: false }
  try {
    return await wholeAudits(connection)
  } finally {
    await server.stop('fast')
  }
}

const targetOf = ({ at, latest }: RestoreOptions): RestoreTarget => {
  if ((at === undefined) === (latest !== true))
    throw new Fault('BAD_INPUT', 'Name a moment with --at, or ask for the --latest.')
  if (at === undefined) return { kind: 'latest' }
  const moment = new Date(at)
  // Without an offset it would be a moment of this machine's zone, which nobody sees.
  if (Number.isNaN(moment.getTime()) || !/(Z|[+-]\d{2}:?\d{2})$/.test(at)) {
    throw new Fault('BAD_INPUT', `${at} is no moment. Write it as 2026-11-21T03:00:00Z.`)
  }
  return { kind: 'at', at: moment }
}

const requireDestination = (config: Config, { into, replace }: RestoreOptions): void => {
  if (config.databaseUrl !== null) {
    throw new Fault(
      'BAD_INPUT',
      'The database is a server of its own: its provider restores it. `restore tenant` takes a company’s file.',
    )
  }
  if (into === undefined && replace !== true) {
    throw new Fault('BAD_INPUT', 'Say where to with --into, or --replace the database of this home.')
  }
  if (replace === true && existsSync(config.home) && runningEmbeddedPostgres(config.home) !== null) {
    throw new Fault('BAD_INPUT', 'The platform of this home runs. Stop it first, then restore.')
  }
}

/** Those of this home's own database; on a new machine those of the one that the backups are of. */
const knownBackups = (root: string, data: string | null): readonly BaseBackup[] => {
  const clusters = data === null ? clustersIn(root) : [systemIdentifier(data)]
  return clusters.flatMap((identifier) => baseBackups(root, identifier))
}

const restoreTenant = async (
  file: string,
  options: { intoDatabase: string; json?: boolean },
): Promise<void> => {
  const config = readConfig(process.env)
  const admin = connectionFromUrl(options.intoDatabase)
  const secret = databaseSecret(config, admin)
  await prepareDatabase(admin, secret, MIGRATIONS)
  const manifest = await importTenant({ file: resolve(file), owner: ownerConnection(admin, secret) })
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  if (options.json === true)
    return printLine(JSON.stringify({ slug: manifest.slug, rows, tables: manifest.tables }))
  printLine(
    `${manifest.slug}: ${rows} rows of ${manifest.tables.length} tables came in, each as it was in the file.`,
  )
}
