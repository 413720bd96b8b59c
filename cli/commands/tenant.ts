/** `tenant provision|move|suspend|reactivate`: opens a company, makes it read-only, and lets it work again. */
import type { Command } from 'commander'
import { Option } from 'commander'
import { readConfig } from '@stormops/chassis/config'
import { tenantIds } from '@stormops/tenancy/port'
import { succeeded } from '../client.ts'
import { PROVISION, REACTIVATE, SUSPEND } from '../demo/documents.ts'
import { asStaff } from '../session.ts'
import { tenantOfSlug } from '../tenant-lookup.ts'
import { moveCommand } from './move-tenant.ts'
import { printLine } from '../terminal.ts'

type Company = { id: string; slug: string; name: string }

type Provisioned = {
  __typename: string
  message?: string
  tenant: Company
  apiKey: { id: string; prefix: string }
  secret: string
}

type Changed = { __typename: string; message?: string; tenant: Company & { status: string } }

export const tenantCommand = (program: Command): void => {
  const tenant = program.command('tenant').description('companies')
  provisionCommand(tenant)
  moveCommand(tenant)
  tenant
    .command('suspend <slug>')
    .description('make a company read-only')
    .requiredOption('--reason <text>', 'why; the company’s audit keeps it')
    .option('--json', 'print JSON')
    .action((slug: string, options: StatusOptions) => changeStatus(slug, options, SUSPEND, 'is read-only'))
  tenant
    .command('reactivate <slug>')
    .description('let a suspended company work again')
    .option('--reason <text>', 'why; the company’s audit keeps it')
    .option('--json', 'print JSON')
    .action((slug: string, options: StatusOptions) =>
      changeStatus(slug, options, REACTIVATE, 'can work again'),
    )
}

type ProvisionOptions = { tier: string; email: string; timeZone?: string; cell?: string; json?: boolean }

const provisionCommand = (tenant: Command): void => {
  tenant
    .command('provision <name>')
    .description('open a company with a plan, its first owner and its first API key')
    .addOption(
      new Option('--tier <tier>', 'the plan').choices(['TRIAL', 'STANDARD', 'ENTERPRISE']).default('TRIAL'),
    )
    .requiredOption('--email <address>', 'the e-mail address of the first owner')
    .option('--time-zone <zone>', 'the IANA time zone of its days and months')
    .option('--cell <name>', 'the database it is to live in')
    .option('--json', 'print JSON')
    .action(async (name: string, { tier, email, timeZone, cell, json }: ProvisionOptions) => {
      await asStaff(readConfig(process.env), async (client) => {
        const { provisionTenant } = await client.ask<{ provisionTenant: Provisioned }>(PROVISION, {
          input: { name, tier, adminEmail: email, timeZone: timeZone ?? null, cell: cell ?? null },
        })
        const { tenant: opened, apiKey, secret } = succeeded(provisionTenant)
        if (json === true) {
          printLine(JSON.stringify({ ...opened, apiKey, secret }))
          return
        }
        printLine(`${opened.name} is open as ${opened.slug} (${opened.id}).`)
        printLine(`Its first API key, shown this once: ${secret}`)
      })
    })
}

type StatusOptions = { reason?: string; json?: boolean }

const changeStatus = async (
  slug: string,
  { reason, json }: StatusOptions,
  document: string,
  told: string,
): Promise<void> => {
  const config = readConfig(process.env)
  await asStaff(config, async (client) => {
    const { id } = await tenantOfSlug(config, slug)
    const answer = await client.ask<Readonly<Record<string, Changed>>>(document, {
      input: { tenantId: tenantIds.encode(id), ...(reason === undefined ? {} : { reason }) },
    })
    const { tenant } = succeeded(Object.values(answer)[0] ?? null)
    printLine(json === true ? JSON.stringify(tenant) : `${tenant.name} ${told}.`)
  })
}
