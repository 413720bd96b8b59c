/** `pilot run`, and `pilot import`: measures an experiment that was run elsewhere. */
import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { readConfig } from '@stormops/chassis/config'
import { fetchReport, succeeded, upload } from '../client.ts'
import { measuredPilot } from '../demo/pilot-run.ts'
import { numberOption } from '../numbers.ts'
import { reportLines } from '../report-lines.ts'
import { asOwner } from '../session.ts'
import { printLine } from '../terminal.ts'
import { pilotRunCommand } from './pilot-run.ts'

const IMPORT_EXPERIMENT = `mutation ImportExperiment($input: ImportExperimentInput!) {
  importExperiment(input: $input) {
    __typename
    ... on ImportExperimentSuccess { rowsAccepted pilot { id } }
    ... on UserError { message }
  }
}`

type ImportOptions = {
  readonly tenant: string
  readonly name?: string
  readonly id: string
  readonly arm: string
  readonly treat: string
  readonly control: string
  readonly converted: string
  readonly value?: string
  readonly score?: string
  readonly segment: string[]
  readonly share?: number
  readonly pdf?: string
  readonly json?: boolean
}

const several = (value: string, before: string[]): string[] => [...before, value]

export const pilotCommand = (program: Command): void => {
  const pilot = program.command('pilot').description('pilots and experiments')
  pilotRunCommand(pilot)
  pilot
    .command('import <file>')
    .description('measure an experiment that was run elsewhere, from a CSV of one row per customer')
    .requiredOption('--tenant <slug>', 'the company to import it for')
    .option('--name <name>', 'the experiment’s name; the file’s when left out')
    .option('--id <column>', 'the column of the row’s id', 'id')
    .option('--arm <column>', 'the column of the arm', 'arm')
    .option('--treat <value>', 'the arm’s value that means treated', 'treat')
    .option('--control <value>', 'the arm’s value that means not treated', 'control')
    .option('--converted <column>', 'the column that says whether it converted', 'converted')
    .option('--value <column>', 'the column of the value, in major units')
    .option('--score <column>', 'the column of the predicted uplift')
    .option('--segment <column>', 'a column to group by; may be given again', several, [])
    .option('--share <share>', 'share that the design sent to treatment, such as 0.5', numberOption)
    .option('--pdf <file>', 'write the report here')
    .option('--json', 'print JSON')
    .action(async (file: string, options: ImportOptions) => {
      await asOwner(readConfig(process.env), options.tenant, async (client) => {
        const uploadId = await upload(client, await openAsBlob(file))
        type Imported = { __typename: string; message?: string; rowsAccepted: number; pilot: { id: string } }
        const { importExperiment } = await client.ask<{ importExperiment: Imported }>(IMPORT_EXPERIMENT, {
          input: inputOf(uploadId, file, options),
        })
        const { pilot: imported, rowsAccepted } = succeeded(importExperiment)
        const { report, reportPdf } = await measuredPilot(client, imported.id)
        if (options.pdf !== undefined && reportPdf !== null) await fetchReport(reportPdf.url, options.pdf)
        if (options.json === true)
          printLine(JSON.stringify({ pilotId: imported.id, rowsAccepted, report, reportPdf }, null, 2))
        else if (report !== null) {
          for (const line of reportLines(`${rowsAccepted.toLocaleString('en-US')} rows`, report))
            printLine(line)
          printLine(`  pilot: ${imported.id}`)
        }
      })
    })
}

const inputOf = (uploadId: string, file: string, options: ImportOptions): object => ({
  name: options.name ?? basename(file),
  uploadId,
  columns: {
    id: options.id,
    arm: options.arm,
    treat: options.treat,
    control: options.control,
    converted: options.converted,
    ...(options.value === undefined ? {} : { value: options.value }),
    ...(options.score === undefined ? {} : { score: options.score }),
    segments: options.segment,
  },
  ...(options.share === undefined ? {} : { expectedTreatShare: options.share }),
})
