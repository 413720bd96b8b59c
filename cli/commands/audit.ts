/** `audit verify`: whether a company's audit is whole. */
import type { Command } from 'commander'
import { readConfig } from '@stormops/chassis/config'
import { GraphFault } from '../client.ts'
import { asOwner } from '../session.ts'
import { printLine } from '../terminal.ts'

const AUDIT_CHAIN = `query AuditChain { auditChain { length valid headHash brokenAt unsealed } }`

type AuditChain = {
  readonly length: number
  readonly valid: boolean
  readonly headHash: string
  readonly brokenAt: number | null
  readonly unsealed: number
}

export const auditCommand = (program: Command): void => {
  program
    .command('audit')
    .description('what was done in a company')
    .command('verify')
    .description('read the whole audit of a company and check its chain; exits with 1 when it is broken')
    .requiredOption('--tenant <slug>', 'the company whose audit it is')
    .option('--json', 'print JSON')
    .action(async (options: { tenant: string; json?: boolean }) => {
      await asOwner(readConfig(process.env), options.tenant, async (client) => {
        const { auditChain } = await client.ask<{ auditChain: AuditChain | null }>(AUDIT_CHAIN)
        if (auditChain === null) throw new GraphFault('The platform gave no chain.')
        if (options.json === true) printLine(JSON.stringify(auditChain))
        else for (const line of chainLines(auditChain)) printLine(line)
        if (!auditChain.valid) process.exitCode = 1
      })
    })
}

const lines = (count: number): string => `${count.toLocaleString('en-US')} ${count === 1 ? 'line' : 'lines'}`

const chainLines = ({ length, brokenAt, headHash, unsealed }: AuditChain): readonly string[] => [
  brokenAt === null
    ? `The audit is whole: ${lines(length)} sealed.`
    : `The audit is broken at line ${brokenAt} of ${length}: it was changed, taken out or moved after it was sealed.`,
  `  head hash: ${headHash}`,
  ...(unsealed === 0 ? [] : [`  waiting to be sealed: ${lines(unsealed)}`]),
]
