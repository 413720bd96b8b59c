/** `keys create|rotate`: what processes share to sign and to derive passwords, and a new key in place of the one that signs now. */
import type { Command } from 'commander'
import { systemClock } from '@stormops/chassis/clock'
import { readConfig } from '@stormops/chassis/config'
import { homeSecret } from '@stormops/chassis/home-secret'
import { signingKeys } from '@stormops/chassis/identity'
import { RETIRED_AFTER_SECONDS, rotateSigningKeys, signsFrom } from '@stormops/chassis/signing-keys'
import { printLine } from '../terminal.ts'

/** Beside the signing key: what hides sessions, and what the passwords of the database's roles are derived from. */
const SECRETS = ['sessions', 'database'] as const

const RETIRED_AFTER_HOURS = RETIRED_AFTER_SECONDS / 3_600

export const keysCommand = (program: Command): void => {
  const keys = program.command('keys').description('the keys that sign tokens and links')
  keys
    .command('create')
    .description(
      'make the keys and secrets that are missing, to hand them to processes that may not write their folder',
    )
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { home, keysDirectory } = readConfig(process.env)
      await signingKeys(home, keysDirectory)
      for (const name of SECRETS) homeSecret(home, name, keysDirectory)
      if (json === true) printLine(JSON.stringify({ keysDirectory }))
      else printLine(`The keys are in ${keysDirectory}. Whoever has them can be anybody.`)
    })
  keys
    .command('rotate')
    .description(
      'add a key; it signs as soon as everybody can know it, and the old one verifies for a day more',
    )
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { home, keysDirectory } = readConfig(process.env)
      const key = await rotateSigningKeys(home, systemClock, keysDirectory)
      const signsAt = signsFrom(key).toISOString()
      if (json === true) printLine(JSON.stringify({ kid: key.kid, signsAt }))
      else {
        printLine(`Key ${key.kid} signs from ${signsAt} on.`)
        printLine(`What the key before it signed is taken for ${RETIRED_AFTER_HOURS} hours more.`)
      }
    })
}
