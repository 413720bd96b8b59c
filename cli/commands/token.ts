/** `token`: a bearer token for development. */
import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import { systemClock } from '@stormops/chassis/clock'
import { readConfig } from '@stormops/chassis/config'
import type { Config } from '@stormops/chassis/config'
import { Fault } from '@stormops/chassis/fault'
import { signingKeys, signToken } from '@stormops/chassis/identity'
import { isRole } from '@stormops/chassis/permission'
import type { Role } from '@stormops/chassis/permission'
import { printLine } from '../terminal.ts'
import { tenantOfSlug } from '../tenant-lookup.ts'

/** A working day; a token printed on a terminal should not outlive it. */
const LIFETIME_SECONDS = 12 * 3_600

const role = (text: string): Role => {
  const upper = text.toUpperCase()
  if (!isRole(upper) || upper === 'STAFF') throw new InvalidArgumentError(`${text} is no role of a company.`)
  return upper
}

export const tokenCommand = (program: Command): void => {
  program
    .command('token')
    .description('print a bearer token (development only)')
    .option('--tenant <slug>', 'the company to act in')
    .option('--role <role>', 'OWNER, ADMIN, ANALYST, CREW, BILLING, VIEWER or PARTNER', role, 'OWNER')
    .option('--staff', 'act as staff of the platform instead')
    .option('--json', 'print JSON')
    .action(async (options: { tenant?: string; role: Role; staff?: boolean; json?: boolean }) => {
      const config = readConfig(process.env)
      if (config.environment === 'production') {
        throw new Fault(
          'FORBIDDEN',
          'Tokens are not printed in production: whoever could read the terminal could be anybody.',
        )
      }
      const token =
        options.staff === true ? await staffToken(config) : await memberToken(options.tenant, options.role)
      printLine(options.json === true ? JSON.stringify({ token, expiresInSeconds: LIFETIME_SECONDS }) : token)
    })
}

const staffToken = async (config: Config): Promise<string> =>
  signToken(
    await signingKeys(config.home, config.keysDirectory),
    { subject: 'stf_cli', kind: 'STAFF', tenantId: null, role: 'STAFF' },
    systemClock,
    LIFETIME_SECONDS,
  )

const memberToken = async (slug: string | undefined, as: Role): Promise<string> => {
  if (slug === undefined) throw new Fault('BAD_INPUT', 'Say which company: --tenant SLUG, or --staff.')
  const config = readConfig(process.env)
  const tenant = await tenantOfSlug(config, slug)
  const kind = as === 'PARTNER' ? ('API_KEY' as const) : ('USER' as const)
  const claims = { subject: `usr_cli_${as.toLowerCase()}`, kind, tenantId: tenant.id, role: as }
  return signToken(
    await signingKeys(config.home, config.keysDirectory),
    claims,
    systemClock,
    LIFETIME_SECONDS,
  )
}
