/** `keys rotate`: a new key to sign with, in place of the one that signs now. */
import type { Command } from 'commander'
import { systemClock } from '@stormops/chassis/clock'
import { readConfig } from '@stormops/chassis/config'
import { RETIRED_AFTER_SECONDS, rotateSigningKeys, signsFrom } from '@stormops/chassis/signing-keys'
import { printLine } from '../terminal.ts'

const RETIRED_AFTER_HOURS = RETIRED_AFTER_SECONDS / 3_600

export const keysCommand = (program: Command): void => {
  program
    .command('keys')
    .description('the keys that sign tokens and links')
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
