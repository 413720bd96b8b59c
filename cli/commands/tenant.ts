/** `tenant provision`: opens a company. */
import type { Command } from 'commander'
import { Option } from 'commander'
import { readConfig } from '@stormops/chassis/config'
import { succeeded } from '../client.ts'
import { PROVISION } from '../demo/documents.ts'
import { asStaff } from '../session.ts'
import { printLine } from '../terminal.ts'

type Provisioned = {
  __typename: string
  message?: string
  tenant: { id: string; slug: string; name: string }
}

export const tenantCommand = (program: Command): void => {
  const tenant = program.command('tenant').description('companies')
  tenant
    .command('provision <name>')
    .description('open a company with a plan and its first owner')
    .addOption(
      new Option('--tier <tier>', 'the plan').choices(['TRIAL', 'STANDARD', 'ENTERPRISE']).default('TRIAL'),
    )
    .requiredOption('--email <address>', 'the e-mail address of the first owner')
    .option('--time-zone <zone>', 'the IANA time zone of its days and months')
    .option('--json', 'print JSON')
    .action(
      async (name: string, options: { tier: string; email: string; timeZone?: string; json?: boolean }) => {
        await asStaff(readConfig(process.env), async (client) => {
          const { provisionTenant } = await client.ask<{ provisionTenant: Provisioned }>(PROVISION, {
            input: {
              name,
              tier: options.tier,
              adminEmail: options.email,
              timeZone: options.timeZone ?? null,
            },
          })
          const opened = succeeded(provisionTenant).tenant
          if (options.json === true) printLine(JSON.stringify(opened))
          else printLine(`${opened.name} is open as ${opened.slug} (${opened.id}).`)
        })
      },
    )
}
