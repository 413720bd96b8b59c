/** Every command of `stormops`, by the first word of what is typed. */
import type { Command } from 'commander'

export type AddCommand = (program: Command) => void

/** Loaded when it is asked for: the whole platform takes more than a second of a processor to load. */
export const COMMAND_LOADERS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  start: async () => (await import('./commands/start.ts')).startCommand,
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  work: async () => (await import('./commands/work.ts')).workCommand,
  token: async () => (await import('./commands/token.ts')).tokenCommand,
  tenant: async () => (await import('./commands/tenant.ts')).tenantCommand,
  storm: async () => (await import('./commands/storm.ts')).stormCommand,
  pilot: async () => (await import('./commands/pilot.ts')).pilotCommand,
  audit: async () => (await import('./commands/audit.ts')).auditCommand,
  invoice: async () => (await import('./commands/invoice.ts')).invoiceCommand,
  jobs: async () => (await import('./commands/jobs.ts')).jobsCommand,
  keys: async () => (await import('./commands/keys.ts')).keysCommand,
  catalogue: async () => (await import('./commands/catalogue.ts')).catalogueCommand,
  operations: async () => (await import('./commands/operations.ts')).operationsCommand,
  stripe: async () => (await import('./commands/stripe.ts')).stripeCommand,
  db: async () => (await import('./commands/database.ts')).databaseCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  backup: async () => (await import('./commands/backup.ts')).backupCommand,
  restore: async () => (await import('./commands/restore.ts')).restoreCommand,
  schema: async () => (await import('./commands/schema.ts')).schemaCommand,
}
