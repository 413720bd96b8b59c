/** `pilot run`: starts a storm's pilot, and when it is run again, closes it and fetches its report. */
import type { Command } from 'commander'
import { Option } from 'commander'
import { readConfig } from '@stormops/chassis/config'
import { fetchReport, GraphFault, succeeded } from '../client.ts'
import type { GraphClient } from '../client.ts'
import { COMPLETE_PILOT, SCORE, START_PILOT } from '../demo/documents.ts'
import { measuredPilot } from '../demo/pilot-run.ts'
import { numberOption } from '../numbers.ts'
import { reportLines } from '../report-lines.ts'
import { asOwner } from '../session.ts'
import { stormOf } from '../storm-lookup.ts'
import { printLine } from '../terminal.ts'

type RunOptions = {
  readonly tenant: string
  readonly mode: string
  readonly cost?: string
  readonly crewHours?: number
  readonly pdf?: string
  readonly json?: boolean
}

type Union = { __typename: string; message?: string }
type Started = Union & { pilot: { id: string } }

export const pilotRunCommand = (pilot: Command): void => {
  pilot
    .command('run <storm>')
    .description(
      'score a storm and start its pilot; run again once outcomes are in, it closes the pilot and reports',
    )
    .requiredOption('--tenant <slug>', 'the company that works it')
    .addOption(
      new Option('--mode <mode>', 'the policy')
        .choices(['CONSERVATIVE', 'MODERATE', 'AGGRESSIVE'])
        .default('MODERATE'),
    )
    .option('--cost <dollars>', 'what the treatment costs altogether')
    .option('--crew-hours <hours>', 'hours of crew work altogether', numberOption)
    .option('--pdf <file>', 'write the report here')
    .option('--json', 'print JSON')
    .action(async (name: string, options: RunOptions) => {
      await asOwner(readConfig(process.env), options.tenant, async (client) => {
        const storm = await stormOf(client, name)
        const { started, pilotId } = await begin(client, storm.id, options)
        if (started) {
          const told = `The pilot ${pilotId} is open. Record outcomes, then run this again.`
          return printLine(options.json === true ? JSON.stringify({ pilotId, status: 'RUNNING' }) : told)
        }
        const { completePilot } = await client.ask<{ completePilot: Union }>(COMPLETE_PILOT, {
          input: { pilotId },
        })
        succeeded(completePilot)
        const { report, reportPdf } = await measuredPilot(client, pilotId)
        if (options.pdf !== undefined && reportPdf !== null) await fetchReport(reportPdf.url, options.pdf)
        if (options.json === true) return printLine(JSON.stringify({ pilotId, report, reportPdf }, null, 2))
        if (report !== null) for (const line of reportLines(storm.name, report)) printLine(line)
      })
    })
}

const begin = async (client: GraphClient, stormId: string, options: RunOptions) => {
  const { scoreStorm } = await client.ask<{ scoreStorm: Union }>(SCORE, { input: { stormId } })
  succeeded(scoreStorm, 'PolicyFrozen', 'WrongStormStatus')
  const input = {
    stormId,
    policyMode: options.mode,
    cost: options.cost === undefined ? null : { minorUnits: cents(options.cost), currency: 'USD' },
    crewHours: options.crewHours ?? null,
  }
  const { startPilot } = await client.ask<{ startPilot: Started }>(START_PILOT, { input })
  return {
    started: startPilot.__typename === 'StartPilotSuccess',
    pilotId: succeeded(startPilot, 'PilotRunning').pilot.id,
  }
}

/** Dollars with up to two decimals, by their digits and not by a float. */
const cents = (dollars: string): number => {
  const match = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(dollars)
  if (match === null) throw new GraphFault(`${dollars} is no amount of dollars, such as 180000 or 99.50.`)
  return Number(`${match[1]}${(match[2] ?? '').padEnd(2, '0')}`)
}
